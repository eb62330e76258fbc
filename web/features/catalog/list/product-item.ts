import type { Product } from "@bodega/sdk";

/** What an item of the collection is given, as a tile or as a row. */
export interface ProductItemProps {
  readonly product: Product;
  readonly index: number;
  readonly column: number;
  readonly pictureWidth: number;
  readonly isSelected: boolean;
  readonly isSelectable: boolean;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  /** Percent of its photo that is sent; -1: it waits; undefined: none is on its way. */
  readonly sending: number | undefined;
  readonly onToggle: (index: number) => void;
}
