import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Column } from "../../../shared/table/data-table.tsx";
import { useDensity } from "../../../shared/table/density.ts";
import { TableTools } from "../../../shared/table/table-tools.tsx";
import { useTableView } from "../../../shared/table/table-view.ts";
import styles from "./virtual-table.module.css";
import { RowBox, type TableSelection, type TableSorting, VirtualTableHead } from "./virtual-table-head.tsx";

export interface VirtualTableProps<Row> {
  /** Under which the chosen columns are remembered in this browser. */
  readonly id: string;
  readonly label: string;
  /** The first stays in sight and cannot be hidden: it says what the row is. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Opens a row by click or Enter. */
  readonly onOpen?: (row: Row) => void;
  /** The end of what is there is near. */
  readonly onNearEnd?: () => void;
  /** Headers that sort, and how the rows are sorted. */
  readonly sorting?: TableSorting;
  /** Rows that can be selected, by their boxes, by Space, and by Shift and a click on the last of them. */
  readonly selection?: TableSelection<Row>;
  /** Beside the tools of the table: filters. */
  readonly bar?: ReactNode;
  readonly foot?: ReactNode;
}

/** Below 768 px a row is a card, of one line for each column. */
const cardHeight = 168;
const rowHeights = { comfortable: 49, compact: 37 };

/**
 * As `DataTable`, for thousands of rows: only those near the window exist. One row is in the tab order; ↑ ↓, Page Up and
 * Down, Home and End go on from it. On a phone rows are cards.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { id, label, columns, rows, rowKey, onOpen, onNearEnd, sorting, selection, bar, foot } = props;
  const view = useTableView(id, columns);
  const [density] = useDensity();
  const isPhone = useMediaQuery("(width < 48rem)", undefined, { getInitialValueInEffect: false });
  const scroller = useRef<HTMLElement>(null);
  const height = isPhone ? cardHeight : rowHeights[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have other heights
  useEffect(() => virtual.measure(), [height]);
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as soon as the last rows come near
  useEffect(() => {
    if (lastShown >= rows.length - 20) onNearEnd?.();
  }, [lastShown, rows.length]);
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number | null>(null);
  const reachable = Math.min(current, Math.max(0, rows.length - 1));
  const focus = (index: number) => {
    setCurrent(index);
    virtual.scrollToIndex(index, { align: "auto" });
    wanted.current = index;
  };
  // A row far away is drawn some frames after it was scrolled to; the one that had the focus may be gone by then.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    if (row == null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number) => {
    if (event.target !== event.currentTarget) return;
    const row = rows[index];
    if (event.key === "Enter" && row !== undefined && onOpen !== undefined) {
      event.preventDefault();
      return onOpen(row);
    }
    if (event.key === " " && selection !== undefined) {
      event.preventDefault();
      return selection.toggle(index);
    }
    const to = targetOf(event.key, index, rows.length);
    if (to === null) return;
    event.preventDefault();
    focus(to);
  };
  const columnsShown = columns.filter((column) => view.isShown(column.id));
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div className={styles.wrap}>
      <div className={styles.bar}>
        <div className={styles.filters}>{bar}</div>
        <TableTools columns={columns} view={view} />
      </div>
      <section ref={scroller} className={styles.scroller} aria-label={label}>
        <table className={styles.table} data-density={density} aria-rowcount={rows.length + 1}>
          <VirtualTableHead
            columns={columnsShown}
            rowCount={rows.length}
            {...(sorting && { sorting })}
            {...(selection && { selection })}
          />
          <tbody>
            <Gap height={before} columns={columnsShown.length} />
            {shown.map(({ index, key }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <tr
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  data-opens={onOpen !== undefined || undefined}
                  aria-rowindex={index + 2}
                  data-selected={selection?.has(rowKey(row)) || undefined}
                  tabIndex={index === reachable ? 0 : -1}
                  onFocus={() => setCurrent(index)}
                  onKeyDown={(event) => onKeyDown(event, index)}
                  onClick={(event) => {
                    if (!isControl(event.target)) onOpen?.(row);
                  }}
                >
                  {columnsShown.map((column, place) =>
                    place === 0 ? (
                      <th key={column.id} scope="row">
                        {selection === undefined ? (
                          column.cell(row)
                        ) : (
                          <span className={styles.selectable}>
                            <RowBox
                              index={index}
                              row={row}
                              isSelected={selection.has(rowKey(row))}
                              isReachable={index === reachable}
                              selection={selection}
                            />
                            {column.cell(row)}
                          </span>
                        )}
                      </th>
                    ) : (
                      <td key={column.id} data-figure={column.isFigure || undefined} data-label={column.header}>
                        {column.cell(row)}
                      </td>
                    ),
                  )}
                </tr>
              );
            })}
            <Gap height={after} columns={columnsShown.length} />
          </tbody>
        </table>
      </section>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </div>
  );
}

/** In place of the rows that are not drawn. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={styles.gap}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function targetOf(key: string, index: number, count: number): number | null {
  const to = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + 10,
    PageUp: index - 10,
    Home: 0,
    End: count - 1,
  };
  return isStep(key, to) ? Math.max(0, Math.min(count - 1, to[key])) : null;
}

const isStep = <Steps extends object>(key: string, steps: Steps): key is Extract<keyof Steps, string> =>
  Object.hasOwn(steps, key);

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("button, a, input, label") !== null;
