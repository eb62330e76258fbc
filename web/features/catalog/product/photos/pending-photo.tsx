import { isOver, type Upload } from "@bodega/sdk";
import { useUploadQueue } from "@bodega/sdk/react";
import { ActionIcon, Progress } from "@mantine/core";
import { IconRefresh, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/use-format.ts";
import { notify } from "../../../../shared/problems/notify.ts";
import { notifyError } from "../../../../shared/problems/notify-error.tsx";
import { reasonText } from "../../photo-reason.ts";
import styles from "./photos.module.css";

/** A photo on its way, or one that did not get there, with the reason and what can be done. */
export function PendingPhoto({ upload }: { readonly upload: Upload }) {
  const { t } = useTranslation("catalog");
  const { queue } = useUploadQueue();
  const words = useUploadWords(upload);
  const { id, fileName: name, status } = upload;
  const cancel = async () => {
    const outcome = await queue.cancel(id);
    const isThere = outcome?.wasCancelledTooLate === true;
    notify({ message: isThere ? t("photos.cancelledLate", { name }) : t("photos.cancelled", { name }) });
    if (!isThere) await queue.remove(id);
  };
  return (
    <li className={styles.card} data-pending data-status={status}>
      <span className={styles.waiting}>
        <span className={styles.file}>{name}</span>
        <span>{words}</span>
        {status === "uploading" && (
          <Progress
            size="xs"
            w="100%"
            value={(upload.sentBytes / Math.max(1, upload.sizeBytes)) * 100}
            aria-label={`${name}: ${words}`}
          />
        )}
        <span className={styles.pendingActions}>
          {status === "failed" && (
            <ActionIcon
              size="sm"
              variant="default"
              aria-label={t("photos.retryUpload", { name })}
              onClick={() => queue.retry(id).catch(notifyError)}
            >
              <IconRefresh size={14} aria-hidden />
            </ActionIcon>
          )}
          <ActionIcon
            size="sm"
            variant="default"
            aria-label={t(isOver(upload) ? "photos.dismissUpload" : "photos.cancelUpload", { name })}
            onClick={() => (isOver(upload) ? queue.remove(id) : cancel()).catch(notifyError)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      </span>
    </li>
  );
}

function useUploadWords({ status, sentBytes, sizeBytes, error }: Upload): string {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  switch (status) {
    case "queued":
      return t("add_page.queued");
    case "uploading":
      return t("add_page.sending", {
        percent: format.percent(Math.floor((sentBytes / Math.max(1, sizeBytes)) * 100) / 100),
      });
    case "done":
      return t("add_page.generating");
    case "skipped":
      return t("photos.already");
    case "cancelled":
      return t("add_page.cancelled");
    case "failed":
      return t("add_page.failed", { reason: reasonText(error?.code ?? null, t("reasons", { returnObjects: true })) });
  }
}
