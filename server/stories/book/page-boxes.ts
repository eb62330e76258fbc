/** Points from the edge of the sheet. */
export interface PageBoxes {
  /** From the sheet's edge to the trimmed page, in points. */
  readonly slug: number;
  /** Printed beyond the trimmed page, in points. */
  readonly bleed: number;
}

/**
 * Tells of each page where it is cut and how far its colour reaches (`TrimBox`, `BleedBox`: ISO 32000-1, 14.11.2), and of
 * the book that it is read in spreads with the cover alone (`PageLayout`), none of which Typst can write. The objects stay
 * as they are, in their order; the two kinds of dictionary get their entries and the table of positions is made anew.
 *
 * @throws {RangeError} when the document is not of the plain form that Typst 0.14 writes.
 */
export function markPageBoxes(pdf: Uint8Array, boxes: PageBoxes): Uint8Array {
  const source = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const { offsets, tableAt } = readTable(source);
  const chunks: Buffer[] = [];
  const positions: number[] = [];
  let written = 0;
  const write = (chunk: Buffer) => {
    chunks.push(chunk);
    written += chunk.length;
  };
  write(source.subarray(0, offsets[0]));
  let pages = 0;
  offsets.forEach((offset, index) => {
    positions.push(written);
    const object = source.subarray(offset, offsets[index + 1] ?? tableAt);
    const kind = dictionaryKind(object);
    if (kind === "/Page") {
      pages += 1;
      write(withEntries(object, pageEntries(object, boxes)));
    } else if (kind === "/Catalog") {
      write(withEntries(object, "/PageLayout /TwoPageRight"));
    } else {
      write(object);
    }
  });
  if (pages === 0) throw new RangeError("The document has no page that can be found.");
  const at = written;
  const rows = positions.map((position) => `${String(position).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = source.subarray(source.indexOf("trailer", tableAt), source.lastIndexOf("startxref"));
  write(Buffer.from(`xref\n0 ${positions.length + 1}\n0000000000 65535 f \n${rows}`, "latin1"));
  write(trailer);
  write(Buffer.from(`startxref\n${at}\n%%EOF`, "latin1"));
  return Buffer.concat(chunks, written);
}

/** Positions of objects 1, 2, … by the one table at the end of the file. */
function readTable(source: Buffer): { offsets: number[]; tableAt: number } {
  const tail = source.subarray(-64).toString("latin1");
  const tableAt = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1]);
  const head = Number.isNaN(tableAt) ? "" : source.subarray(tableAt, tableAt + 32).toString("latin1");
  const match = /^xref\s+0 (\d+)\s+/.exec(head);
  if (match === null) throw new RangeError("The document has no plain table of positions.");
  const count = Number(match[1]);
  const rows = source.subarray(tableAt + match[0].length, tableAt + match[0].length + count * 20).toString("latin1");
  const offsets: number[] = [];
  for (let index = 1; index < count; index += 1) {
    const row = rows.slice(index * 20, index * 20 + 20);
    const offset = Number(row.slice(0, 10));
    if (row[17] !== "n" || !(offset > (offsets.at(-1) ?? 0)) || offset >= tableAt) {
      throw new RangeError("The document's objects are not in their order.");
    }
    offsets.push(offset);
  }
  return { offsets, tableAt };
}

/** `/Page` or `/Catalog` of an object that is such a dictionary; the kind stands first in it. */
function dictionaryKind(object: Buffer): string | undefined {
  const head = object.subarray(0, 80).toString("latin1");
  return /^\d+ 0 obj\s+<<\s+\/Type (\/Page|\/Catalog)\s/.exec(head)?.[1];
}

function pageEntries(object: Buffer, { slug, bleed }: PageBoxes): string {
  const media = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(object.toString("latin1"));
  if (media === null) throw new RangeError("A page has no size.");
  const box = (inset: number) =>
    `[${[inset, inset, Number(media[1]) - inset, Number(media[2]) - inset].map(shortNumber).join(" ")}]`;
  return `/TrimBox ${box(slug)}\n  /BleedBox ${box(slug - bleed)}`;
}

function withEntries(object: Buffer, entries: string): Buffer {
  const open = object.indexOf("<<") + 2;
  return Buffer.concat([object.subarray(0, open), Buffer.from(`\n  ${entries}`, "latin1"), object.subarray(open)]);
}

const shortNumber = (points: number): string => String(Math.round(points * 1000) / 1000);
