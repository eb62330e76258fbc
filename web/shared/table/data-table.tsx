import type { ReactNode } from "react";
import styles from "./data-table.module.css";
import { useDensity } from "./density.ts";
import { useRowKeys } from "./row-keys.ts";
import { TableTools } from "./table-tools.tsx";
import { useTableView } from "./table-view.ts";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures are at the end of their column. */
  readonly isFigure?: boolean;
  /** Not shown until it is asked for. */
  readonly isHidden?: boolean;
}

export interface DataTableProps<Row> {
  /** Under which the chosen columns are remembered in this browser. */
  readonly id: string;
  readonly label: string;
  /** The first stays in sight and cannot be hidden: it says what the row is. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Opens a row by click or Enter; ↑ and ↓ go from row to row. */
  readonly onOpen?: (row: Row) => void;
  /** Beside the tools of the table: filters. */
  readonly bar?: ReactNode;
  /** Below the last row: what shows more. */
  readonly foot?: ReactNode;
}

/** Rows under a header that stays, beside a first column that stays. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, columns, rows, rowKey, onOpen, bar, foot } = props;
  const view = useTableView(id, columns);
  const [density] = useDensity();
  const keys = useRowKeys(rows.length, (index) => {
    const row = rows[index];
    if (row !== undefined) onOpen?.(row);
  });
  const shown = columns.filter((column) => view.isShown(column.id));
  return (
    <div className={styles.wrap}>
      <div className={styles.bar}>
        <div className={styles.filters}>{bar}</div>
        <TableTools columns={columns} view={view} />
      </div>
      {/* What scrolls must be reachable by keyboard: by its rows, or itself. */}
      <section className={styles.scroller} aria-label={label} tabIndex={onOpen === undefined ? 0 : undefined}>
        <table className={styles.table} data-density={density}>
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column.id} scope="col" data-figure={column.isFigure || undefined}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr
                key={rowKey(row)}
                {...(onOpen !== undefined && {
                  ...keys.propsOf(index),
                  onClick: () => onOpen(row),
                  "data-opens": true,
                })}
              >
                {shown.map((column, place) =>
                  place === 0 ? (
                    <th key={column.id} scope="row">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.id} data-figure={column.isFigure || undefined}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </div>
  );
}
