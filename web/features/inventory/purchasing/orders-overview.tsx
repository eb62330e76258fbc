import { Button } from "@mantine/core";
import { IconPlus, IconTruckDelivery } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import { When } from "../shared/when.tsx";
import { useWorth } from "../shared/worth.ts";
import { orderStatuses } from "./address.ts";
import { costOf, progressOf } from "./order-figures.ts";
import { OrderState } from "./order-status.tsx";
import { type Order, ordersQuery } from "./orders-queries.ts";
import { Suggestions } from "./suggestions.tsx";
import { useSupplierName } from "./use-supplier-name.ts";

/** What should be ordered, and what was. */
export function OrdersOverview() {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const { status } = useSearch({ from: "/shell/inventory/orders" });
  const orders = useInfiniteQuery(ordersQuery(status));
  const columns = useColumns();
  useShortcut("n", () => void navigate({ to: "/inventory/orders", search: { order: "new" } }));
  const filter = (
    <FilterBar
      label={t("purchasing.filter")}
      value={status ?? "all"}
      choices={[
        { value: "all", label: t("purchasing.all") },
        ...orderStatuses.map((value) => ({ value, label: t(`purchasing.states.${value}`) })),
      ]}
      onChoose={(value) => {
        const chosen = orderStatuses.find((each) => each === value);
        void navigate({
          to: "/inventory/orders",
          search: chosen === undefined ? {} : { status: chosen },
          replace: true,
        });
      }}
    />
  );
  return (
    <>
      <PageAction>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/inventory/orders" search={{ order: "new" }} {...props} />}
        >
          {t("purchasing.new")}
          <ActionKey>N</ActionKey>
        </Button>
      </PageAction>
      <Suggestions />
      {filter}
      <Queried query={orders}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return (
            <Panel isFlush>
              {rows.length === 0 ? (
                <Empty icon={IconTruckDelivery} title={t("purchasing.empty")}>
                  {t("purchasing.emptyText")}
                </Empty>
              ) : (
                <DataTable
                  id="orders"
                  label={t("tabs.orders")}
                  columns={columns}
                  rows={rows}
                  rowKey={({ id }) => id}
                  onOpen={({ id }) => void navigate({ to: "/inventory/orders", search: { order: id } })}
                  bar={
                    <CsvButton
                      path="/v1/purchase-orders/export.csv"
                      query={{ status }}
                      fileName="purchase-orders.csv"
                    />
                  }
                  foot={<MoreRows query={orders} />}
                />
              )}
            </Panel>
          );
        }}
      </Queried>
    </>
  );
}

function useColumns(): readonly Column<Order>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const worth = useWorth();
  const supplierName = useSupplierName();
  return [
    {
      id: "number",
      header: t("purchasing.columns.number"),
      cell: ({ number }) => t("purchasing.numbered", { number }),
    },
    { id: "status", header: t("purchasing.columns.status"), cell: ({ status }) => <OrderState status={status} /> },
    { id: "supplier", header: t("purchasing.columns.supplier"), cell: ({ supplierId }) => supplierName(supplierId) },
    { id: "location", header: t("purchasing.columns.location"), cell: ({ locationCode }) => locationCode },
    {
      id: "lines",
      header: t("purchasing.columns.lines"),
      isFigure: true,
      cell: ({ lines }) => format.number(lines.length),
    },
    {
      id: "came",
      header: t("purchasing.columns.came"),
      isFigure: true,
      cell: (order) => (order.status === "draft" ? "–" : format.percent(progressOf(order))),
    },
    {
      id: "cost",
      header: t("purchasing.columns.cost"),
      isFigure: true,
      cell: ({ lines }) => {
        const cost = costOf(lines);
        return cost === null ? "–" : worth.amount(cost);
      },
    },
    {
      id: "expected",
      header: t("purchasing.columns.expected"),
      cell: ({ expectedOn }) => (expectedOn === null ? "–" : format.day(expectedOn)),
    },
    {
      id: "created",
      header: t("purchasing.columns.created"),
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
}
