import type { Upload } from "@bodega/sdk";
import { Group, Text } from "@mantine/core";
import { IconCamera, IconPhotoPlus } from "@tabler/icons-react";
import { useCallback, useEffect, useEffectEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../../../shared/files/drop-zone.tsx";
import { FileButton } from "../../../shared/files/file-button.tsx";
import { Page } from "../../../shared/page/page.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import styles from "./add-photos.module.css";
import { BulkProgress } from "./bulk-progress.tsx";
import { stepOf, summaryOf } from "./bulk-summary.ts";
import { takeHandedOver } from "./handed-over.ts";
import { UploadTile } from "./upload-tile.tsx";
import { useBulkUploads } from "./use-bulk-uploads.ts";
import { usePhotoOutcomes } from "./use-photo-outcomes.ts";

/** A hundred photos in, a hundred products out, and an account of each. */
export default function AddPhotosPage() {
  const { t } = useTranslation("catalog");
  const { uploads, queue, adding, dismiss, clear } = useBulkUploads();
  const { outcomes, forget } = usePhotoOutcomes(uploads);
  const steps = useMemo(() => uploads.map((upload) => stepOf(upload, outcomes)), [uploads, outcomes]);
  const summary = useMemo(() => summaryOf(steps), [steps]);

  const add = (files: readonly File[]) => {
    if (files.length > 0 && !adding.isPending) adding.mutate(files);
  };
  const takeOver = useEffectEvent(() => add(takeHandedOver()));
  useEffect(() => takeOver(), []);

  /** A file that did not get there is sent again; one that did has its thumbnails made again. */
  const retry = async ({ id, status, imageId }: Upload) => {
    if (status !== "done" || imageId === null) return queue.retry(id);
    await client.images.requestThumbnails(imageId, { force: true, idempotencyKey: crypto.randomUUID() });
    forget(imageId);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: does the same at every render
  const onRetry = useCallback((upload: Upload) => attempt(retry(upload)), []);
  const onCancel = useCallback(({ id }: Upload) => attempt(queue.cancel(id)), [queue]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: does the same at every render
  const onDismiss = useCallback((upload: Upload, hasFailed: boolean) => attempt(dismiss(upload, hasFailed)), []);
  const failed = uploads.filter((_upload, index) => steps[index]?.kind === "failed");
  const waiting = uploads.filter(({ status }) => status === "queued" || status === "uploading");
  const hasUploads = uploads.length > 0;

  return (
    <Page title={t("add_page.title")} isWide lead={t("add_page.lead")}>
      <div className={styles.zone} data-small={hasUploads || undefined}>
        {!hasUploads && (
          <>
            <IconPhotoPlus size={36} stroke={1.4} aria-hidden />
            <Text fw={600}>{t("add_page.drop")}</Text>
          </>
        )}
        <Text className={styles.hint}>{t("add_page.dropHint")}</Text>
        <Group gap="xs" justify="center">
          <FileButton label={t("add_page.choose")} icon={IconPhotoPlus} onFiles={add} isMultiple isPrimary />
          <FileButton label={t("add_page.camera")} icon={IconCamera} onFiles={add} isCamera />
        </Group>
      </div>
      {adding.isPending && <Waiting label={t("add_page.preparing", { count: adding.variables.length })} />}
      {adding.error !== null && (
        <ErrorPanel error={adding.error} attempt="writing" onRetry={() => add(adding.variables ?? [])} />
      )}
      {uploads.some(({ isKept, status }) => !isKept && status !== "done") && (
        <Text c="var(--bodega-warning)" role="status">
          {t("add_page.notKept")}
        </Text>
      )}
      {hasUploads && (
        <>
          <BulkProgress
            uploads={uploads}
            summary={summary}
            onRetryFailed={() => attempt(Promise.all(failed.map(retry)))}
            onRemoveFailed={() => attempt(Promise.all(failed.map((upload) => dismiss(upload, true))))}
            onCancelRest={() => attempt(Promise.all(waiting.map(({ id }) => queue.cancel(id))))}
            onClear={() => attempt(clear(new Set(failed.map(({ id }) => id))))}
          />
          <ul className={styles.wall} aria-label={t("add_page.wall")}>
            {uploads.map((upload, index) => (
              <UploadTile
                key={upload.id}
                upload={upload}
                step={steps[index] ?? { kind: "queued" }}
                onRetry={onRetry}
                onDismiss={onDismiss}
                onCancel={onCancel}
              />
            ))}
          </ul>
        </>
      )}
      <DropZone title={t("drop.title")} words={t("drop.words")} onFiles={add} />
    </Page>
  );
}

/** What the queue cannot do it says by the upload itself; the rest is told here. */
function attempt(work: Promise<unknown>): void {
  work.catch(notifyError);
}
