import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import styles from "./page-tabs.module.css";

export interface PageTabsProps {
  readonly label: string;
  /** The first is the section's own address; the others lie below it. */
  readonly tabs: readonly { readonly path: string; readonly label: string }[];
}

/** Links, not tabs of ARIA: each part of a section has its address, can be opened beside and gone back from. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  const { pathname } = useLocation();
  const bar = useRef<HTMLElement>(null);
  // On a phone the bar is wider than the screen: where one is has to be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another tab
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (current != null && bar.current !== null) {
      bar.current.scrollLeft = current.offsetLeft - (bar.current.clientWidth - current.offsetWidth) / 2;
    }
  }, [pathname]);
  return (
    <nav ref={bar} className={styles.tabs} aria-label={label}>
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
