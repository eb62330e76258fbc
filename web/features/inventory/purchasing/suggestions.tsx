import { dataOf } from "@bodega/sdk";
import { Anchor, Button, Text } from "@mantine/core";
import { IconShoppingCartPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { textHash } from "../../../shared/server/text-hash.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { CsvButton } from "../csv/csv-button.tsx";
import { usePlaceName } from "../picking/use-place-name.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { useWorth } from "../shared/worth.ts";
import { type SuggestedOrder, suggestedOrders } from "./order-figures.ts";
import { ordersQuery, suggestionsQuery } from "./orders-queries.ts";
import styles from "./suggestions.module.css";
import { useSupplierName } from "./use-supplier-name.ts";

/** Products named of each suggestion; the draft shows all of them. */
const namedMax = 4;

/** What is at its reorder point, by supplier and place: each group becomes a draft by one press. */
export function Suggestions() {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const { data = [] } = useQuery(suggestionsQuery);
  const groups = suggestedOrders(data);
  const drafts = useInfiniteQuery(ordersQuery("draft")).data?.pages.flatMap(({ items }) => items) ?? [];
  // A draft is not expected yet, so its goods are suggested until it is sent: ordering them twice is a click away.
  const draftOf = ({ supplierId, locationId }: SuggestedOrder) =>
    drafts.find((order) => order.supplierId === supplierId && order.locationId === locationId);
  const draft = useAction({
    name: "draft-suggested-order",
    target: ({ key, lines }: SuggestedOrder) => `${key} ${textHash(JSON.stringify(lines))}`,
    run: ({ supplierId, locationId, lines }, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/purchase-orders", {
          body: {
            supplierId,
            locationId,
            lines: lines.map(({ productId, suggested, unitCost }) => ({
              productId,
              quantity: suggested,
              ...(unitCost !== null && { unitCost }),
            })),
          },
          ...once(idempotencyKey),
        }),
      ),
    refreshes: [inventoryKey],
    onDone: ({ id }) => void navigate({ to: "/inventory/orders", search: { order: id, doing: "edit" } }),
  });
  if (groups.length === 0) return null;
  return (
    <Panel
      title={t("purchasing.suggested")}
      aside={<CsvButton path="/v1/stock/suggestions/export.csv" fileName="reorder-suggestions.csv" />}
    >
      <ul className={styles.list}>
        {groups.map((group) => {
          const known = draftOf(group);
          return (
            <li key={group.key} className={styles.item}>
              <SuggestedWords group={group} />
              {known === undefined ? (
                <Button
                  size="compact-sm"
                  variant="light"
                  leftSection={<IconShoppingCartPlus size={16} aria-hidden />}
                  loading={draft.isPending && draft.variables?.key === group.key}
                  onClick={() => draft.mutate(group)}
                >
                  {t("purchasing.draftThis")}
                </Button>
              ) : (
                <Anchor renderRoot={(props) => <Link {...props} to="/inventory/orders" search={{ order: known.id }} />}>
                  {t("purchasing.draftedAs", { number: known.number })}
                </Anchor>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function SuggestedWords({ group }: { readonly group: SuggestedOrder }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const quantity = useQuantity();
  const worth = useWorth();
  const supplierName = useSupplierName();
  const placeName = usePlaceName();
  const { lines, cost } = group;
  const named = lines.slice(0, namedMax).map(({ name, suggested }) => `${quantity.amount(suggested)} ${name}`);
  const more = lines.length - named.length;
  return (
    <div className={styles.words}>
      <Text fw={600}>
        {supplierName(group.supplierId)} → {placeName(group.locationId, group.locationCode)}
      </Text>
      <Text size="sm" c="dimmed">
        {t("purchasing.suggestedLines", { count: lines.length, figure: format.number(lines.length) })}
        {cost !== null && ` · ${t("purchasing.costs", { cost: worth.amount(cost) })}`}
        {": "}
        {named.join(", ")}
        {more > 0 && ` ${t("purchasing.andMore", { count: more })}`}
      </Text>
    </div>
  );
}
