import type { Upload } from "@bodega/sdk";
import { Button, Group, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { reasonText } from "../photo-reason.ts";
import styles from "./add-photos.module.css";
import { type BulkSummary, sentOf } from "./bulk-summary.ts";
import { useRate } from "./use-rate.ts";

export interface BulkProgressProps {
  readonly uploads: readonly Upload[];
  readonly summary: BulkSummary;
  readonly onRetryFailed: () => void;
  readonly onRemoveFailed: () => void;
  readonly onCancelRest: () => void;
  readonly onClear: () => void;
}

/** One bar for all, how fast and how long still; and in words what became of every photo. */
export function BulkProgress(props: BulkProgressProps) {
  const { uploads, summary, onRetryFailed, onRemoveFailed, onCancelRest, onClear } = props;
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const { sizeBytes, sentBytes } = sentOf(uploads);
  const isSending = uploads.some(({ status }) => status === "uploading" || status === "queued");
  const rate = useRate(sentBytes, sizeBytes - sentBytes, isSending);
  const expected = Math.max(1, summary.ready + summary.underWay);
  // Sending is what is waited for; a photo that is sent counts almost.
  const share = (0.85 * sentBytes) / Math.max(1, sizeBytes) + 0.15 * (summary.ready / expected);
  const isDone = summary.underWay === 0;
  return (
    <section className={styles.progress} aria-label={t("add_page.wall")}>
      <div className={styles.figures}>
        <strong>{t("add_page.progress", { ready: format.number(summary.ready), count: summary.count })}</strong>
        {!isDone && (
          <span className={styles.rate}>
            {t("add_page.sent", { sent: format.bytes(sentBytes), size: format.bytes(sizeBytes) })}
            {rate.bytesPerSecond !== null && isSending && (
              <> · {t("add_page.rate", { rate: format.bytes(rate.bytesPerSecond) })}</>
            )}
            {isSending && rate.leftMs !== null && rate.leftMs > 2_000 && (
              <> · {t("add_page.left", { time: format.duration(Math.ceil(rate.leftMs / 1000) * 1000) })}</>
            )}
            {sentBytes > 0.98 * sizeBytes && <> · {t("add_page.almost")}</>}
          </span>
        )}
      </div>
      <Progress
        value={isDone ? 100 : Math.min(99, share * 100)}
        size="lg"
        aria-label={t("add_page.progress", { ready: summary.ready, count: summary.count })}
      />
      <p className={styles.summary} role="status">
        {useSummaryWords(summary)}
      </p>
      <Group gap="xs">
        {summary.failedCount > 0 && (
          <>
            <Button variant="default" size="compact-sm" onClick={onRetryFailed}>
              {t("add_page.retryFailed")}
            </Button>
            <Button variant="default" size="compact-sm" onClick={onRemoveFailed}>
              {t("add_page.removeFailed")}
            </Button>
          </>
        )}
        {isSending && (
          <Button variant="default" size="compact-sm" onClick={onCancelRest}>
            {t("add_page.cancelAll")}
          </Button>
        )}
        {isDone && (
          <>
            <Button component={Link} to="/catalog" size="compact-sm">
              {t("add_page.toCatalogue")}
            </Button>
            <Button variant="default" size="compact-sm" onClick={onClear}>
              {t("add_page.clear")}
            </Button>
          </>
        )}
      </Group>
    </section>
  );
}

/** «98 listas, 1 omitida (WebP), 1 falló (dañada o truncada)». */
function useSummaryWords(summary: BulkSummary): string {
  const { t } = useTranslation("catalog");
  const reasons = t("reasons", { returnObjects: true });
  const each = (kind: "skipped" | "failed") =>
    [...summary[kind]].map(([code, count]) =>
      t(`add_page.summary.${kind}`, { count, reason: reasonText(code, reasons) }),
    );
  return [
    ...(summary.ready > 0 ? [t("add_page.summary.ready", { count: summary.ready })] : []),
    ...each("skipped"),
    ...each("failed"),
    ...(summary.cancelled > 0 ? [t("add_page.summary.cancelled", { count: summary.cancelled })] : []),
    ...(summary.underWay > 0 ? [t("add_page.summary.underWay", { count: summary.underWay })] : []),
  ].join(", ");
}
