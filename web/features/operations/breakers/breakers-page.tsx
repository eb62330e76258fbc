import { Button } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { type Format, useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { type Breaker, breakersQuery, operationsKeys } from "../queries.ts";
import { breakerTones } from "../tones.ts";
import { breakerName } from "../words.ts";

/** The services outside that are asked or left alone, as every process sees it; a reset closes that very breaker. */
export default function BreakersPage() {
  const { t } = useTranslation("operations");
  const format = useFormat();
  return (
    <Queried query={useQuery(breakersQuery)}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon={IconPlugConnected} title={t("breakers.empty")}>
            {t("breakers.emptyText")}
          </Empty>
        ) : (
          <Panel isFlush>
            <DataTable
              id="breakers"
              label={t("tabs.breakers")}
              columns={columnsOf(t, format)}
              rows={items}
              rowKey={({ name }) => name}
            />
          </Panel>
        )
      }
    </Queried>
  );
}

function columnsOf(t: TFunction<"operations">, format: Format): readonly Column<Breaker>[] {
  return [
    { id: "name", header: t("breakers.columns.name"), cell: ({ name }) => breakerName(name, t) },
    {
      id: "state",
      header: t("breakers.columns.state"),
      cell: ({ state }) => <Chip tone={breakerTones[state]}>{t(`breakers.states.${state}`)}</Chip>,
    },
    {
      id: "failures",
      header: t("breakers.columns.failures"),
      isFigure: true,
      cell: ({ failures }) => format.number(failures),
    },
    {
      id: "lastFailure",
      header: t("breakers.columns.lastFailure"),
      cell: ({ lastFailure, lastFailureAt }) =>
        lastFailureAt === null ? (
          "–"
        ) : (
          <>
            <code>{lastFailure}</code> · <RelativeTime at={lastFailureAt} />
          </>
        ),
    },
    {
      id: "openUntil",
      header: t("breakers.columns.openUntil"),
      cell: ({ state, openUntil }) => (state === "open" && openUntil !== null ? <RelativeTime at={openUntil} /> : "–"),
    },
    { id: "actions", header: t("breakers.columns.actions"), cell: (breaker) => <Reset breaker={breaker} /> },
  ];
}

function Reset({ breaker }: { readonly breaker: Breaker }) {
  const { t } = useTranslation("operations");
  const reset = useAction({
    name: "reset-breaker",
    target: ({ name, changedAt }: Breaker) => `${name}-${changedAt}`,
    run: ({ name }, { idempotencyKey }) =>
      client.http.POST("/v1/operations/breakers/{name}/reset", { params: { path: { name } }, ...once(idempotencyKey) }),
    refreshes: [operationsKeys.breakers],
  });
  if (breaker.state === "closed") return "–";
  return (
    <Button size="compact-xs" variant="light" loading={reset.isPending} onClick={() => reset.mutate(breaker)}>
      {t("breakers.reset")}
    </Button>
  );
}
