import type { Product } from "@bodega/sdk";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Queried } from "../../../shared/page/queried.tsx";
import { levelsOfProductQuery } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { StockState } from "../shared/stock-state.tsx";
import styles from "./product-card.module.css";

/** How much there is of a product, place by place; it follows what happens. */
export function LevelsOfProduct({ product }: { readonly product: Pick<Product, "id" | "unit"> }) {
  const { t } = useTranslation("inventory");
  const levels = useQuery(levelsOfProductQuery(product.id));
  const quantity = useQuantity();
  return (
    <Queried query={levels} label={t("scan.card.loading")}>
      {(rows) =>
        rows.length === 0 ? (
          <Text c="dimmed">{t("scan.card.noStock")}</Text>
        ) : (
          <table className={styles.levels} aria-label={t("scan.card.stock")}>
            <thead>
              <tr>
                <th scope="col">{t("scan.card.location")}</th>
                <th scope="col">{t("scan.card.free")}</th>
                <th scope="col">{t("scan.card.onHand")}</th>
                <th scope="col">{t("scan.card.reserved")}</th>
                <th scope="col">{t("scan.card.incoming")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((level) => (
                <tr key={level.locationId}>
                  <th scope="row">
                    {level.locationCode} <StockState state={level.state} />
                  </th>
                  <td className={styles.free}>{quantity.amount(level.available, product.unit)}</td>
                  <td>{quantity.amount(level.onHand)}</td>
                  <td>{quantity.amount(level.reserved)}</td>
                  <td>{quantity.amount(level.incoming)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Queried>
  );
}
