import { memo } from "react";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { isWithShift, type ProductItemProps } from "./product-item.ts";
import { PicturePlace, ProductPicture } from "./product-picture.tsx";
import styles from "./product-row.module.css";
import { useIsDue } from "./use-is-flying.ts";

/** A product as a line: what does not fit is left out from the right, the name never. */
export const ProductRow = memo(function ProductRow(props: ProductItemProps) {
  const { product, index, pictureWidth, isSelected, isSelectable, isOpen, isTabStop, words, hidden, onToggle } = props;
  const isDue = useIsDue(props.isFlying);
  const state = words.state(product.images[0]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    <div
      role="gridcell"
      aria-colindex={1}
      aria-selected={isSelectable ? isSelected : undefined}
      aria-label={product.name}
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      data-open={isOpen || undefined}
      className={styles.row}
    >
      {isSelectable && (
        <input
          type="checkbox"
          className={styles.check}
          checked={isSelected}
          onChange={(event) => onToggle(index, isWithShift(event))}
          tabIndex={-1}
          aria-label={words.select(product.name)}
        />
      )}
      <span className={styles.picture}>
        {isDue ? (
          <ProductPicture product={product} width={pictureWidth} sending={props.sending} words={words} />
        ) : (
          <PicturePlace width={pictureWidth} />
        )}
      </span>
      <span className={styles.name}>
        <span className={styles.title}>{product.name}</span>
        <span className={styles.sku}>{product.isActive ? product.sku : `${product.sku} · ${words.inactive}`}</span>
      </span>
      {!hidden.has("category") && <span className={styles.category}>{product.category}</span>}
      {!hidden.has("gtin") && <span className={styles.gtin}>{product.gtin}</span>}
      {!hidden.has("state") && (
        <span className={styles.state}>
          <Chip tone={state.tone}>{state.text}</Chip>
        </span>
      )}
      {!hidden.has("updated") && (
        <span className={styles.updated}>
          <RelativeTime at={product.updatedAt} />
        </span>
      )}
      {!hidden.has("price") && (
        <span className={styles.price}>{words.format.money(product.price, product.currency)}</span>
      )}
    </div>
  );
});
