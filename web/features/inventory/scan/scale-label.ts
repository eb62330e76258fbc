import { isGtin } from "./check-digit.ts";
import { shifted } from "./gs1-elements.ts";

/** A label that a shop's scale has printed: EAN-13 with prefix 20 to 29. */
export interface ScaleLabel {
  readonly measure: "weight" | "price";
  /** Prefix and article, then the article alone: as what the product may be known. */
  readonly codes: readonly string[];
  /** Kilograms, or money. */
  readonly value: string;
}

/** `2P IIIII VVVVV C`. */
const layout = /^(2\d)(\d{5})(\d{5})\d$/;

/**
 * As scales come: 20 to 24 weigh in grams, 25 to 29 price in cents. The shop may have set its own otherwise, which the
 * server knows; this is for the time without it.
 */
export function scaleLabelOf(code: string): ScaleLabel | null {
  const [, prefix = "", item = "", digits = ""] = layout.exec(code) ?? [];
  if (prefix === "" || !isGtin(code)) return null;
  const measure = prefix <= "24" ? "weight" : "price";
  return {
    measure,
    codes: [prefix + item, item, item.replace(/^0+(?=\d)/, "")],
    value: shifted(digits, measure === "weight" ? 3 : 2),
  };
}
