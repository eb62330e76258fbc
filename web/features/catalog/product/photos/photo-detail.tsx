import type { ProductImage as Photo, Product } from "@bodega/sdk";
import { productKeys, useBodega } from "@bodega/sdk/react";
import { Anchor, Button, CloseButton, Group, Text, Textarea } from "@mantine/core";
import { IconRefresh, IconStar, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/use-format.ts";
import { notify } from "../../../../shared/problems/notify.ts";
import { notifyError } from "../../../../shared/problems/notify-error.tsx";
import { useMay } from "../../../../shared/session/me.ts";
import { PhotoStateChip } from "../../photo-state-chip.tsx";
import { FocalPoint } from "./focal-point.tsx";
import styles from "./photo-detail.module.css";
import { PhotoHistory } from "./photo-history.tsx";

export interface PhotoDetailProps {
  readonly product: Product;
  readonly image: Photo;
  readonly onMakeMain: () => void;
  readonly onClose: () => void;
}

/** One photo: its text, the point that matters, what happened to it, and what can be done. */
export function PhotoDetail({ product, image, onMakeMain, onClose }: PhotoDetailProps) {
  const { t } = useTranslation("catalog");
  const { client, queryClient } = useBodega();
  const format = useFormat();
  const mayWrite = useMay("catalog:write");
  const mayOperate = useMay("operations:manage");
  const [isSure, setIsSure] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: productKeys.product(product.id), exact: true });
  const options = () => ({ idempotencyKey: crypto.randomUUID() });

  const description = useMutation({
    mutationFn: (change: { readonly alt?: string; readonly focalX?: number; readonly focalY?: number }) =>
      client.images.describe(image.id, change, options()),
    onSuccess: refresh,
    onError: notifyError,
  });
  const regeneration = useMutation({
    mutationFn: () => client.images.requestThumbnails(image.id, { force: true, ...options() }),
    onSuccess: () => {
      notify({ message: t("photos.regenerating") });
      return queryClient.invalidateQueries({ queryKey: ["catalog", "image", image.id] });
    },
    onError: notifyError,
  });
  const removal = useMutation({
    mutationFn: () => client.images.remove(image.id, { idempotencyKey: `remove-photo-${image.id}` }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
    onError: notifyError,
  });

  return (
    <section
      className={styles.detail}
      aria-label={t("photos.number", { number: image.position + 1, count: product.images.length })}
    >
      <FocalPoint
        image={image}
        isReadOnly={!mayWrite}
        onChange={(focalX, focalY) => description.mutate({ focalX, focalY })}
      />
      <div className={styles.facts}>
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs">
            <PhotoStateChip image={image} />
            <Text size="xs" c="dimmed">
              {t("photos.original", {
                width: format.number(image.width),
                height: format.number(image.height),
                size: format.bytes(image.sizeBytes),
              })}
            </Text>
          </Group>
          <CloseButton aria-label={t("photos.closePhoto")} onClick={onClose} />
        </Group>
        {image.thumbnailState === "skipped" && mayOperate && (
          <Anchor component={Link} to="/settings">
            {t("photos.policy")}
          </Anchor>
        )}
        <AltText
          text={image.alt}
          isReadOnly={!mayWrite}
          isSaved={description.isSuccess && description.variables.alt !== undefined}
          onSave={(alt) => description.mutate({ alt })}
        />
        {mayWrite && (
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={15} aria-hidden />}
              loading={regeneration.isPending}
              onClick={() => regeneration.mutate()}
            >
              {t("photos.regenerate")}
            </Button>
            {!image.isMain && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconStar size={15} aria-hidden />}
                onClick={onMakeMain}
              >
                {t("photos.makeMain")}
              </Button>
            )}
            {isSure ? (
              <span role="alert" className={styles.sure}>
                <Text>{t("photos.removeSure")}</Text>
                <Button size="compact-sm" color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
                  {t("photos.remove")}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setIsSure(false)}>
                  {t("photos.keep")}
                </Button>
              </span>
            ) : (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={15} aria-hidden />}
                onClick={() => setIsSure(true)}
              >
                {t("photos.remove")}
              </Button>
            )}
          </Group>
        )}
        <PhotoHistory image={image} />
      </div>
    </section>
  );
}

interface AltTextProps {
  readonly text: string;
  readonly isReadOnly: boolean;
  readonly isSaved: boolean;
  readonly onSave: (text: string) => void;
}

/** Saved when it is left; what somebody types is theirs until the server has it, so that a failure loses nothing. */
function AltText({ text, isReadOnly, isSaved, onSave }: AltTextProps) {
  const { t } = useTranslation("catalog");
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === text) setTyped(null);
  const save = () => {
    if (typed !== null && typed !== text) onSave(typed);
  };
  return (
    <Textarea
      label={t("photos.alt")}
      description={isSaved ? t("photos.altSaved") : t("photos.altHint")}
      readOnly={isReadOnly}
      autosize
      minRows={1}
      maxRows={4}
      maxLength={1000}
      value={typed ?? text}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
    />
  );
}
