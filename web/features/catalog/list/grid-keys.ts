import type { Product } from "@bodega/sdk";
import type { KeyboardEvent } from "react";
import type { Selection } from "./use-selection.ts";

const pageRows = 4;

/** Where a key leads in a grid of `count` cells; null for a key that does not move. */
export function movedIndex(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  index: number,
  { columns, count }: { readonly columns: number; readonly count: number },
): number | null {
  const within = (to: number) => Math.max(0, Math.min(count - 1, to));
  const isFar = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "ArrowRight":
      return within(index + 1);
    case "ArrowLeft":
      return within(index - 1);
    case "ArrowDown":
      return index + columns < count ? index + columns : index;
    case "ArrowUp":
      return index - columns >= 0 ? index - columns : index;
    case "PageDown":
      return within(index + columns * pageRows);
    case "PageUp":
      return within(index - columns * pageRows);
    case "Home":
      return isFar ? 0 : index - (index % columns);
    case "End":
      return isFar ? count - 1 : within(index - (index % columns) + columns - 1);
    default:
      return null;
  }
}

/** Shift and an arrow: everything between the two is selected. */
export function selectedBy(selection: Selection, products: readonly Product[], from: number, to: number): void {
  const between = products.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
  selection.replace([...selection.ids, ...between]);
}
