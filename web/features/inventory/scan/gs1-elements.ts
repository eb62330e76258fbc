import { isGtin } from "./check-digit.ts";

/** What a GS1 element string says of the goods before the scanner (GS1 General Specifications, 3.2). */
export interface Gs1Elements {
  readonly gtin: string | null;
  readonly lot: string | null;
  /** A day, such as 2026-12-31: until when it is good, or best. */
  readonly expiresOn: string | null;
  /** In kg, a decimal. */
  readonly weight: string | null;
  /** How many are inside. */
  readonly count: string | null;
}

/** Ends an element of no fixed length (FNC1); scanners type it as this control character. */
export const groupSeparator = "\u001d";

/** AIM identifiers (ISO/IEC 15424) of codes that hold GS1 elements: GS1-128, DataBar, DataMatrix, QR code, DotCode. */
const elementMarks = /^\](C1|e0|d2|Q3|J1)/;
const anyMark = /^\][A-Za-z][0-9A-Za-z]/;

/** Without the mark that some scanners put first; whether that mark says GS1 elements. */
export function withoutMark(text: string): { readonly text: string; readonly isGs1: boolean } {
  return { text: text.replace(anyMark, ""), isGs1: elementMarks.test(text) };
}

type Reader = (value: string, decimals: number) => Partial<Gs1Elements>;

interface Identifier {
  /** Of the identifier's digits; a trailing `n` counts decimals. */
  readonly pattern: RegExp;
  readonly length: { readonly exactly: number } | { readonly atMost: number };
  readonly read?: Reader;
}

const identifiers: readonly Identifier[] = [
  { pattern: /^(00)/, length: { exactly: 18 } },
  { pattern: /^(01|02)/, length: { exactly: 14 }, read: (value) => (isGtin(value) ? { gtin: value } : {}) },
  { pattern: /^(10)/, length: { atMost: 20 }, read: (value) => ({ lot: value }) },
  { pattern: /^(15|17)/, length: { exactly: 6 }, read: (value) => ({ expiresOn: dayOf(value) }) },
  { pattern: /^(11|12|13|16)/, length: { exactly: 6 } },
  { pattern: /^(20)/, length: { exactly: 2 } },
  { pattern: /^(21|22)/, length: { atMost: 20 } },
  { pattern: /^(24[0-3]|25[0-5])/, length: { atMost: 30 } },
  { pattern: /^(30|37)/, length: { atMost: 8 }, read: (value) => ({ count: String(Number(value)) }) },
  { pattern: /^(310)(\d)/, length: { exactly: 6 }, read: (value, decimals) => ({ weight: shifted(value, decimals) }) },
  { pattern: /^(3[1-6]\d)(\d)/, length: { exactly: 6 } },
  { pattern: /^(39[0-4])(\d)/, length: { atMost: 18 } },
  { pattern: /^(4[0-3]\d)/, length: { atMost: 30 } },
  { pattern: /^(9\d)/, length: { atMost: 90 } },
];

/**
 * Reads element after element as far as they are known ones. Null when the first is not: then it is no element string.
 */
export function readGs1Elements(text: string): Gs1Elements | null {
  let found: Gs1Elements = { gtin: null, lot: null, expiresOn: null, weight: null, count: null };
  let rest = text.startsWith(groupSeparator) ? text.slice(1) : text;
  let isFirst = true;
  while (rest !== "") {
    const element = nextElement(rest);
    if (element === null) return isFirst ? null : found;
    found = { ...found, ...element.says };
    rest = element.rest;
    isFirst = false;
  }
  return isFirst ? null : found;
}

function nextElement(text: string): { readonly says: Partial<Gs1Elements>; readonly rest: string } | null {
  for (const { pattern, length, read } of identifiers) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const after = text.slice(match[0].length);
    const end = after.indexOf(groupSeparator);
    const value = "exactly" in length ? after.slice(0, length.exactly) : end === -1 ? after : after.slice(0, end);
    const fits =
      "exactly" in length ? new RegExp(`^\\d{${length.exactly}}$`).test(value) : value.length <= length.atMost;
    if (!fits || value === "") return null;
    const rest = after.slice(value.length);
    return {
      says: read?.(value, Number(match[2] ?? 0)) ?? {},
      rest: rest.startsWith(groupSeparator) ? rest.slice(1) : rest,
    };
  }
  return null;
}

/** YYMMDD; day 00 is the last of the month. The century is the one within 50 years (7.12). */
function dayOf(text: string, thisYear = new Date().getUTCFullYear()): string | null {
  const [year, month, day] = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)].map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return null;
  const century = Math.floor(thisYear / 100) * 100;
  const ahead = year - (thisYear % 100);
  const fullYear = century + year + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
  const date = day === 0 ? new Date(Date.UTC(fullYear, month, 0)) : new Date(Date.UTC(fullYear, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}

/** The point `decimals` digits from the right: 001250 and 3 are 1.25. */
export function shifted(digits: string, decimals: number): string {
  const padded = digits.padStart(decimals + 1, "0");
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, "");
  const fraction = padded.slice(padded.length - decimals).replace(/0+$/, "");
  return decimals === 0 || fraction === "" ? whole : `${whole}.${fraction}`;
}
