import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import type { Column } from "../../../shared/table/data-table.tsx";
import styles from "./virtual-table.module.css";

export interface TableSorting {
  /** `none`: it could be; null: it cannot. */
  readonly of: (columnId: string) => "ascending" | "descending" | "none" | null;
  readonly onSort: (columnId: string) => void;
}

export interface TableSelection<Row> {
  readonly keys: readonly string[];
  readonly has: (key: string) => boolean;
  readonly toggle: (index: number) => void;
  readonly extendTo: (index: number) => void;
  readonly setAll: (isSelected: boolean) => void;
  readonly labelOf: (row: Row) => string;
  readonly allLabel: string;
}

export interface VirtualTableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rowCount: number;
  readonly sorting?: TableSorting;
  readonly selection?: TableSelection<Row>;
}

/** What the columns are, how they are sorted, and the box of all rows (WAI-ARIA APG, *Sortable Table*). */
export function VirtualTableHead<Row>({ columns, rowCount, sorting, selection }: VirtualTableHeadProps<Row>) {
  const selected = selection?.keys.length ?? 0;
  return (
    <thead>
      <tr>
        {columns.map((column, place) => {
          const sorted = sorting?.of(column.id) ?? null;
          const words =
            sorted === null ? (
              column.header
            ) : (
              <button type="button" className={styles.sort} onClick={() => sorting?.onSort(column.id)}>
                {column.header}
                <SortSign sorted={sorted} />
              </button>
            );
          return (
            <th
              key={column.id}
              scope="col"
              data-figure={column.isFigure || undefined}
              {...(sorted !== null && { "aria-sort": sorted })}
            >
              {place === 0 && selection !== undefined ? (
                <span className={styles.selectable}>
                  <Checkbox
                    size="xs"
                    className={styles.box}
                    aria-label={selection.allLabel}
                    checked={selected > 0 && selected === rowCount}
                    indeterminate={selected > 0 && selected < rowCount}
                    onChange={() => selection.setAll(selected < rowCount)}
                  />
                  {words}
                </span>
              ) : (
                words
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function SortSign({ sorted }: { readonly sorted: "ascending" | "descending" | "none" }) {
  if (sorted === "ascending") return <IconArrowUp size={14} aria-hidden />;
  if (sorted === "descending") return <IconArrowDown size={14} aria-hidden />;
  return <IconSelector size={14} className={styles.unsorted} aria-hidden />;
}

export interface RowBoxProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly isSelected: boolean;
  /** Its row is the one in the tab order. */
  readonly isReachable: boolean;
  readonly selection: TableSelection<Row>;
}

/** Selects a row; with Shift, all rows from the one before. */
export function RowBox<Row>({ row, index, isSelected, isReachable, selection }: RowBoxProps<Row>) {
  return (
    <Checkbox
      size="xs"
      className={styles.box}
      aria-label={selection.labelOf(row)}
      tabIndex={isReachable ? 0 : -1}
      checked={isSelected}
      onChange={({ nativeEvent }) => {
        if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) selection.extendTo(index);
        else selection.toggle(index);
      }}
    />
  );
}
