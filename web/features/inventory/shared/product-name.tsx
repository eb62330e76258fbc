import styles from "./product-name.module.css";
import { ProductThumb } from "./product-thumb.tsx";

export interface ProductNameProps {
  readonly product: { readonly name: string; readonly sku: string; readonly thumbnailUrl?: string | null };
}

/** Picture, name and SKU: what a row is about. */
export function ProductName({ product: { name, sku, thumbnailUrl } }: ProductNameProps) {
  return (
    <span className={styles.product}>
      {thumbnailUrl !== undefined && <ProductThumb url={thumbnailUrl} />}
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        <span className={styles.sku}>{sku}</span>
      </span>
    </span>
  );
}
