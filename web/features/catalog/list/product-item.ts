import type { Product } from "@bodega/sdk";
import type { ChangeEvent } from "react";
import type { ListColumnId } from "./list-columns.ts";
import type { ItemWords } from "./use-item-words.ts";

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
  /** It passes by too fast to be seen. */
  readonly isFlying: boolean;
  readonly words: ItemWords;
  /** Of a row, the columns that somebody put away. */
  readonly hidden: ReadonlySet<ListColumnId>;
  /** `isRange`: from the last one that was toggled to this one. */
  readonly onToggle: (index: number, isRange: boolean) => void;
}

/** Whether a check box was clicked with Shift held. */
export const isWithShift = ({ nativeEvent }: ChangeEvent): boolean =>
  nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
