import { useTranslation } from "react-i18next";
import { isZero, multiplyDecimals } from "../../../shared/format/decimal.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { ProductName } from "../shared/product-name.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { useWorth } from "../shared/worth.ts";
import { missingOf } from "./order-figures.ts";
import type { Order, OrderLine } from "./orders-queries.ts";

/** What was asked for, and what is still to come of it. */
export function OrderLines({ order }: { readonly order: Order }) {
  const { t } = useTranslation("inventory");
  const worth = useWorth();
  const quantity = useQuantity();
  const number = (value: string | null) => (value === null ? "–" : worth.amount(value));
  const isExpected = order.status === "sent" || order.status === "partly_received";
  const came: readonly Column<OrderLine>[] = [
    {
      id: "received",
      header: t("purchasing.columns.received"),
      isFigure: true,
      cell: ({ received, unit }) => quantity.amount(received, unit),
    },
    {
      id: "missing",
      header: t(isExpected ? "purchasing.columns.incoming" : "purchasing.columns.missing"),
      isFigure: true,
      cell: (line) =>
        isZero(missingOf(line)) ? (
          <Chip tone="good">{t("purchasing.complete")}</Chip>
        ) : (
          quantity.amount(missingOf(line), line.unit)
        ),
    },
  ];
  const columns: readonly Column<OrderLine>[] = [
    {
      id: "product",
      header: t("purchasing.columns.product"),
      cell: ({ name, sku }) => <ProductName product={{ name, sku }} />,
    },
    {
      id: "quantity",
      header: t("purchasing.columns.quantity"),
      isFigure: true,
      cell: (line) => quantity.amount(line.quantity, line.unit),
    },
    ...(order.status === "draft" ? [] : came),
    { id: "cost", header: t("purchasing.columns.unitCost"), isFigure: true, cell: ({ unitCost }) => number(unitCost) },
    {
      id: "sum",
      header: t("purchasing.columns.sum"),
      isFigure: true,
      cell: (line) => number(line.unitCost === null ? null : multiplyDecimals(line.quantity, line.unitCost, 2)),
    },
  ];
  return (
    <DataTable
      id="order-lines"
      label={t("purchasing.lines")}
      columns={columns}
      rows={order.lines}
      rowKey={({ productId }) => productId}
    />
  );
}
