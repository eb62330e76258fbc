import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CountLine } from "./count-line.ts";
import styles from "./count-list.module.css";
import { CountRow } from "./count-row.tsx";

export interface CountListProps {
  readonly lines: readonly CountLine[];
  readonly locationId: string;
  /** What is expected is not shown, so that it is not copied. */
  readonly isBlind: boolean;
  readonly reserved: ReadonlySet<string>;
  /** Was scanned last: it is scrolled to and marked. */
  readonly scanned: { readonly productId: string; readonly times: number } | null;
  readonly onCount: (productId: string, counted: string | null) => void;
}

/** Room for a name of two lines, and a field that a thumb meets. */
const rowHeight = 64;
/** On a phone, names are of three lines. */
const narrowRowHeight = 92;
const narrow = "(width < 48rem)";
/** By then, every row near the one that is shown has been measured. */
const framesMax = 10;

/** Thousands of lines of which only those near the window exist. Enter and ↓ lead to the next field, ↑ to the one before. */
export function CountList({ lines, scanned, ...row }: CountListProps) {
  const { t } = useTranslation("inventory");
  const body = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) === true;
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => (isNarrow ? narrowRowHeight : rowHeight),
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => lines[index]?.productId ?? index,
    useFlushSync: false,
  });
  // What is above the list comes and goes.
  useEffect(() => {
    const place = body.current === null ? 0 : body.current.getBoundingClientRect().top + window.scrollY;
    if (Math.abs(place - top) > 1) setTop(place);
  });
  const show = useEffectEvent((productId: string) => {
    const index = lines.findIndex((line) => line.productId === productId);
    if (index >= 0) rows.scrollToIndex(index, { align: "center" });
  });
  // Rows are as high as their names: how far it is to one is only known once those before it have been drawn.
  useEffect(() => {
    if (scanned === null) return undefined;
    let frames = 0;
    let frame = 0;
    const approach = () => {
      show(scanned.productId);
      frames += 1;
      if (frames < framesMax) frame = requestAnimationFrame(approach);
    };
    approach();
    return () => cancelAnimationFrame(frame);
  }, [scanned]);

  const focus = (index: number) => {
    if (index < 0 || index >= lines.length) return;
    rows.scrollToIndex(index, { align: "auto" });
    requestAnimationFrame(() => {
      const field = body.current?.querySelector<HTMLInputElement>(`[data-index="${index}"] input`);
      field?.focus({ preventScroll: true });
      field?.select();
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
    const index = Number(event.target.closest<HTMLElement>("[data-index]")?.dataset.index ?? "-1");
    event.preventDefault();
    focus(index + step);
  };
  return (
    <div className={styles.wrap}>
      <div className={styles.head} data-blind={row.isBlind || undefined} aria-hidden>
        <span>{t("counts.columns.product")}</span>
        {!row.isBlind && <span className={styles.figure}>{t("counts.columns.expected")}</span>}
        <span>{t("counts.columns.counted")}</span>
        {!row.isBlind && <span className={styles.figure}>{t("counts.columns.variance")}</span>}
      </div>
      {lines.length === 0 && <p className={styles.none}>{t("counts.noLines")}</p>}
      <ul
        ref={body}
        aria-label={t("counts.lines")}
        className={styles.body}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {rows.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          return (
            <li
              key={item.key}
              ref={rows.measureElement}
              aria-posinset={item.index + 1}
              aria-setsize={lines.length}
              data-index={item.index}
              className={styles.row}
              data-scanned={scanned?.productId === line.productId || undefined}
              style={{ transform: `translateY(${item.start - rows.options.scrollMargin}px)` }}
            >
              <CountRow line={line} {...row} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
