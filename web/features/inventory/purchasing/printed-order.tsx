import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { multiplyDecimals } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { usePageSize } from "../labels/use-page-size.ts";
import { useLocations } from "../picking/locations.ts";
import { useQuantity } from "../shared/quantity.ts";
import { useWorth } from "../shared/worth.ts";
import { costOf } from "./order-figures.ts";
import type { Order } from "./orders-queries.ts";
import styles from "./printed-order.module.css";
import { useSupplierName } from "./use-supplier-name.ts";

/** The order as it is given to a supplier: on A4, alone, black on white. */
export function PrintedOrder({ order }: { readonly order: Order }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const worth = useWorth();
  const quantity = useQuantity();
  const supplierName = useSupplierName();
  const location = useLocations().find(({ id }) => id === order.locationId);
  const cost = costOf(order.lines);
  const number = (value: string | null) => (value === null ? "" : worth.amount(value));
  usePageSize("A4");
  return createPortal(
    <article className={styles.paper} data-printed aria-hidden>
      <header className={styles.header}>
        <h1>{t("purchasing.numbered", { number: order.number })}</h1>
        <dl>
          <dt>{t("purchasing.columns.supplier")}</dt>
          <dd>{supplierName(order.supplierId)}</dd>
          <dt>{t("purchasing.deliverTo")}</dt>
          <dd>{location?.name ?? order.locationCode}</dd>
          <dt>{t("purchasing.columns.created")}</dt>
          <dd>{format.exact(order.sentAt ?? order.createdAt)}</dd>
          {order.expectedOn !== null && (
            <>
              <dt>{t("purchasing.columns.expected")}</dt>
              <dd>{format.day(order.expectedOn)}</dd>
            </>
          )}
        </dl>
      </header>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th>{t("purchasing.columns.sku")}</th>
            <th>{t("purchasing.columns.product")}</th>
            <th data-figure>{t("purchasing.columns.quantity")}</th>
            <th data-figure>{t("purchasing.columns.unitCost")}</th>
            <th data-figure>{t("purchasing.columns.sum")}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.productId}>
              <td>{line.gtin ?? line.sku}</td>
              <td>{line.name}</td>
              <td data-figure>{quantity.amount(line.quantity, line.unit)}</td>
              <td data-figure>{number(line.unitCost)}</td>
              <td data-figure>
                {number(line.unitCost === null ? null : multiplyDecimals(line.quantity, line.unitCost, 2))}
              </td>
            </tr>
          ))}
        </tbody>
        {cost !== null && (
          <tfoot>
            <tr>
              <td colSpan={4}>{t("purchasing.total")}</td>
              <td data-figure>{number(cost)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {order.note !== null && <p>{order.note}</p>}
    </article>,
    document.body,
  );
}
