import { dataOf } from "@bodega/sdk";
import { Anchor, Group, Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { client } from "../../../shared/server/client.ts";
import { useUserName } from "../../../shared/session/user-name.tsx";
import { labelsAddressOf } from "../labels/address.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import type { Order } from "./orders-queries.ts";
import styles from "./suggestions.module.css";

/** What came, when, and by whom it was booked; each with the way to its labels. */
export function Receipts({ order }: { readonly order: Order }) {
  const { t } = useTranslation("inventory");
  const nameOf = useUserName();
  const quantity = useQuantity();
  const movements = useQueries({
    queries: order.receipts.map(({ id }) => ({
      queryKey: [...inventoryKey, "receipt", id],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const query = { documentId: id, limit: 200 };
        return (await dataOf(client.http.GET("/v1/stock/movements", { signal, params: { query } }))).items;
      },
    })),
  });
  return (
    <ul className={styles.list}>
      {order.receipts.map(({ id, reference, createdBy, createdAt, undoneAt }, index) => {
        const came = (movements[index]?.data ?? []).filter(({ type }) => type === "receipt");
        return (
          <li key={id} className={styles.item}>
            <div className={styles.words}>
              <Group gap="xs">
                <Text>
                  <RelativeTime at={createdAt} /> · {came[0]?.createdByName ?? nameOf(createdBy)}
                  {reference !== null && ` · ${reference}`}
                </Text>
                {undoneAt !== null && <Chip tone="warning">{t("purchasing.undone")}</Chip>}
              </Group>
              <Text size="sm" c="dimmed">
                {came
                  .map(({ name, delta, unit, lot }) => {
                    const amount = `${quantity.amount(delta, unit)} ${name}`;
                    return lot === null ? amount : t("purchasing.ofLot", { amount, lot });
                  })
                  .join(", ")}
              </Text>
            </div>
            {undoneAt === null && came.length > 0 && (
              <Anchor
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to="/inventory/labels"
                    search={labelsAddressOf(
                      came.map(({ productId, delta }) => ({
                        productId,
                        copies: Math.max(1, Math.ceil(Number(delta))),
                      })),
                    )}
                  />
                )}
              >
                {t("purchasing.labels")}
              </Anchor>
            )}
          </li>
        );
      })}
    </ul>
  );
}
