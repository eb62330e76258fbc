import { isProductImagesEvent, type ProductImage, productImagesTopic } from "@bodega/sdk";
import { useServerEvents } from "@bodega/sdk/react";
import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../../shared/format/use-format.ts";
import { ErrorPanel } from "../../../../shared/problems/error-panel.tsx";
import { client } from "../../../../shared/server/client.ts";
import { Waiting } from "../../../../shared/waiting/waiting.tsx";
import { reasonText } from "../../photo-reason.ts";
import styles from "./photo-detail.module.css";

/** Everything that happened to a photo, the latest first: what, which attempt, how long, why. */
export function PhotoHistory({ image }: { readonly image: ProductImage }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const history = useQuery({
    queryKey: ["catalog", "image", image.id],
    queryFn: ({ signal }) => client.images.read(image.id, { signal }),
    staleTime: 5_000,
  });
  useServerEvents(productImagesTopic, ({ payload }) => {
    if (isProductImagesEvent(payload) && payload.imageId === image.id) void history.refetch();
  });
  const phases: Readonly<Record<string, string>> = t("phases", { returnObjects: true });
  const reasons = t("reasons", { returnObjects: true });
  return (
    <div>
      <Title order={3}>
        {t("photos.history")}
        {history.data !== undefined && (
          <Text span size="xs" c="dimmed" ml="xs">
            {t("photos.attempts", { count: history.data.attempts })}
          </Text>
        )}
      </Title>
      {history.isPending && <Waiting />}
      {history.error !== null && <ErrorPanel error={history.error} isCompact onRetry={() => void history.refetch()} />}
      {history.data?.history.length === 0 && <Text c="dimmed">{t("photos.historyEmpty")}</Text>}
      <ol className={styles.history}>
        {history.data?.history.toReversed().map((entry) => (
          <li key={`${entry.at} ${entry.phase} ${entry.attempt}`}>
            <span>
              {phases[entry.phase] ?? entry.phase}
              {entry.reason !== null && `: ${reasonText(entry.reason, reasons)}`}
            </span>
            <span className={styles.when}>
              {[
                entry.attempt === null ? null : t("photos.attempt", { number: entry.attempt }),
                entry.durationMs === null ? null : format.duration(entry.durationMs),
              ]
                .filter((part) => part !== null)
                .map((part) => (
                  <span key={part}>{part}</span>
                ))}
              <RelativeTime at={entry.at} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
