import type { Product } from "@bodega/sdk";
import { type CSSProperties, type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Layout } from "./layout.ts";
import type { Selection } from "./use-selection.ts";

export interface DragSelectionOptions {
  readonly body: RefObject<HTMLDivElement | null>;
  readonly layout: Layout;
  readonly products: readonly Product[];
  readonly selection: Selection;
  readonly isEnabled: boolean;
}

/** Fewer pixels than this are a click. */
const clickMax = 6;

/** A box drawn with the mouse selects what it touches; with Shift, besides what was selected. Fingers scroll instead. */
export function useDragSelection({ body, layout, products, selection, isEnabled }: DragSelectionOptions) {
  const [box, setBox] = useState<CSSProperties | null>(null);
  const justEnded = useRef(false);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const ground = body.current;
    const isMouse = event.pointerType === "mouse" && event.button === 0;
    if (!isEnabled || !isMouse || ground === null) return;
    if (event.target instanceof Element && event.target.closest("button, a, input, label") !== null) return;
    const before = event.shiftKey || event.ctrlKey ? selection.ids : new Set<string>();
    const start = placeIn(ground, event);
    let isDragging = false;
    const stopped = new AbortController();
    const move = (moved: globalThis.PointerEvent) => {
      const end = placeIn(ground, moved);
      isDragging ||= Math.hypot(end.x - start.x, end.y - start.y) > clickMax;
      if (!isDragging) return;
      moved.preventDefault();
      window.getSelection()?.removeAllRanges();
      const area = areaOf(start, end);
      setBox({ left: area.left, top: area.top, width: area.right - area.left, height: area.bottom - area.top });
      selection.replace([...before, ...touchedBy(area, layout, ground.clientWidth, products)]);
    };
    const stop = () => {
      stopped.abort();
      setBox(null);
      if (!isDragging) return;
      justEnded.current = true;
      // The click that comes of the release is sent before any other task; the next one is meant.
      setTimeout(() => {
        justEnded.current = false;
      });
    };
    window.addEventListener("pointermove", move, { signal: stopped.signal });
    window.addEventListener("pointerup", stop, { signal: stopped.signal });
    window.addEventListener("pointercancel", stop, { signal: stopped.signal });
  };

  return { box, onPointerDown, justEnded: () => justEnded.current };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function placeIn(ground: Element, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Place {
  const { left, top } = ground.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

const areaOf = (one: Place, other: Place): Area => ({
  left: Math.min(one.x, other.x),
  right: Math.max(one.x, other.x),
  top: Math.min(one.y, other.y),
  bottom: Math.max(one.y, other.y),
});

/** By arithmetic alone: most of the rows do not exist. */
function touchedBy(area: Area, layout: Layout, width: number, products: readonly Product[]): readonly string[] {
  const { columns, rowHeight, gap } = layout;
  const step = (width + gap) / columns;
  const firstRow = Math.max(0, Math.floor((area.top + gap) / rowHeight));
  const lastRow = Math.floor(area.bottom / rowHeight);
  const firstColumn = Math.max(0, Math.floor((area.left + gap) / step));
  const lastColumn = Math.min(columns - 1, Math.floor(area.right / step));
  const touched: string[] = [];
  for (let row = firstRow; row <= lastRow && row * columns < products.length; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const product = products[row * columns + column];
      if (product !== undefined) touched.push(product.id);
    }
  }
  return touched;
}
