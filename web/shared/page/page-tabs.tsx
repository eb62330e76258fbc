import { Link } from "@tanstack/react-router";
import styles from "./page-tabs.module.css";

export interface PageTabsProps {
  readonly label: string;
  /** The first is the section's own address; the others lie below it. */
  readonly tabs: readonly { readonly path: string; readonly label: string }[];
}

/** Links, not tabs of ARIA: each part of a section has its address, can be opened beside and gone back from. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab, index) => (
        <Link
          key={tab.path}
          to={tab.path}
          className={styles.tab}
          activeOptions={{ exact: index === 0, includeSearch: false }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
