import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import styles from "./panel.module.css";

export interface PanelProps {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** The content reaches the edges: tables and lists. */
  readonly isFlush?: boolean;
}

/** A sheet on the ground: a hairline, no shadow. */
export function Panel({ title, aside, children, isFlush = false }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className={styles.header}>
          <Title order={2} id={id} className={styles.title}>
            {title}
          </Title>
          {aside}
        </header>
      )}
      <div className={isFlush ? undefined : styles.content}>{children}</div>
    </section>
  );
}
