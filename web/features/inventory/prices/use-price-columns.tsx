import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip, type Tone } from "../../../shared/page/chip.tsx";
import type { Column } from "../../../shared/table/data-table.tsx";
import type { ProductPrice } from "./prices-queries.ts";

const tones = {
  ok: "good",
  below_suggested: "info",
  below_minimum: "bad",
  no_cost: "neutral",
} as const satisfies Record<ProductPrice["state"], Tone>;

/** Percentages as the language writes them; the server gives them as `12.5` for 12.5 %. */
export function usePercent(): (percent: string | null) => string {
  const format = useFormat();
  return (percent) => (percent === null ? "–" : format.percent(Number(percent) / 100));
}

export function usePriceColumns(): readonly Column<ProductPrice>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const percent = usePercent();
  const money = (amount: string | null, currency: string) => (amount === null ? "–" : format.money(amount, currency));
  return [
    { id: "product", header: t("prices.columns.product"), cell: ({ name }) => name },
    { id: "sku", header: t("prices.columns.sku"), isHidden: true, cell: ({ sku }) => sku },
    { id: "category", header: t("prices.columns.category"), cell: ({ category }) => category ?? "–" },
    {
      id: "cost",
      header: t("prices.columns.cost"),
      isFigure: true,
      cell: ({ cost, currency }) => money(cost, currency),
    },
    {
      id: "price",
      header: t("prices.columns.price"),
      isFigure: true,
      cell: ({ price, currency }) => money(price, currency),
    },
    {
      id: "margin",
      header: t("prices.columns.margin"),
      isFigure: true,
      cell: ({ marginPercent }) => percent(marginPercent),
    },
    {
      id: "minimum",
      header: t("prices.columns.minimum"),
      isFigure: true,
      cell: ({ minimumPercent }) => percent(minimumPercent),
    },
    {
      id: "state",
      header: t("prices.columns.state"),
      cell: ({ state }) => <Chip tone={tones[state]}>{t(`prices.states.${state}`)}</Chip>,
    },
    {
      id: "suggested",
      header: t("prices.columns.suggested"),
      isFigure: true,
      isHidden: true,
      cell: ({ suggestedPrice, currency }) => money(suggestedPrice, currency),
    },
    {
      id: "changed",
      header: t("prices.columns.changed"),
      cell: ({ changedAt }) => (changedAt === null ? "–" : <RelativeTime at={changedAt} />),
    },
  ];
}
