import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DayChart } from "../../../shared/charts/day-chart.tsx";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Queried } from "../../../shared/page/queried.tsx";
import { useUserName } from "../../../shared/session/user-name.tsx";
import styles from "./price-history.module.css";
import { historyQuery } from "./prices-queries.ts";
import { usePercent } from "./use-price-columns.tsx";

/** Changes written out; the chart has all of them. */
const listedMax = 8;

export interface PriceHistoryProps {
  readonly productId: string;
  readonly currency: string;
}

/** How price and cost went, change by change. */
export function PriceHistory({ productId, currency }: PriceHistoryProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const percent = usePercent();
  const nameOf = useUserName();
  const history = useQuery(historyQuery(productId));
  return (
    <section aria-label={t("prices.history")}>
      <Title order={3} size="h5" mb="xs">
        {t("prices.history")}
      </Title>
      <Queried query={history}>
        {(changes) => {
          const [oldest] = changes.slice(-1);
          if (oldest === undefined) return <Text c="dimmed">{t("prices.noHistory")}</Text>;
          const inOrder = changes.toReversed();
          return (
            <>
              <DayChart
                kind="lines"
                days={[t("prices.before"), ...inOrder.map(({ createdAt }) => format.day(createdAt))]}
                series={[
                  {
                    id: "price",
                    label: t("prices.columns.price"),
                    tone: "accent",
                    values: [Number(oldest.priceBefore), ...inOrder.map(({ price }) => Number(price))],
                  },
                  {
                    id: "cost",
                    label: t("prices.columns.cost"),
                    tone: "neutral",
                    values: [
                      oldest.costBefore === null ? null : Number(oldest.costBefore),
                      ...inOrder.map(({ cost }) => Number(cost)),
                    ],
                  },
                ]}
                format={(value) => format.number(value)}
                label={t("prices.historyOf", { count: changes.length })}
                empty={t("prices.noHistory")}
              />
              <ul className={styles.list}>
                {changes.slice(0, listedMax).map((change) => (
                  <li key={change.id}>
                    <Text size="sm">
                      {format.money(change.priceBefore, currency)} → <b>{format.money(change.price, currency)}</b> ·{" "}
                      {t("prices.withMargin", { share: percent(change.marginPercent) })}
                    </Text>
                    <Text size="xs" c="dimmed">
                      <RelativeTime at={change.createdAt} /> · {nameOf(change.createdBy)}
                    </Text>
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Queried>
    </section>
  );
}
