import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import type { Figures } from "./figures-page.tsx";

type Provider = Figures["byProvider"][number];

/** Each provider: whether it can be used, and how its calls went. */
export function ProviderTable({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  const time = (value: number | null) => (value === null ? "–" : format.duration(value));
  const columns: readonly Column<Provider>[] = [
    { id: "provider", header: t("figures.provider"), cell: ({ provider }) => t(`providers.${provider}`) },
    { id: "state", header: t("figures.state"), cell: (row) => <StateOf row={row} /> },
    { id: "use", header: t("figures.use"), cell: ({ use }) => t(`figures.uses.${use ?? "none"}`) },
    { id: "model", header: t("figures.model"), cell: ({ model }) => model },
    { id: "calls", header: t("figures.calls"), cell: ({ calls }) => format.number(calls), isFigure: true },
    { id: "failed", header: t("figures.failed"), cell: ({ failed }) => format.number(failed), isFigure: true },
    { id: "refused", header: t("figures.refused"), cell: ({ refused }) => format.number(refused), isFigure: true },
    { id: "p50", header: t("figures.p50"), cell: ({ latencyP50Ms }) => time(latencyP50Ms), isFigure: true },
    { id: "p95", header: t("figures.p95"), cell: ({ latencyP95Ms }) => time(latencyP95Ms), isFigure: true },
    { id: "cost", header: t("figures.cost"), cell: ({ costUsd }) => format.money(costUsd, "USD"), isFigure: true },
  ];
  return (
    <Panel title={t("figures.providers")} isFlush>
      <DataTable
        id="story-providers"
        label={t("figures.providers")}
        columns={columns}
        rows={figures.byProvider}
        rowKey={({ provider }) => provider}
      />
    </Panel>
  );
}

function StateOf({ row }: { readonly row: Provider }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  if (!row.isConfigured) return <Chip tone="neutral">{t("figures.notConfigured")}</Chip>;
  if (row.lifecycle === "retired") return <Chip tone="bad">{t("figures.retired")}</Chip>;
  if (row.breakerState === "open") return <Chip tone="bad">{t("figures.breakerOpen")}</Chip>;
  if (row.endsOn !== null) return <Chip tone="warning">{t("figures.endsOn", { day: format.day(row.endsOn) })}</Chip>;
  return <Chip tone="good">{t("figures.ready")}</Chip>;
}
