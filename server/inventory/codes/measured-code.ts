import { z } from "@hono/zod-openapi";
import type { SettingDefinition } from "../../foundation/module.ts";
import { canonicalDecimal } from "../decimals.ts";

/** How one prefix of EAN-13 codes printed by a scale is laid out: prefix, item, (a digit of its own,) value, check digit. */
export interface MeasuredCodeScheme {
  readonly prefix: string;
  readonly itemDigits: number;
  /** Whether a check digit of the value stands before it, as some scales print one for prices. */
  readonly hasValueCheckDigit: boolean;
  readonly value: "weight" | "price";
  /** Of the value: 3 for grams in a product sold by kilogram, 2 for cents. */
  readonly decimals: number;
}

const ean13Digits = 13;
const checkDigits = 1;

const scheme = z
  .strictObject({
    prefix: z.string().regex(/^2\d$/),
    itemDigits: z.int().min(3).max(7),
    hasValueCheckDigit: z.boolean(),
    value: z.enum(["weight", "price"]),
    decimals: z.int().min(0).max(4),
  })
  .refine((given) => valueDigits(given) >= 3, "leaves fewer than 3 digits for the value");

/**
 * GS1 leaves the prefixes 20 to 29 to each country and shop. As it comes: 20 to 24 weigh (five digits of item, five of
 * grams), 25 to 29 price (five digits of item, five of cents).
 */
export const measuredCodes: SettingDefinition<MeasuredCodeScheme[]> = {
  key: "scanner.measuredCodes",
  schema: z
    .array(scheme)
    .max(10)
    .refine(
      (given) => new Set(given.map(({ prefix }) => prefix)).size === given.length,
      "describes a prefix more than once",
    ),
  fallback: Array.from({ length: 10 }, (_, index) => ({
    prefix: `2${index}`,
    itemDigits: 5,
    hasValueCheckDigit: false,
    ...(index < 5 ? { value: "weight" as const, decimals: 3 } : { value: "price" as const, decimals: 2 }),
  })),
  description: "How codes that a scale prints (EAN-13, prefixes 20 to 29) hold a weight or a price.",
  isPublic: true,
};

export interface MeasuredCode {
  /** Prefix and item: what tells the product, whatever was weighed. */
  readonly itemCode: string;
  /** The item's digits alone, as the scale's list has them. */
  readonly item: string;
  readonly value: "weight" | "price";
  /** A decimal: units of weight, or money. */
  readonly amount: string;
}

/** What a scale's code says; null for any other code, and for one whose check digit is wrong. */
export function readMeasuredCode(code: string, schemes: readonly MeasuredCodeScheme[]): MeasuredCode | null {
  const found = schemes.find(({ prefix }) => code.startsWith(prefix));
  if (found === undefined || !/^\d{13}$/.test(code) || !hasRightCheckDigit(code)) return null;
  const { prefix, itemDigits, hasValueCheckDigit, value, decimals } = found;
  const valueFrom = prefix.length + itemDigits + (hasValueCheckDigit ? checkDigits : 0);
  const digits = code.slice(valueFrom, -checkDigits).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return {
    itemCode: code.slice(0, prefix.length + itemDigits),
    item: code.slice(prefix.length, prefix.length + itemDigits),
    value,
    amount: canonicalDecimal(`${whole}.${digits.slice(digits.length - decimals)}`),
  };
}

/** GS1 General Specifications §7.9: weighted 3, 1, 3, … from the right, the sum is a multiple of ten. */
export function hasRightCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .toReversed()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

function valueDigits({ prefix, itemDigits, hasValueCheckDigit }: MeasuredCodeScheme): number {
  return ean13Digits - prefix.length - itemDigits - (hasValueCheckDigit ? checkDigits : 0) - checkDigits;
}
