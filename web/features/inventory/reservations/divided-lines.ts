import type { DraftLine } from "../shared/draft-lines.ts";
import type { Place, Split } from "./line-location.ts";

/**
 * The lines with one of them divided between its place and another, one after the other. `write` says quantities as people
 * type them.
 */
export function dividedLines(
  lines: readonly DraftLine[],
  lineId: string,
  {
    place,
    split,
    write,
    newId,
  }: {
    readonly place: Place;
    readonly split: Split;
    readonly write: (quantity: string) => string;
    readonly newId: () => string;
  },
): readonly DraftLine[] {
  return lines.flatMap((line) => {
    if (line.id !== lineId) return [line];
    return [
      { ...line, quantity: write(split.here), locationId: place.locationId },
      { ...line, id: newId(), quantity: write(split.rest), locationId: split.from.locationId },
    ];
  });
}
