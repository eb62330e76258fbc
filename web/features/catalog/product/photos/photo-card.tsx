import type { ProductImage as Photo } from "@bodega/sdk";
import { ProductImage } from "@bodega/sdk/react";
import { IconGripVertical } from "@tabler/icons-react";
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { Chip } from "../../../../shared/page/chip.tsx";
import pictureStyles from "../../list/product-picture.module.css";
import { useImageLabels } from "../../use-image-labels.ts";
import styles from "./photos.module.css";

export interface PhotoCardProps {
  readonly image: Photo;
  readonly index: number;
  readonly count: number;
  readonly isChosen: boolean;
  readonly isMovable: boolean;
  readonly onChoose: () => void;
  readonly onMove: (to: number) => void;
  readonly onDrag: (event: PointerEvent<HTMLElement>) => void;
}

/** A photo in its place. Moved by its handle: dragged with mouse or finger, or with the arrow keys. */
export function PhotoCard(props: PhotoCardProps) {
  const { image, index, count, isChosen, isMovable, onChoose, onMove, onDrag } = props;
  const { t } = useTranslation("catalog");
  const labels = useImageLabels();
  const number = index + 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = targetOf(event.key, index, count);
    if (to === null) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <li className={styles.card} data-photo={image.id} data-chosen={isChosen || undefined}>
      <span className={`${pictureStyles.picture} ${styles.picture}`}>
        <ProductImage image={image} width={132} alt={image.alt} labels={labels} eager />
      </span>
      <button
        type="button"
        className={styles.open}
        aria-expanded={isChosen}
        aria-label={t("photos.open", { number })}
        onClick={onChoose}
      />
      {index === 0 && (
        <span className={styles.main}>
          <Chip tone="neutral">{t("photos.main")}</Chip>
        </span>
      )}
      {isMovable && (
        <button
          type="button"
          className={styles.handle}
          aria-label={t("photos.move", { number })}
          onPointerDown={onDrag}
          onKeyDown={onKeyDown}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
      )}
    </li>
  );
}

function targetOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(0, index - 1);
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(count - 1, index + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
