import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Facts } from "../../../shared/page/facts.tsx";
import type { PriceSuggestion } from "./prices-queries.ts";
import { usePercent } from "./use-price-columns.tsx";

export interface PriceNowProps {
  readonly suggestion: PriceSuggestion;
  readonly category: string | null;
}

/** The price as it is, and what the category asks for. */
export function PriceNow({ suggestion, category }: PriceNowProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const percent = usePercent();
  const { cost, price, currency, marginPercent, minimumPercent, minimumPrice, suggestedPercent, suggestedPrice } =
    suggestion;
  const money = (amount: string | null) => (amount === null ? "–" : format.money(amount, currency));
  const both = (share: string, amount: string | null) =>
    amount === null ? percent(share) : t("prices.shareIs", { share: percent(share), price: money(amount) });
  return (
    <Facts
      facts={[
        [t("prices.columns.price"), <b key="price">{money(price)}</b>],
        [t("prices.columns.cost"), money(cost)],
        [t("prices.columns.margin"), percent(marginPercent)],
        [t("prices.minimumOf", { category: category ?? t("prices.noCategory") }), both(minimumPercent, minimumPrice)],
        [t("prices.columns.suggested"), both(suggestedPercent, suggestedPrice)],
      ]}
    />
  );
}
