import { createPortal } from "react-dom";
import type { LabelPage } from "./label-pages.ts";
import { LabelSheet, type LabelSheetProps } from "./label-sheet.tsx";
import styles from "./printed-sheets.module.css";
import type { LabelProduct } from "./use-label-list.ts";
import { usePageSize } from "./use-page-size.ts";

export interface PrintedSheetsProps extends Omit<LabelSheetProps, "page"> {
  readonly pages: readonly LabelPage<LabelProduct>[];
}

/** What the printer gets, by the button or by the browser's own key: the sheets and nothing else. */
export function PrintedSheets({ pages, ...sheet }: PrintedSheetsProps) {
  usePageSize(sheet.format.page);
  return createPortal(
    <div className={styles.printed} data-printed aria-hidden>
      {pages.map((page, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number
        <LabelSheet key={index} page={page} {...sheet} />
      ))}
    </div>,
    document.body,
  );
}
