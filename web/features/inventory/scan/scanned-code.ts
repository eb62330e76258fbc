import { checkDigitOf, isGtin, isLikeGtin } from "./check-digit.ts";
import { readGs1Elements, shifted, withoutMark } from "./gs1-elements.ts";

/** What an in-store code (EAN-13 with prefix 20 to 29) of a scale holds in its last five digits. */
export type ScaleMeasure = "weight" | "price" | "none";

export interface ScaleCodes {
  /** For each prefix; a shop's scales say which. */
  readonly measures: Readonly<Record<string, ScaleMeasure>>;
  /** 2: the price in the code is in hundredths; 0: in whole pesos. */
  readonly priceDecimals: 0 | 2;
}

/** What was read, taken apart. */
export interface ScannedCode {
  /** As it came, without the scanner's own marks. */
  readonly text: string;
  /** A valid GTIN: the text itself, or the one within a GS1 element string. */
  readonly gtin: string | null;
  /** As long as a GTIN, and its check digit is wrong: misread, unless somebody's SKU looks like that. */
  readonly isMisread: boolean;
  readonly scale: ScaleLabel | null;
  readonly lot: string | null;
  readonly expiresOn: string | null;
  /** In kg, from a GS1 element string. */
  readonly weight: string | null;
  readonly count: string | null;
}

/** A label that a shop's scale has printed. */
export interface ScaleLabel {
  readonly measure: "weight" | "price";
  /** The product's own code: the same with zeros in place of the measure, and the check digit of that. */
  readonly base: string;
  /** The article's number on the scale, without leading zeros. */
  readonly item: string;
  /** Kilograms, or money; as many where a scale counts pieces. */
  readonly value: string;
  /** The five digits as a number. */
  readonly digits: string;
}

/** `2P IIIII VVVVV C`. */
const scaleLabel = /^(2\d)(\d{5})(\d{5})\d$/;

/** Takes a code apart: marks, GS1 elements, check digits, weights and prices of a scale. */
export function readCode(raw: string, scales: ScaleCodes): ScannedCode {
  const { text, isGs1 } = withoutMark(raw.trim());
  const elements = isGs1 || looksLikeElements(text) ? readGs1Elements(text) : null;
  const gtin = elements === null ? (isGtin(text) ? text : null) : elements.gtin;
  return {
    text,
    gtin,
    isMisread: elements === null && gtin === null && isLikeGtin(text),
    scale: elements === null && gtin !== null ? scaleLabelOf(gtin, scales) : null,
    lot: elements?.lot ?? null,
    expiresOn: elements?.expiresOn ?? null,
    weight: elements?.weight ?? null,
    count: elements?.count ?? null,
  };
}

/** (01) with a valid GTIN and more behind it, from a scanner that sends no mark. */
const looksLikeElements = (text: string): boolean => /^0[12]\d{14}./.test(text) && isGtin(text.slice(2, 16));

function scaleLabelOf(gtin: string, { measures, priceDecimals }: ScaleCodes): ScaleLabel | null {
  const [, prefix = "", item = "", digits = ""] = scaleLabel.exec(gtin) ?? [];
  const measure = measures[prefix] ?? "none";
  if (prefix === "" || measure === "none") return null;
  const own = `${prefix}${item}00000`;
  return {
    measure,
    base: own + checkDigitOf(own),
    item: item.replace(/^0+(?=\d)/, ""),
    value: shifted(digits, measure === "weight" ? 3 : priceDecimals),
    digits: String(Number(digits)),
  };
}
