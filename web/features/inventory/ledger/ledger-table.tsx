import { IconBook2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import type { Movement } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { When } from "../shared/when.tsx";
import type { LedgerAddress } from "./address.ts";
import styles from "./ledger-table.module.css";
import { UndoButton, UndoDialog } from "./undo-dialog.tsx";
import { ledgerFilterOf, useLedger } from "./use-ledger.ts";

export interface LedgerTableProps {
  readonly address: LedgerAddress;
  /** Of one product: then it need not be said in each row. */
  readonly productId?: string;
}

/** A bank statement of goods: what changed, by how much, and what was there then. */
export function LedgerTable({ address, productId }: LedgerTableProps) {
  const { t } = useTranslation("inventory");
  const ledger = useLedger(address, productId);
  const [asked, setAsked] = useState<Movement | null>(null);
  const columns = useColumns(productId !== undefined, setAsked);
  return (
    <>
      <Queried query={ledger} label={t("ledger.loading")}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) {
            return (
              <Empty icon={IconBook2} title={t("ledger.empty")}>
                {t("ledger.emptyText")}
              </Empty>
            );
          }
          return (
            <DataTable
              id={productId === undefined ? "movements" : "product-ledger"}
              label={t("ledger.title")}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              bar={
                <CsvButton
                  path="/v1/stock/movements/export.csv"
                  query={ledgerFilterOf(address, productId)}
                  fileName={t("ledger.file")}
                />
              }
              foot={<MoreRows query={ledger} />}
            />
          );
        }}
      </Queried>
      <UndoDialog movement={asked} onClose={() => setAsked(null)} />
    </>
  );
}

/** Of the adjustments of a count that nobody gave a note. */
const countReason = "count";

function useColumns(isOfOne: boolean, onUndo: (movement: Movement) => void): readonly Column<Movement>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const quantity = useQuantity();
  const mayWrite = useMay("stock:write");
  const at: Column<Movement> = {
    id: "at",
    header: t("ledger.columns.at"),
    cell: ({ createdAt }) => <When at={createdAt} />,
  };
  const product: Column<Movement> = {
    id: "product",
    header: t("ledger.columns.product"),
    cell: ({ name, productId }) => (
      <Link className={styles.product} to="/inventory/products/$productId" params={{ productId }}>
        {name}
      </Link>
    ),
  };
  const rest: readonly Column<Movement>[] = [
    {
      id: "type",
      header: t("ledger.columns.type"),
      cell: ({ type, undoneBy, undoes }) => (
        <span className={styles.what}>
          {t(`ledger.types.${type}`)}
          {undoneBy !== null && <Chip tone="neutral">{t("ledger.undone")}</Chip>}
          {undoes !== null && <Chip tone="info">{t("ledger.undoes")}</Chip>}
        </span>
      ),
    },
    {
      id: "delta",
      header: t("ledger.columns.delta"),
      isFigure: true,
      cell: ({ delta, unit, undoneBy }) => (
        <span
          className={styles.delta}
          data-sign={delta.startsWith("-") ? "minus" : "plus"}
          data-undone={undoneBy !== null || undefined}
        >
          <span aria-hidden>{delta.startsWith("-") ? "↓" : "↑"}</span> {quantity.change(delta, unit)}
        </span>
      ),
    },
    {
      id: "balance",
      header: t("ledger.columns.balance"),
      isFigure: true,
      cell: ({ balanceAfter, unit }) => <b>{quantity.amount(balanceAfter, unit)}</b>,
    },
    { id: "location", header: t("ledger.columns.location"), cell: ({ locationName }) => locationName },
    {
      id: "reason",
      header: t("ledger.columns.reason"),
      cell: ({ reason, reference }) =>
        [reason === countReason ? t("ledger.counted") : reason, reference].filter((part) => part !== null).join(" · "),
    },
    {
      id: "lot",
      header: t("ledger.columns.lot"),
      isHidden: true,
      cell: ({ lot, expiresOn }) =>
        [lot, expiresOn === null ? null : format.day(expiresOn)].filter(Boolean).join(" · "),
    },
    {
      id: "user",
      header: t("ledger.columns.user"),
      cell: ({ createdByName, createdBy }) => createdByName ?? createdBy,
    },
  ];
  const undo: Column<Movement> = {
    id: "undo",
    header: t("ledger.columns.actions"),
    cell: (movement) => <UndoButton movement={movement} onAsk={onUndo} />,
  };
  return [...(isOfOne ? [at] : [product, at]), ...rest, ...(mayWrite ? [undo] : [])];
}
