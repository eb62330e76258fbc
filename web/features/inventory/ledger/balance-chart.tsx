import { dataOf, type Product } from "@bodega/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DayChart } from "../../../shared/charts/day-chart.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";

const days = 30;

export interface BalanceChartProps {
  readonly product: Pick<Product, "id" | "name" | "unit">;
  /** Undefined: the whole shop. */
  readonly locationId: string | undefined;
}

/** How the balance went, day by day. */
export function BalanceChart({ product, locationId }: BalanceChartProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const quantity = useQuantity();
  const daily = useQuery({
    queryKey: [...inventoryKey, "daily", product.id, locationId ?? null],
    queryFn: ({ signal }) =>
      dataOf(
        client.http.GET("/v1/stock/movements/daily", {
          signal,
          params: { query: { productId: product.id, days, ...(locationId !== undefined && { locationId }) } },
        }),
      ),
  });
  return (
    <Queried query={daily} label={t("ledger.loading")}>
      {({ items }) => (
        <DayChart
          kind="lines"
          days={items.map(({ day }) => format.day(day))}
          series={[
            {
              id: "balance",
              label: t("ledger.product.balance"),
              tone: "accent",
              values: items.map(({ balance }) => Number(balance)),
            },
          ]}
          format={(value) => quantity.amount(String(value), product.unit)}
          label={t("ledger.product.chartText", { name: product.name, count: days })}
          empty={t("ledger.product.noChart")}
        />
      )}
    </Queried>
  );
}
