import { Kbd, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import styles from "./page.module.css";

export interface PageProps {
  readonly title: string;
  /** One line below the title. */
  readonly lead?: ReactNode;
  /** The one primary action, at the top right. */
  readonly action?: ReactNode;
  /** Tabs, filters: what stays below the title. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
  /** Full width, for grids and wide tables; else as wide as reads well. */
  readonly isWide?: boolean;
}

/** The frame of every page: its title, which is also the window's, and its one primary action. */
export function Page({ title, lead, action, bar, children, isWide = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Bodega`;
  }, [title]);
  return (
    <div className={styles.page} data-wide={isWide || undefined}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <Title order={1}>{title}</Title>
          {lead !== undefined && <div className={styles.lead}>{lead}</div>}
        </div>
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </header>
      {bar}
      {children}
    </div>
  );
}

/** The key of an action, on or beside its button; not where there is no keyboard. */
export function ActionKey({ children }: { readonly children: string }) {
  return (
    <Kbd size="xs" className={styles.key} aria-hidden>
      {children}
    </Kbd>
  );
}
