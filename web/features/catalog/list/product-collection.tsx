import type { Product } from "@bodega/sdk";
import { useUploadQueue } from "@bodega/sdk/react";
import { useElementSize } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { useDensity } from "../../../shared/table/density.ts";
import { movedIndex, selectedBy } from "./grid-keys.ts";
import { layoutOf } from "./layout.ts";
import type { ListColumnId } from "./list-columns.ts";
import styles from "./product-collection.module.css";
import { ProductRow } from "./product-row.tsx";
import { ProductTile } from "./product-tile.tsx";
import { useDragSelection } from "./use-drag-selection.ts";
import { useIsFlying } from "./use-is-flying.ts";
import { useItemWords } from "./use-item-words.ts";
import type { Selection } from "./use-selection.ts";

export interface ProductCollectionProps {
  readonly products: readonly Product[];
  readonly view: "grid" | "list";
  readonly selection: Selection;
  readonly openId: string | undefined;
  readonly isSelectable: boolean;
  readonly hiddenColumns: ReadonlySet<ListColumnId>;
  readonly onOpen: (product: Product) => void;
  /** The end of what is loaded is near. */
  readonly onNearEnd: () => void;
}

/**
 * Products as a grid (WAI-ARIA APG, *Grid*): one tab stop, arrows move, Space selects, Enter opens, Shift extends. Only
 * the rows near the window exist.
 */
export function ProductCollection(props: ProductCollectionProps) {
  const { products, view, selection, openId, isSelectable, hiddenColumns, onOpen, onNearEnd } = props;
  const { t } = useTranslation("catalog");
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [current, setCurrent] = useState(0);
  const [density] = useDensity();
  const layout = layoutOf(view, width, density);
  const rowCount = Math.ceil(products.length / layout.columns);
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : rowCount,
    estimateSize: () => layout.rowHeight,
    overscan: 3,
    scrollMargin: top,
    // Frames are not held up: rows beyond the edge are drawn ahead.
    useFlushSync: false,
  });
  const isFlying = useIsFlying();
  const percents = useSendingPercents();
  const words = useItemWords();
  const drag = useDragSelection({ body, layout, products, selection, isEnabled: isSelectable });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout has other heights, and begins elsewhere
  useEffect(() => {
    rows.measure();
    setTop(body.current === null ? 0 : body.current.getBoundingClientRect().top + window.scrollY);
  }, [layout.rowHeight, layout.columns]);
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as soon as the last rows come near
  useEffect(() => {
    if (lastShown >= rowCount - 8) onNearEnd();
  }, [lastShown, rowCount]);

  // The same function at each render, so that only items that changed are drawn again.
  const latest = useRef(selection);
  useEffect(() => {
    latest.current = selection;
  });
  const onToggle = useCallback((index: number, isRange: boolean) => {
    if (isRange) latest.current.extendTo(index);
    else latest.current.toggle(index);
  }, []);

  const focus = (index: number) => {
    setCurrent(index);
    rows.scrollToIndex(Math.floor(index / layout.columns), { align: "auto" });
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const index = indexOf(event.target);
    if (index === null || event.altKey) return;
    const product = products[index];
    const to = movedIndex(event, index, { columns: layout.columns, count: products.length });
    if (to !== null) {
      event.preventDefault();
      if (event.shiftKey && isSelectable) selectedBy(selection, products, index, to);
      focus(to);
    } else if (event.key === "Enter" && product !== undefined) {
      event.preventDefault();
      onOpen(product);
    } else if (event.key === " " && isSelectable) {
      event.preventDefault();
      if (event.shiftKey) selection.extendTo(index);
      else selection.toggle(index);
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey) && isSelectable) {
      event.preventDefault();
      selection.replace(products.map(({ id }) => id));
    } else if (event.key === "Escape" && selection.ids.size > 0) {
      event.preventDefault();
      selection.clear();
    }
  };
  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    if (drag.justEnded() || isControl(event.target)) return;
    const index = indexOf(cellOf(event.target));
    const product = index === null ? undefined : products[index];
    if (index === null || product === undefined) return;
    setCurrent(index);
    if (isSelectable && event.shiftKey) selection.extendTo(index);
    else if (isSelectable && (event.ctrlKey || event.metaKey)) selection.toggle(index);
    else onOpen(product);
  };

  const Item = view === "list" ? ProductRow : ProductTile;
  return (
    <div ref={sizeRef}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised into tiles */}
      <div
        role="grid"
        aria-label={t("grid.label")}
        aria-description={t("grid.keys")}
        aria-multiselectable={isSelectable}
        aria-rowcount={rowCount}
        aria-colcount={layout.columns}
        className={styles.grid}
        style={view === "list" ? listPictureStyle(layout.pictureWidth) : undefined}
        data-view={view}
        data-selecting={selection.ids.size > 0 || undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerDown={drag.onPointerDown}
        // Pictures would be dragged out of the page instead.
        onDragStart={(event) => event.preventDefault()}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div ref={body} role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
          {shown.map((row) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its cells are
            <div
              key={row.key}
              role="row"
              aria-rowindex={row.index + 1}
              className={styles.row}
              style={{
                height: layout.rowHeight,
                transform: `translateY(${row.start - rows.options.scrollMargin}px)`,
                gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
              }}
            >
              {products.slice(row.index * layout.columns, (row.index + 1) * layout.columns).map((product, column) => {
                const index = row.index * layout.columns + column;
                return (
                  <Item
                    key={product.id}
                    product={product}
                    index={index}
                    column={column}
                    pictureWidth={layout.pictureWidth}
                    isSelected={selection.ids.has(product.id)}
                    isSelectable={isSelectable}
                    isOpen={product.id === openId}
                    isTabStop={index === Math.min(current, products.length - 1)}
                    sending={percents.get(product.id)}
                    isFlying={isFlying}
                    words={words}
                    hidden={hiddenColumns}
                    onToggle={onToggle}
                  />
                );
              })}
            </div>
          ))}
          {drag.box !== null && <div className={styles.box} style={drag.box} aria-hidden />}
        </div>
      </div>
    </div>
  );
}

const listPictureStyle = (width: number): CSSProperties & Record<"--list-picture", string> => ({
  "--list-picture": `${width}px`,
});

/** How far the photo of each product is on its way, in whole percent; -1 while it waits. */
function useSendingPercents(): ReadonlyMap<string, number> {
  const { uploads } = useUploadQueue();
  return useMemo(() => {
    const percents = new Map<string, number>();
    for (const { productId, status, sentBytes, sizeBytes } of uploads) {
      if (productId === null || (status !== "uploading" && status !== "queued")) continue;
      percents.set(productId, status === "queued" ? -1 : Math.floor((sentBytes / Math.max(1, sizeBytes)) * 100));
    }
    return percents;
  }, [uploads]);
}

const cellOf = (target: EventTarget): Element | null =>
  target instanceof Element ? target.closest("[data-index]") : null;

/** The cell itself, not something in it. */
function indexOf(target: EventTarget | null): number | null {
  const index = target instanceof HTMLElement ? target.dataset.index : undefined;
  return index === undefined ? null : Number(index);
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("button, a, input, label") !== null;
