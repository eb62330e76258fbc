import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { type Format, useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { operationsKeys, type Schedule, schedulesQuery } from "../queries.ts";
import { scheduleName } from "../words.ts";
import { RunResult, RunState } from "./run-state.tsx";
import { RunsSheet } from "./runs-sheet.tsx";

const route = getRouteApi("/shell/operations/schedules");

export default function SchedulesPage() {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const { runs } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <Queried query={useQuery(schedulesQuery)}>
        {({ items }) => (
          <Panel isFlush>
            <DataTable
              id="schedules"
              label={t("tabs.schedules")}
              columns={columnsOf(t, format)}
              rows={items}
              rowKey={({ name }) => name}
              onOpen={({ name }) => void navigate({ search: { runs: name } })}
              bar={
                items[0] !== undefined && (
                  <Text size="xs" c="dimmed">
                    {t("schedules.zone", { zone: items[0].timeZone })}
                  </Text>
                )
              }
            />
          </Panel>
        )}
      </Queried>
      <RunsSheet name={runs ?? null} onClose={() => void navigate({ search: {} })} />
    </>
  );
}

function columnsOf(t: TFunction<"operations">, format: Format): readonly Column<Schedule>[] {
  return [
    {
      id: "name",
      header: t("schedules.columns.name"),
      cell: ({ name, pausedAt }) => (
        <Group gap="xs" wrap="nowrap">
          {scheduleName(name, t)}
          {pausedAt !== null && <Chip tone="warning">{t("schedules.paused")}</Chip>}
        </Group>
      ),
    },
    { id: "rule", header: t("schedules.columns.rule"), isHidden: true, cell: ({ cron }) => <code>{cron}</code> },
    {
      id: "last",
      header: t("schedules.columns.last"),
      cell: ({ lastRun }) => (lastRun === null ? t("schedules.noRuns") : <RunState run={lastRun} />),
    },
    {
      id: "took",
      header: t("schedules.columns.took"),
      isFigure: true,
      cell: ({ lastRun }) => (lastRun?.durationMs == null ? "–" : format.duration(lastRun.durationMs)),
    },
    {
      id: "report",
      header: t("schedules.columns.report"),
      isHidden: true,
      cell: ({ lastRun }) => lastRun !== null && <RunResult run={lastRun} />,
    },
    {
      id: "next",
      header: t("schedules.columns.next"),
      cell: ({ nextAt }) => (nextAt === null ? "–" : <RelativeTime at={nextAt} />),
    },
    { id: "actions", header: t("schedules.columns.actions"), cell: (schedule) => <Actions schedule={schedule} /> },
  ];
}

function Actions({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTranslation("operations");
  const isPaused = schedule.pausedAt !== null;
  const run = useAction({
    name: "run-schedule",
    target: ({ name }: Schedule) => name,
    run: ({ name }, { idempotencyKey }) =>
      client.http.POST("/v1/operations/schedules/{name}/run", { params: { path: { name } }, ...once(idempotencyKey) }),
    refreshes: [operationsKeys.schedules],
    onDone: () => notifications.show({ message: t("schedules.runAsked") }),
  });
  const toggle = useAction({
    name: isPaused ? "resume-schedule" : "pause-schedule",
    target: ({ name }: Schedule) => name,
    run: ({ name }, { idempotencyKey }) =>
      client.http.POST(`/v1/operations/schedules/{name}/${isPaused ? "resume" : "pause"}`, {
        params: { path: { name } },
        ...once(idempotencyKey),
      }),
    refreshes: [operationsKeys.schedules],
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row behind it must not open
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div onClick={(event) => event.stopPropagation()}>
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="light" loading={run.isPending} onClick={() => run.mutate(schedule)}>
          {t("schedules.runNow")}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          loading={toggle.isPending}
          onClick={() => toggle.mutate(schedule)}
        >
          {t(isPaused ? "schedules.resume" : "schedules.pause")}
        </Button>
      </Group>
    </div>
  );
}
