import type { ReactNode } from "react";
import styles from "./chip.module.css";

export type Tone = "good" | "warning" | "bad" | "info" | "neutral";

/** A state in a word; the colour only repeats it. */
export function Chip({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone}>
      {children}
    </span>
  );
}
