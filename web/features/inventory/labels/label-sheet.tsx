import { memo } from "react";
import type { Barcode } from "./barcode.ts";
import { Label, type LabelContent } from "./label.tsx";
import type { LabelFormat } from "./label-formats.ts";
import type { LabelPage } from "./label-pages.ts";
import styles from "./label-sheet.module.css";
import type { LabelProduct } from "./use-label-list.ts";

export interface LabelSheetProps {
  readonly page: LabelPage<LabelProduct>;
  readonly format: LabelFormat;
  readonly content: LabelContent;
  readonly barcodes: ReadonlyMap<string, Barcode | null>;
}

/** A page as it comes out of the printer, in millimetres. */
export const LabelSheet = memo(function LabelSheet({ page, format, content, barcodes }: LabelSheetProps) {
  return (
    <div
      className={styles.sheet}
      style={{ width: `${format.page.width}mm`, height: `${format.page.height}mm` }}
      data-sheet
    >
      {page.map(({ label, place, top, left }) => (
        <div
          key={place}
          className={styles.place}
          style={{
            top: `${top}mm`,
            left: `${left}mm`,
            width: `${format.label.width}mm`,
            height: `${format.label.height}mm`,
          }}
          data-place={place}
        >
          <Label product={label} format={format} content={content} barcode={barcodes.get(label.id) ?? null} />
        </div>
      ))}
    </div>
  );
});
