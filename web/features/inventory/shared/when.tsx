import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import styles from "./when.module.css";

/** A time in a table: on one line, however narrow its column. */
export function When({ at }: { readonly at: string }) {
  return (
    <span className={styles.when}>
      <RelativeTime at={at} />
    </span>
  );
}
