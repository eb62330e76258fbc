import { dataOf } from "@bodega/sdk";
import { Button, Group } from "@mantine/core";
import { IconShoppingCartQuestion } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip, type Tone } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { isShortageState, type ShortageState, shortageStates } from "./address.ts";
import { type Shortage, shortagesKey, shortagesQuery } from "./tasks-queries.ts";

const tones = { open: "warning", ordered: "info", resolved: "good", dismissed: "neutral" } as const satisfies Record<
  ShortageState,
  Tone
>;

/** Where a shortage can go on to from each state. */
const nextStates = {
  open: ["ordered", "resolved", "dismissed"],
  ordered: ["resolved", "dismissed"],
  resolved: ["open"],
  dismissed: ["open"],
} as const satisfies Record<ShortageState, readonly ShortageState[]>;

/** What customers asked for and was not there. */
export function ShortageList() {
  const { t } = useTranslation("inventory");
  const { state } = useSearch({ from: "/shell/inventory/tasks" });
  const navigate = useNavigate();
  const shown = isShortageState(state) ? state : "open";
  const shortages = useInfiniteQuery(shortagesQuery(shown));
  const columns = useColumns();
  return (
    <>
      <FilterBar
        label={t("tasks.state")}
        value={shown}
        choices={shortageStates.map((value) => ({ value, label: t(`tasks.shortageStates.${value}`) }))}
        onChoose={(value) =>
          void navigate({ to: "/inventory/tasks", search: { view: "shortages", state: value }, replace: true })
        }
      />
      <Queried query={shortages}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return (
            <Panel isFlush>
              {rows.length === 0 ? (
                <Empty icon={IconShoppingCartQuestion} title={t("tasks.noShortages")}>
                  {t("tasks.noShortagesText")}
                </Empty>
              ) : (
                <DataTable
                  id="shortages"
                  label={t("tasks.shortages")}
                  columns={columns}
                  rows={rows}
                  rowKey={({ id }) => id}
                  bar={<CsvButton path="/v1/shortages/export.csv" query={{ state: shown }} fileName="shortages.csv" />}
                  foot={<MoreRows query={shortages} />}
                />
              )}
            </Panel>
          );
        }}
      </Queried>
    </>
  );
}

function useColumns(): readonly Column<Shortage>[] {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  return [
    { id: "name", header: t("tasks.columns.what"), cell: ({ name }) => name },
    { id: "sku", header: t("tasks.columns.sku"), isHidden: true, cell: ({ sku }) => sku ?? "–" },
    {
      id: "quantity",
      header: t("tasks.columns.quantity"),
      isFigure: true,
      cell: (row) => (row.quantity === null ? "–" : quantity.amount(row.quantity)),
    },
    {
      id: "state",
      header: t("tasks.columns.state"),
      cell: ({ state }) => <Chip tone={tones[state]}>{t(`tasks.shortageStates.${state}`)}</Chip>,
    },
    { id: "note", header: t("tasks.columns.note"), cell: ({ note }) => note ?? "" },
    { id: "created", header: t("tasks.columns.created"), cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    { id: "actions", header: t("tasks.columns.actions"), cell: (shortage) => <ShortageActions shortage={shortage} /> },
  ];
}

function ShortageActions({ shortage }: { readonly shortage: Shortage }) {
  const { t } = useTranslation("inventory");
  const change = useAction({
    name: "change-shortage",
    target: (state: ShortageState) => `${shortage.id} ${state}`,
    run: (state, { idempotencyKey }) =>
      dataOf(
        client.http.PATCH("/v1/shortages/{id}", {
          params: { path: { id: shortage.id } },
          body: { state },
          ...once(idempotencyKey),
        }),
      ),
    refreshes: [shortagesKey],
  });
  return (
    <Group gap={4} wrap="nowrap">
      {nextStates[shortage.state].map((state) => (
        <Button
          key={state}
          size="compact-xs"
          variant="default"
          loading={change.isPending && change.variables === state}
          disabled={change.isPending}
          onClick={() => change.mutate(state)}
        >
          {t(`tasks.moves.${state}`)}
        </Button>
      ))}
    </Group>
  );
}
