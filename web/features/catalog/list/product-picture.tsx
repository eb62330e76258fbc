import type { Product } from "@bodega/sdk";
import { ProductImage } from "@bodega/sdk/react";
import { useState } from "react";
import styles from "./product-picture.module.css";
import type { ItemWords } from "./use-item-words.ts";

export interface ProductPictureProps {
  readonly product: Product;
  readonly width: number;
  readonly sending: number | undefined;
  readonly isFlying: boolean;
  readonly words: ItemWords;
}

/**
 * The main photo with a quiet chip over it that says where it stands; none when it is ready. What was shown once stays,
 * however fast it goes.
 */
export function ProductPicture({ product, width, sending, isFlying, words }: ProductPictureProps) {
  const [isDue, setIsDue] = useState(!isFlying);
  if (!isFlying && !isDue) setIsDue(true);
  if (!isDue) return <span className={styles.picture} style={{ width, aspectRatio: "320 / 260" }} />;
  return (
    <span className={styles.picture} data-sending={sending !== undefined || undefined}>
      <ProductImage eager product={product} width={width} alt="" labels={words.labels} className={styles.image ?? ""} />
      {sending !== undefined && <span className={styles.chip}>{words.sending(sending)}</span>}
    </span>
  );
}
