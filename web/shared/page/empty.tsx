import { Text } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./empty.module.css";

export interface EmptyProps {
  readonly icon: Icon;
  readonly title: string;
  /** Why there is nothing, and what would be here. */
  readonly children?: ReactNode;
  /** The way on. */
  readonly action?: ReactNode;
}

export function Empty({ icon: Glyph, title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.glyph}>
        <Glyph size={28} stroke={1.5} aria-hidden />
      </span>
      <Text fw={600}>{title}</Text>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {action}
    </div>
  );
}
