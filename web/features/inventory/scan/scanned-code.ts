import { isGtin, isLikeGtin } from "./check-digit.ts";
import { readGs1Elements, withoutMark } from "./gs1-elements.ts";

/** What was read, taken apart as far as that can be done without the shop. */
export interface ScannedCode {
  /** What it is looked for by: as it came without the scanner's own marks, or the GTIN of a GS1 element string. */
  readonly text: string;
  /** A valid GTIN. */
  readonly gtin: string | null;
  /** As long as a GTIN, and its check digit is wrong: misread, unless somebody's SKU looks like that. */
  readonly isMisread: boolean;
  readonly lot: string | null;
  readonly expiresOn: string | null;
  /** In kg. */
  readonly weight: string | null;
  readonly count: string | null;
}

/** Takes off marks, looks at check digits, and reads GS1 elements. */
export function readCode(raw: string): ScannedCode {
  const { text, isGs1 } = withoutMark(raw.trim());
  const elements = isGs1 || looksLikeElements(text) ? readGs1Elements(text) : null;
  if (elements === null || elements.gtin === null) {
    const gtin = isGtin(text) ? text : null;
    return {
      text,
      gtin,
      isMisread: gtin === null && isLikeGtin(text),
      lot: null,
      expiresOn: null,
      weight: null,
      count: null,
    };
  }
  const { gtin, lot, expiresOn, weight, count } = elements;
  return { text: gtin, gtin, isMisread: false, lot, expiresOn, weight, count };
}

/** (01) with a valid GTIN and more behind it, from a scanner that sends no mark. */
const looksLikeElements = (text: string): boolean => /^0[12]\d{14}./.test(text) && isGtin(text.slice(2, 16));
