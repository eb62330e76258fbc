import { type LabelFormat, labelsPerPage } from "./label-formats.ts";

/** A label's place on its page, in millimetres. */
export interface PlacedLabel<Label> {
  readonly label: Label;
  /** Counted from 1, row by row. */
  readonly place: number;
  readonly top: number;
  readonly left: number;
}

export type LabelPage<Label> = readonly PlacedLabel<Label>[];

/** As many labels as a press of the button may print. */
export const labelsMax = 2_000;

/**
 * Lays labels out on as many pages as they need. The first page may have been used in part: then its first label goes to
 * place `startAt` (from 1); a roll has no such places.
 */
export function labelPages<Label>(
  labels: readonly Label[],
  format: LabelFormat,
  startAt: number,
): readonly LabelPage<Label>[] {
  const perPage = labelsPerPage(format);
  const skipped = format.kind === "roll" ? 0 : Math.min(perPage, Math.max(1, Math.trunc(startAt))) - 1;
  const pages: PlacedLabel<Label>[][] = [];
  for (const [index, label] of labels.slice(0, labelsMax).entries()) {
    const position = index + skipped;
    const place = position % perPage;
    const page = pages[Math.floor(position / perPage)] ?? [];
    pages[Math.floor(position / perPage)] = page;
    page.push({
      label,
      place: place + 1,
      top: format.top + Math.floor(place / format.columns) * format.pitch.y,
      left: format.left + (place % format.columns) * format.pitch.x,
    });
  }
  return pages;
}
