import { Button } from "@mantine/core";
import { IconPackages, IconSearchOff } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { isZero } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { useMay } from "../../../shared/session/me.ts";
import type { Column } from "../../../shared/table/data-table.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import type { StockLevel } from "../shared/inventory-queries.ts";
import { ProductName } from "../shared/product-name.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { StockState } from "../shared/stock-state.tsx";
import { VirtualTable } from "../shared/virtual-table.tsx";
import type { StockAddress, StockSort } from "./address.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { nextSort, sortingOf } from "./sorting.ts";
import { StockLimit } from "./stock-limit.tsx";
import styles from "./stock-table.module.css";
import { useRowSelection } from "./use-row-selection.ts";
import { keyOf, stockQueryOf, useStockList } from "./use-stock-list.ts";

export interface StockTableProps {
  readonly address: StockAddress;
  readonly onSort: (sort: StockSort) => void;
}

/** Products by place; a row leads to its ledger. */
export function StockTable({ address, onSort }: StockTableProps) {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const format = useFormat();
  const list = useStockList(address);
  const columns = useColumns();
  const mayLabel = useMay("catalog:read");
  const { levels, hasNextPage, isFetchingNextPage } = list;
  const rowKeys = useMemo(() => levels.map(keyOf), [levels]);
  const selection = useRowSelection(rowKeys);
  if (list.isPending) return <Waiting label={t("stock.loading")} />;
  if (list.error !== null && levels.length === 0) {
    return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (levels.length === 0) return <NothingShown address={address} />;
  const words = { count: levels.length, shown: format.number(levels.length) };
  const selectedProducts = selection.keys.map((key) => key.slice(0, key.indexOf(" ")));
  return (
    <VirtualTable
      id="stock"
      label={t("tabs.stock")}
      columns={columns}
      rows={levels}
      rowKey={keyOf}
      onOpen={({ productId, locationId }) =>
        void navigate({
          to: "/inventory/products/$productId",
          params: { productId },
          search: { location: locationId },
        })
      }
      onNearEnd={() => {
        if (hasNextPage && !isFetchingNextPage) void list.fetchNextPage();
      }}
      sorting={{
        of: (columnId) => sortingOf(columnId, address),
        onSort: (columnId) => onSort(nextSort(columnId, address)),
      }}
      {...(mayLabel && {
        selection: {
          ...selection,
          labelOf: ({ name, locationName }: StockLevel) => t("stock.select", { name, location: locationName }),
          allLabel: t("stock.selectAll"),
        },
      })}
      bar={
        selectedProducts.length > 0 ? (
          <SelectionBar productIds={selectedProducts} onClear={() => selection.setAll(false)} />
        ) : (
          <CsvButton path="/v1/stock/export.csv" query={stockQueryOf(address)} fileName={t("stock.file")} />
        )
      }
      foot={<span role="status">{t(hasNextPage ? "stock.countMore" : "stock.count", words)}</span>}
    />
  );
}

function useColumns(): readonly Column<StockLevel>[] {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const format = useFormat();
  const mayWrite = useMay("stock:write");
  const mayReserve = useMay("stock:reserve");
  return useMemo(
    () => [
      { id: "product", header: t("stock.columns.product"), cell: (level) => <ProductName product={level} /> },
      { id: "location", header: t("stock.columns.location"), cell: ({ locationName }) => locationName },
      { id: "state", header: t("stock.columns.state"), cell: ({ state }) => <StockState state={state} /> },
      {
        id: "available",
        header: t("stock.columns.available"),
        isFigure: true,
        cell: ({ available, unit }) => <b>{quantity.amount(available, unit)}</b>,
      },
      {
        id: "reserved",
        header: t("stock.columns.reserved"),
        isFigure: true,
        cell: ({ reserved, productId, locationId, name }) => {
          if (isZero(reserved)) return <Nothing />;
          if (!mayReserve) return quantity.amount(reserved);
          return (
            <Link
              className={styles.link}
              to="/inventory/reservations"
              search={{ product: productId, location: locationId }}
              aria-label={t("stock.reservedBy", { name, quantity: quantity.amount(reserved) })}
            >
              {quantity.amount(reserved)}
            </Link>
          );
        },
      },
      {
        id: "onHand",
        header: t("stock.columns.onHand"),
        isFigure: true,
        cell: ({ onHand }) => quantity.amount(onHand),
      },
      {
        id: "incoming",
        header: t("stock.columns.incoming"),
        isFigure: true,
        cell: ({ incoming }) => (isZero(incoming) ? <Nothing /> : quantity.change(incoming)),
      },
      {
        id: "reorderPoint",
        header: t("stock.columns.reorderPoint"),
        isFigure: true,
        cell: (level) => <StockLimit level={level} limit="reorderPoint" isEditable={mayWrite} />,
      },
      {
        id: "maximum",
        header: t("stock.columns.maximum"),
        isFigure: true,
        cell: (level) => <StockLimit level={level} limit="maximum" isEditable={mayWrite} />,
      },
      {
        id: "expiry",
        header: t("stock.columns.expiry"),
        isHidden: true,
        cell: ({ nextExpiry }) => (nextExpiry === null ? <Nothing /> : format.day(nextExpiry)),
      },
      {
        id: "price",
        header: t("stock.columns.price"),
        isHidden: true,
        isFigure: true,
        cell: ({ price, currency }) => format.money(price, currency),
      },
    ],
    [t, quantity, format, mayWrite, mayReserve],
  );
}

const Nothing = () => <span aria-hidden>–</span>;

function NothingShown({ address }: { readonly address: StockAddress }) {
  const { t } = useTranslation("inventory");
  const mayWrite = useMay("stock:write");
  const isNarrowed = address.q !== undefined || address.view !== undefined || address.location !== undefined;
  if (isNarrowed) {
    return (
      <Empty icon={IconSearchOff} title={t("stock.noMatch")}>
        {t("stock.noMatchText")}
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconPackages}
      title={t("stock.empty")}
      action={
        mayWrite && (
          <Button component={Link} to="/inventory/movements/new">
            {t("stock.move")}
          </Button>
        )
      }
    >
      {t("stock.emptyText")}
    </Empty>
  );
}
