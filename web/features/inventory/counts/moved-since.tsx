import { dataOf } from "@bodega/sdk";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { client } from "../../../shared/server/client.ts";
import { useQuantity } from "../shared/quantity.ts";
import type { CountLine } from "./count-line.ts";
import styles from "./count-list.module.css";

/** More movements of a product during one count than this are summed up by the difference. */
const shownMax = 3;

export interface MovedSinceProps {
  readonly line: CountLine;
  readonly moved: NonNullable<CountLine["moved"]>;
  readonly locationId: string;
}

/** What moved of a product between its counting and its booking, so that whoever counts again knows why. */
export function MovedSince({ line, moved, locationId }: MovedSinceProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const { productId, position } = line;
  const { data } = useQuery({
    queryKey: ["inventory", "moved-since", locationId, productId, moved.position, position],
    queryFn: async ({ signal }) => {
      const query = { productId, locationId, limit: 20 };
      const { items } = await dataOf(client.http.GET("/v1/stock/movements", { signal, params: { query } }));
      return items.filter((movement) => movement.position > moved.position && movement.position <= position);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={styles.moved}>
      <Text size="xs" c="var(--bodega-bad)" fw={600}>
        {t("counts.movedWhile", {
          before: quantity.amount(moved.expected, line.unit),
          now: quantity.amount(line.expected, line.unit),
          counted: quantity.amount(moved.counted, line.unit),
        })}
      </Text>
      {data?.slice(0, shownMax).map(({ id, type, delta, createdAt, createdByName }) => (
        <Text key={id} size="xs" c="dimmed">
          {quantity.change(delta, line.unit)} · {t(`counts.movements.${type}`)}
          {createdByName !== null && ` · ${createdByName}`} · <RelativeTime at={createdAt} />
        </Text>
      ))}
    </div>
  );
}
