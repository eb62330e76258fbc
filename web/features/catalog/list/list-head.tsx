import { useDensity } from "../../../shared/table/density.ts";
import { layoutOf } from "./layout.ts";
import type { ListColumn } from "./list-columns.ts";
import styles from "./product-row.module.css";

export interface ListHeadProps {
  readonly columns: readonly ListColumn[];
  readonly isSelectable: boolean;
}

/** What stands over the columns of the list. For the eye alone: each row says all of itself to a screen reader. */
export function ListHead({ columns, isSelectable }: ListHeadProps) {
  const [density] = useDensity();
  return (
    <div className={styles.head} aria-hidden>
      {isSelectable && <span className={styles.check} />}
      <span className={styles.picture} style={{ width: layoutOf("list", 0, density).pictureWidth }} />
      {columns.map(({ id, header }) => (
        <span key={id} className={styles[id]}>
          {header}
        </span>
      ))}
    </div>
  );
}
