import type { DrawingContext } from "bwip-js/browser";

/** A linear barcode, measured in modules: its narrowest bars are one wide. */
export interface Barcode {
  readonly symbology: Symbology;
  /** What a scanner reads. */
  readonly text: string;
  readonly bars: readonly Bar[];
  readonly modules: number;
  /** White that must be left free before and after it. */
  readonly quiet: { readonly before: number; readonly after: number };
}

interface Bar {
  readonly at: number;
  readonly width: number;
}

export type Symbology = "ean13" | "ean8" | "itf14" | "code128";

/** GS1 General Specifications §5.2, §5.3, §5.4. */
const quietZones = {
  ean13: { before: 11, after: 7 },
  ean8: { before: 7, after: 7 },
  itf14: { before: 10, after: 10 },
  code128: { before: 10, after: 10 },
} as const satisfies Record<Symbology, Barcode["quiet"]>;

/** How a product's code is printed: its GTIN as the till knows it, else its SKU. */
export function codeOf({ gtin, sku }: { readonly gtin: string | null; readonly sku: string }): {
  readonly symbology: Symbology;
  readonly text: string;
} {
  if (gtin === null || gtin === "") return { symbology: "code128", text: sku };
  if (gtin.length === 8) return { symbology: "ean8", text: gtin };
  // A UPC-A, or a GTIN-14 of a single piece, is an EAN-13 with or without zeros before it; that of a case is not.
  const digits = gtin.replace(/^0+/, "");
  return digits.length <= 13
    ? { symbology: "ean13", text: digits.padStart(13, "0") }
    : { symbology: "itf14", text: gtin };
}

/** Makes barcodes; the program for it is large, and is fetched when the first label is shown. */
export async function barcodeMaker(): Promise<(code: ReturnType<typeof codeOf>) => Barcode | null> {
  const { code128, ean13, ean8, itf14 } = await import("bwip-js/browser");
  const draw = (symbology: Symbology, text: string): readonly Bar[] => {
    const options = { bcid: symbology, text, scale: 1, includetext: false };
    switch (symbology) {
      case "ean13":
        return ean13(options, barCollector());
      case "ean8":
        return ean8(options, barCollector());
      case "itf14":
        // What is above and below its bars is drawn with the label.
        return widened(itf14({ ...options, showborder: false }, barCollector()));
      case "code128":
        return code128(options, barCollector());
    }
  };
  return ({ symbology, text }) => {
    // It would write the bytes of other letters, which scanners type as something else.
    if (!/^[\x20-\x7e]+$/.test(text)) return null;
    try {
      const bars = draw(symbology, text);
      const last = bars.at(-1);
      if (last === undefined) return null;
      return { symbology, text, bars, modules: last.at + last.width, quiet: quietZones[symbology] };
    } catch (error) {
      // It throws for what its symbology cannot write, such as a GTIN with a wrong check digit.
      if (error instanceof Error) return null;
      throw error;
    }
  };
}

/** Takes bars as numbers, instead of drawing them: the page then draws them in millimetres. */
function barCollector(): DrawingContext<readonly Bar[]> {
  const bars: Bar[] = [];
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: () => undefined,
    // The middle of a bar is given in whole modules, rounded up.
    line: (x, _y, _toX, _toY, width) => void bars.push({ at: x - Math.ceil(width / 2), width }),
    polygon: () => undefined,
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: () => undefined,
    end: () => {
      bars.sort((one, other) => one.at - other.at);
      const start = bars[0]?.at ?? 0;
      return bars.map(({ at, width }) => ({ at: at - start, width }));
    },
  };
}

/** A wide bar of an ITF-14 is so many narrow ones (GS1 General Specifications §5.3.2: from 2.25 to 3). */
const wideRatio = 2.5;

/** Bars and gaps of an ITF-14 are narrow or wide; they come as 1 and 2, which is less than the standard's ratio. */
function widened(bars: readonly Bar[]): readonly Bar[] {
  const sizeOf = (modules: number) => (modules > 1 ? wideRatio : 1);
  const wide: Bar[] = [];
  let at = 0;
  for (const [index, bar] of bars.entries()) {
    const before = bars[index - 1];
    if (before !== undefined) at += sizeOf(bar.at - before.at - before.width);
    wide.push({ at, width: sizeOf(bar.width) });
    at += sizeOf(bar.width);
  }
  return wide;
}

/**
 * Smaller than these, in millimetres a module, scanners begin to fail (GS1: 80 % of 0.33 mm). Cases on belts are read from
 * afar and want 0.495 mm; on a shelf label, the scanner is in the hand.
 */
const smallest = { ean13: 0.264, ean8: 0.264, itf14: 0.25, code128: 0.19 } as const satisfies Record<Symbology, number>;
const largest = { ean13: 0.45, ean8: 0.45, itf14: 0.5, code128: 0.45 } as const satisfies Record<Symbology, number>;

/**
 * The width of a module, in millimetres, so that the barcode with its white fits into `width`; whole dots of a thermal
 * printer, whose half dots would smear. Null: it would be too small to be read.
 */
export function moduleWidth(barcode: Barcode, width: number, dot?: number): number | null {
  const { before, after } = barcode.quiet;
  const { symbology, modules } = barcode;
  const most = Math.min(largest[symbology], width / (before + modules + after));
  // Two modules and a half are whole dots where a module is an even number of them.
  const step = dot === undefined ? 0.001 : symbology === "itf14" ? 2 * dot : dot;
  const size = Math.round(Math.floor(most / step + 1e-9) * step * 1000) / 1000;
  // Two dots of 203 dpi are 0.25 mm, which thermal printers print sharply enough.
  const least = dot === undefined ? smallest[symbology] : Math.min(smallest[symbology], 2 * dot);
  return size < least ? null : size;
}
