import { Tooltip } from "@mantine/core";
import styles from "./clipped.module.css";

/** A message of the machinery, in English, on one line; the whole of it on hover. */
export function Clipped({ text }: { readonly text: string }) {
  return (
    <Tooltip label={text} multiline maw={420}>
      <span className={styles.clipped} lang="en">
        {text}
      </span>
    </Tooltip>
  );
}
