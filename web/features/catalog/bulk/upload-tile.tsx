import { isOver, type Upload } from "@bodega/sdk";
import { ProductImage } from "@bodega/sdk/react";
import { ActionIcon, Progress } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconPhoto, IconRefresh, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { reasonText } from "../photo-reason.ts";
import { useImageLabels } from "../use-image-labels.ts";
import type { BulkStep } from "./bulk-summary.ts";
import { nameOf } from "./product-names.ts";
import styles from "./upload-tile.module.css";

export interface UploadTileProps {
  readonly upload: Upload;
  readonly step: BulkStep;
  readonly onRetry: (upload: Upload) => void;
  readonly onDismiss: (upload: Upload, hasFailed: boolean) => void;
  readonly onCancel: (upload: Upload) => void;
}

/** A file that becomes its thumbnail: upload, generating, ready; or why not, and what to do about it. */
export const UploadTile = memo(function UploadTile({ upload, step, onRetry, onDismiss, onCancel }: UploadTileProps) {
  const { t } = useTranslation("catalog");
  const labels = useImageLabels();
  const name = nameOf(upload.fileName);
  const words = useStepWords(upload, step);
  return (
    <li className={styles.tile} data-step={step.kind}>
      <span className={styles.picture}>
        {upload.status === "done" && upload.productId !== null && step.kind !== "failed" ? (
          <ProductImage
            productId={upload.productId}
            width={160}
            height={130}
            style={{ width: "100%" }}
            alt=""
            labels={{ ...labels, generating: "" }}
          />
        ) : (
          <Stage step={step} />
        )}
      </span>
      <span className={styles.name} title={upload.fileName}>
        {upload.productId !== null && upload.status === "done" ? (
          <Link to="/catalog/$productId" params={{ productId: upload.productId }} className={styles.link}>
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
      <span className={styles.step}>{words}</span>
      {upload.status === "uploading" && (
        <Progress
          size="xs"
          value={(upload.sentBytes / Math.max(1, upload.sizeBytes)) * 100}
          aria-label={`${name}: ${words}`}
        />
      )}
      <span className={styles.actions}>
        {step.kind === "failed" && (
          <ActionIcon
            size="sm"
            variant="default"
            aria-label={`${t("add_page.retry")}: ${name}`}
            onClick={() => onRetry(upload)}
          >
            <IconRefresh size={14} aria-hidden />
          </ActionIcon>
        )}
        {isOver(upload) ? (
          step.kind !== "ready" &&
          step.kind !== "generating" && (
            <ActionIcon
              size="sm"
              variant="default"
              aria-label={`${t("add_page.remove")}: ${name}`}
              onClick={() => onDismiss(upload, step.kind === "failed")}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          )
        ) : (
          <ActionIcon
            size="sm"
            variant="default"
            aria-label={`${t("add_page.cancel")}: ${name}`}
            onClick={() => onCancel(upload)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
      </span>
    </li>
  );
});

function Stage({ step }: { readonly step: BulkStep }) {
  const Glyph = step.kind === "failed" ? IconAlertCircle : step.kind === "skipped" ? IconCircleCheck : IconPhoto;
  return <Glyph size={28} stroke={1.4} aria-hidden />;
}

function useStepWords(upload: Upload, step: BulkStep): string {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const reasons = t("reasons", { returnObjects: true });
  switch (step.kind) {
    case "queued":
    case "generating":
    case "ready":
    case "cancelled":
      return t(`add_page.${step.kind}`);
    case "sending":
      return upload.sha256 === null
        ? t("add_page.hashing")
        : t("add_page.sending", {
            percent: format.percent(Math.floor((upload.sentBytes / Math.max(1, upload.sizeBytes)) * 100) / 100),
          });
    case "skipped":
    case "failed":
      return t(`add_page.${step.kind}`, { reason: reasonText(step.reason, reasons) });
  }
}
