import type { ProductImage as Photo } from "@bodega/sdk";
import { ProductImage } from "@bodega/sdk/react";
import { Text } from "@mantine/core";
import { type KeyboardEvent, type MouseEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/use-format.ts";
import { useImageLabels } from "../../use-image-labels.ts";
import styles from "./photo-detail.module.css";

export interface FocalPointProps {
  readonly image: Photo;
  readonly isReadOnly: boolean;
  readonly onChange: (x: number, y: number) => void;
}

const keyStep = 0.05;
/** Keys come in bursts; what counts is where they end. */
const restMs = 600;
const within = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;

/** The whole photo with a mark on what matters in it: set by a click, or moved with the arrow keys. */
export function FocalPoint({ image, isReadOnly, onChange }: FocalPointProps) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const labels = useImageLabels();
  const [moved, setMoved] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const x = moved?.x ?? image.focalX ?? 0.5;
  const y = moved?.y ?? image.focalY ?? 0.5;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the mark rests
  useEffect(() => {
    if (moved === null) return undefined;
    const timer = setTimeout(() => onChange(moved.x, moved.y), restMs);
    return () => clearTimeout(timer);
  }, [moved]);
  const onClick = (event: MouseEvent<HTMLButtonElement>) => {
    // Of a click by Enter there is no place.
    if (event.detail === 0) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    setMoved({ x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key);
    if (step === null) return;
    event.preventDefault();
    setMoved({ x: within(x + step[0] * keyStep), y: within(y + step[1] * keyStep) });
  };
  const width = Math.min(320, Math.round((300 * image.width) / image.height));
  return (
    <div className={styles.focal}>
      <span className={styles.frame}>
        <ProductImage
          image={{ ...image, focalX: null, focalY: null }}
          width={width}
          height={Math.round((width * image.height) / image.width)}
          alt={image.alt}
          labels={labels}
          eager
        />
        {!isReadOnly && (
          <button
            type="button"
            className={styles.aim}
            aria-label={`${t("photos.focal")}. ${t("photos.focalAt", { x: format.percent(x), y: format.percent(y) })}`}
            aria-description={t("photos.focalHint")}
            onClick={onClick}
            onKeyDown={onKeyDown}
          >
            <span className={styles.mark} style={{ left: `${x * 100}%`, top: `${y * 100}%` }} aria-hidden />
          </button>
        )}
      </span>
      {!isReadOnly && (
        <Text size="xs" c="dimmed">
          {t("photos.focalHint")}
        </Text>
      )}
    </div>
  );
}

function stepOf(key: string): readonly [number, number] | null {
  switch (key) {
    case "ArrowLeft":
      return [-1, 0];
    case "ArrowRight":
      return [1, 0];
    case "ArrowUp":
      return [0, -1];
    case "ArrowDown":
      return [0, 1];
    default:
      return null;
  }
}
