import { dataOf } from "@bodega/sdk";
import { Button, Group } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useNow } from "../../../shared/format/now.ts";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { useMe } from "../../../shared/session/me.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import { isTaskState, taskStates } from "./address.ts";
import { pressureOf, pressureTones } from "./due.ts";
import { type Task, tasksKey, tasksQuery } from "./tasks-queries.ts";

export function TaskList({ onEdit }: { readonly onEdit: (task: Task) => void }) {
  const { t } = useTranslation("inventory");
  const { state, owner } = useSearch({ from: "/shell/inventory/tasks" });
  const shown = isTaskState(state) ? state : "open";
  const tasks = useInfiniteQuery(tasksQuery(shown, owner));
  const columns = useColumns();
  return (
    <>
      <TaskFilters />
      <Queried query={tasks}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return (
            <Panel isFlush>
              {rows.length === 0 ? (
                <Empty icon={IconChecklist} title={t("tasks.empty")}>
                  {t("tasks.emptyText")}
                </Empty>
              ) : (
                <DataTable
                  id="tasks"
                  label={t("tabs.tasks")}
                  columns={columns}
                  rows={rows}
                  rowKey={({ id }) => id}
                  onOpen={onEdit}
                  bar={<CsvButton path="/v1/tasks/export.csv" query={{ state: shown, owner }} fileName="tasks.csv" />}
                  foot={<MoreRows query={tasks} />}
                />
              )}
            </Panel>
          );
        }}
      </Queried>
    </>
  );
}

function TaskFilters() {
  const { t } = useTranslation("inventory");
  const { state, owner } = useSearch({ from: "/shell/inventory/tasks" });
  const navigate = useNavigate();
  return (
    <Group gap="md">
      <FilterBar
        label={t("tasks.state")}
        value={isTaskState(state) ? state : "open"}
        choices={taskStates.map((value) => ({ value, label: t(`tasks.states.${value}`) }))}
        onChoose={(value) =>
          void navigate({ to: "/inventory/tasks", search: { state: value, ...(owner && { owner }) }, replace: true })
        }
      />
      <FilterBar
        label={t("tasks.owner")}
        value={owner ?? "all"}
        choices={[
          { value: "all", label: t("tasks.everyone") },
          { value: "me", label: t("tasks.mine") },
          { value: "none", label: t("tasks.nobodys") },
        ]}
        onChoose={(value) =>
          void navigate({
            to: "/inventory/tasks",
            search: { ...(isTaskState(state) && { state }), ...(value !== "all" && { owner: value }) },
            replace: true,
          })
        }
      />
    </Group>
  );
}

function useColumns(): readonly Column<Task>[] {
  const { t } = useTranslation("inventory");
  const nowMs = useNow();
  const kindOf = (kind: string) => (isKind(kind) ? t(`tasks.kinds.${kind}`) : kind);
  return [
    { id: "title", header: t("tasks.columns.title"), cell: ({ title }) => title },
    {
      id: "due",
      header: t("tasks.columns.due"),
      cell: (task) => {
        if (task.dueAt === null) return "–";
        const pressure = pressureOf(task, nowMs);
        return (
          <Group gap="xs" wrap="nowrap">
            <RelativeTime at={task.dueAt} />
            {(pressure === "overdue" || pressure === "soon") && (
              <Chip tone={pressureTones[pressure]}>{t(`tasks.pressures.${pressure}`)}</Chip>
            )}
          </Group>
        );
      },
    },
    {
      id: "owner",
      header: t("tasks.columns.owner"),
      cell: ({ owner, ownerName }) => (owner === null ? t("tasks.nobody") : (ownerName ?? owner)),
    },
    { id: "kind", header: t("tasks.columns.kind"), cell: ({ kind }) => kindOf(kind) },
    { id: "note", header: t("tasks.columns.note"), isHidden: true, cell: ({ note }) => note ?? "" },
    {
      id: "created",
      header: t("tasks.columns.created"),
      isHidden: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    { id: "actions", header: t("tasks.columns.actions"), cell: (task) => <TaskActions task={task} /> },
  ];
}

const kinds = ["manual", "low", "out", "expiring"] as const;
const isKind = (kind: string): kind is (typeof kinds)[number] => kinds.some((known) => known === kind);

/** What is done most: take it, and say that it is done; or that it is not, after all. */
function TaskActions({ task }: { readonly task: Task }) {
  const { t } = useTranslation("inventory");
  const me = useMe();
  const change = useAction({
    name: "change-task",
    target: (what: { readonly state?: "open" | "done"; readonly owner?: string }) =>
      `${task.id} ${JSON.stringify(what)}`,
    run: (body, { idempotencyKey }) =>
      dataOf(client.http.PATCH("/v1/tasks/{id}", { params: { path: { id: task.id } }, body, ...once(idempotencyKey) })),
    refreshes: [tasksKey, ["home", "attention"]],
  });
  const isOpen = task.state === "open";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps clicks and keys on its buttons from the row
    <div onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Group gap={4} wrap="nowrap">
        {isOpen && task.owner === null && (
          <Button
            size="compact-xs"
            variant="default"
            disabled={change.isPending}
            onClick={() => change.mutate({ owner: me.userId })}
          >
            {t("tasks.take")}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant={isOpen ? "light" : "default"}
          loading={change.isPending}
          onClick={() => change.mutate({ state: isOpen ? "done" : "open" })}
        >
          {t(isOpen ? "tasks.done" : "tasks.reopen")}
        </Button>
      </Group>
    </div>
  );
}
