import type { Product } from "@bodega/sdk";
import { ProductImage } from "@bodega/sdk/react";
import styles from "./product-picture.module.css";
import type { ItemWords } from "./use-item-words.ts";

export interface ProductPictureProps {
  readonly product: Product;
  readonly width: number;
  readonly sending: number | undefined;
  readonly words: ItemWords;
}

/** The main photo with a quiet chip over it that says where it stands; none when it is ready. */
export function ProductPicture({ product, width, sending, words }: ProductPictureProps) {
  return (
    <span className={styles.picture} data-sending={sending !== undefined || undefined}>
      <ProductImage eager product={product} width={width} alt="" labels={words.labels} className={styles.image ?? ""} />
      {sending !== undefined && <span className={styles.chip}>{words.sending(sending)}</span>}
    </span>
  );
}

/** Its place, while nobody can see what passes there. */
export function PicturePlace({ width }: Pick<ProductPictureProps, "width">) {
  return <span className={styles.picture} style={{ width, aspectRatio: "320 / 260" }} />;
}
