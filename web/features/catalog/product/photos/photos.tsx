import type { Product } from "@bodega/sdk";
import { productKeys, useBodega, useUploadQueue } from "@bodega/sdk/react";
import { Group, Text } from "@mantine/core";
import { IconCamera, IconPhotoPlus, IconReplace } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../../../../shared/files/drop-zone.tsx";
import { FileButton } from "../../../../shared/files/file-button.tsx";
import { Panel } from "../../../../shared/page/panel.tsx";
import { notify } from "../../../../shared/problems/notify.ts";
import { notifyError } from "../../../../shared/problems/notify-error.tsx";
import { useMay } from "../../../../shared/session/me.ts";
import { Waiting } from "../../../../shared/waiting/waiting.tsx";
import { PendingPhoto } from "./pending-photo.tsx";
import { PhotoCard } from "./photo-card.tsx";
import { PhotoDetail } from "./photo-detail.tsx";
import styles from "./photos.module.css";
import { replaceMainPhoto } from "./replace-main-photo.ts";
import { usePendingUploads } from "./use-pending-uploads.ts";
import { moved, usePhotoOrder } from "./use-photo-order.ts";

/** All photos of a product in order, those on their way too; the chosen one below, with all that can be done to it. */
export function Photos({ product }: { readonly product: Product }) {
  const { t } = useTranslation("catalog");
  const mayWrite = useMay("catalog:write");
  const { queue } = useUploadQueue();
  const order = usePhotoOrder(product);
  const pending = usePendingUploads(product);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const replacement = useReplacement(product);
  const list = useRef<HTMLUListElement>(null);
  const chosen = order.images.find(({ id }) => id === chosenId);
  const ids = order.images.map(({ id }) => id);

  const add = (files: readonly File[]) => {
    const knownSha256 = product.images.map(({ sha256 }) => sha256);
    queue
      .add(files.map((file) => ({ file, fileName: file.name, target: { productId: product.id }, knownSha256 })))
      .catch(notifyError);
  };
  const move = (from: number, to: number) => {
    const next = moved(ids, from, to);
    if (next === ids) return;
    order.save(next);
    setSaid(t("photos.moved", { number: to + 1, count: ids.length }));
  };
  /** Follows the pointer from card to card; the same for mouse, pen and finger. */
  const drag = (event: PointerEvent<HTMLElement>, id: string) => {
    if (event.button !== 0) return;
    event.preventDefault();
    let present: readonly string[] = ids;
    const stopped = new AbortController();
    const follow = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const under = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-photo]");
      if (under === null || under === undefined || !list.current?.contains(under)) return;
      const to = present.indexOf(under.dataset.photo ?? "");
      const from = present.indexOf(id);
      if (to === -1 || to === from) return;
      present = moved(present, from, to);
      order.show(present);
    };
    const end = () => {
      stopped.abort();
      order.save(present);
      if (present !== ids) setSaid(t("photos.moved", { number: present.indexOf(id) + 1, count: ids.length }));
    };
    // Not at the handle: it moves in the document, and would lose the pointer.
    window.addEventListener("pointermove", follow, { signal: stopped.signal });
    window.addEventListener("pointerup", end, { signal: stopped.signal });
    window.addEventListener("pointercancel", end, { signal: stopped.signal });
  };

  const hasPhotos = product.images.length > 0 || pending.length > 0;
  return (
    <Panel
      title={t("product.photos")}
      aside={
        mayWrite && (
          <Group gap="xs">
            <FileButton label={t("photos.add")} icon={IconPhotoPlus} onFiles={add} isMultiple isSmall />
            <FileButton label={t("photos.camera")} icon={IconCamera} onFiles={add} isCamera isSmall />
            {product.images.length > 0 && (
              <FileButton
                label={t("photos.replaceMain")}
                icon={IconReplace}
                onFiles={([file]) => file !== undefined && replacement.start(file)}
                isSmall
              />
            )}
          </Group>
        )
      }
    >
      {!hasPhotos && <Text fw={600}>{t("photos.none")}</Text>}
      {mayWrite && <Text c="dimmed">{t("photos.hint")}</Text>}
      {replacement.isPending && <Waiting label={t("photos.replacing")} onCancel={replacement.cancel} />}
      {hasPhotos && (
        <ul ref={list} className={styles.list} aria-label={t("product.photos")}>
          {order.images.map((image, index) => (
            <PhotoCard
              key={image.id}
              image={image}
              index={index}
              count={order.images.length}
              isChosen={image.id === chosenId}
              isMovable={mayWrite && order.images.length > 1}
              onChoose={() => setChosenId(image.id === chosenId ? null : image.id)}
              onMove={(to) => move(index, to)}
              onDrag={(event) => drag(event, image.id)}
            />
          ))}
          {pending.map((upload) => (
            <PendingPhoto key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      <span className={styles.said} role="status">
        {said}
      </span>
      {chosen !== undefined && (
        <PhotoDetail
          key={chosen.id}
          product={product}
          image={chosen}
          onMakeMain={() => move(ids.indexOf(chosen.id), 0)}
          onClose={() => setChosenId(null)}
        />
      )}
      {mayWrite && <DropZone title={t("drop.title")} words={t("drop.photosWords")} onFiles={add} />}
    </Panel>
  );
}

function useReplacement(product: Product) {
  const { t: shell } = useTranslation("shell");
  const { client, queryClient } = useBodega();
  const waiting = useRef<AbortController>(null);
  const mutation = useMutation({
    mutationFn: (file: File) => {
      waiting.current = new AbortController();
      return replaceMainPhoto(client, product, file, waiting.current.signal);
    },
    onError: (error) => {
      if (error instanceof DOMException && error.name === "AbortError") {
        notify({ message: shell("waiting.cancelled") });
      } else notifyError(error);
    },
    // After a cancellation too: what is shown then is what really happened.
    onSettled: () => queryClient.invalidateQueries({ queryKey: productKeys.product(product.id), exact: true }),
  });
  return {
    isPending: mutation.isPending,
    start: (file: File) => !mutation.isPending && mutation.mutate(file),
    cancel: () => waiting.current?.abort(new DOMException("cancelled", "AbortError")),
  };
}
