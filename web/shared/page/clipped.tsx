import { Tooltip } from "@mantine/core";
import styles from "./clipped.module.css";

export interface ClippedProps {
  readonly text: string;
  /** A message of the machinery, in English, that stands behind `text`. */
  readonly details?: string;
}

/** A text on one line; the whole of it, and what stands behind it, on hover. */
export function Clipped({ text, details }: ClippedProps) {
  return (
    <Tooltip label={details === undefined ? text : <span lang="en">{details}</span>} multiline maw={420}>
      <span className={styles.clipped}>{text}</span>
    </Tooltip>
  );
}
