import { Kbd, Title } from "@mantine/core";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import styles from "./page.module.css";

export interface PageProps {
  readonly title: string;
  /** One line below the title. */
  readonly lead?: ReactNode;
  /** The one primary action, at the top right; a part of the page gives its own by `PageAction`. */
  readonly action?: ReactNode;
  /** Tabs, filters: what stays below the title. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
  /** Full width, for grids and wide tables; else as wide as reads well. */
  readonly isWide?: boolean;
}

/** The frame of every page: its title, which is also the window's, and its one primary action. */
export function Page({ title, lead, action, bar, children, isWide = false }: PageProps) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
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
        <div ref={setSlot} className={styles.action}>
          {action}
        </div>
      </header>
      {bar}
      <ActionSlot value={slot}>{children}</ActionSlot>
    </div>
  );
}

const ActionSlot = createContext<HTMLElement | null>(null);

/** Puts the primary action of a part (a tab) to the top right of its page. */
export function PageAction({ children }: { readonly children: ReactNode }) {
  const slot = useContext(ActionSlot);
  return slot === null ? null : createPortal(children, slot);
}

/** The key of an action, on or beside its button; not where there is no keyboard. */
export function ActionKey({ children }: { readonly children: string }) {
  return (
    <Kbd size="xs" className={styles.key} aria-hidden>
      {children}
    </Kbd>
  );
}
