import { memo } from "react";
import { isWithShift, type ProductItemProps } from "./product-item.ts";
import { PicturePlace, ProductPicture } from "./product-picture.tsx";
import styles from "./product-tile.module.css";
import { useIsDue } from "./use-is-flying.ts";

export const ProductTile = memo(function ProductTile(props: ProductItemProps) {
  const {
    product,
    index,
    column,
    pictureWidth,
    isSelected,
    isSelectable,
    isOpen,
    isTabStop,
    sending,
    isFlying,
    words,
    onToggle,
  } = props;
  const isDue = useIsDue(isFlying);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={isSelectable ? isSelected : undefined}
      aria-label={product.name}
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      data-open={isOpen || undefined}
      className={styles.tile}
    >
      {isDue ? (
        <ProductPicture product={product} width={pictureWidth} sending={sending} words={words} />
      ) : (
        <PicturePlace width={pictureWidth} />
      )}
      {isDue && isSelectable && (
        <input
          type="checkbox"
          className={styles.check}
          checked={isSelected}
          onChange={(event) => onToggle(index, isWithShift(event))}
          tabIndex={-1}
          aria-label={words.select(product.name)}
        />
      )}
      <span className={styles.name} title={product.name}>
        {product.name}
      </span>
      {isDue && (
        <span className={styles.facts}>
          <span className={styles.sku}>{product.isActive ? product.sku : words.inactive}</span>
          <span>{words.format.money(product.price, product.currency)}</span>
        </span>
      )}
    </div>
  );
});
