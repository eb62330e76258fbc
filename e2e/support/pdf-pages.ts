export interface PdfPage {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** PostScript's points in an inch, and an inch. */
const mmPerPoint = 25.4 / 72;

/** The sizes of a PDF's pages, as Chromium writes them: each page's `MediaBox` is in the clear. */
export function pagesOfPdf(pdf: Buffer): readonly PdfPage[] {
  const text = pdf.toString("latin1");
  const box = /\/Type\s*\/Page\b(?!s)[\s\S]*?\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g;
  return [...text.matchAll(box)].map(([, width, height]) => ({
    widthMm: Number(width) * mmPerPoint,
    heightMm: Number(height) * mmPerPoint,
  }));
}
