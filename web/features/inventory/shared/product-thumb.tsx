import { IconPhoto } from "@tabler/icons-react";
import styles from "./product-thumb.module.css";

export interface ProductThumbProps {
  /** Null: it has none, or none that is ready. */
  readonly url: string | null;
  readonly size?: "sm" | "lg";
}

/** A product at a glance; its name stands beside it. */
export function ProductThumb({ url, size = "sm" }: ProductThumbProps) {
  return (
    <span className={styles.thumb} data-size={size} aria-hidden>
      {url === null ? (
        <IconPhoto size={size === "sm" ? 16 : 28} stroke={1.5} />
      ) : (
        <img src={url} alt="" loading="lazy" />
      )}
    </span>
  );
}
