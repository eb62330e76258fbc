/**
 * Decimal strings, as the server writes quantities and money, reckoned without a float: `0.1 + 0.2` is `0.3`. Answers are
 * canonical: no needless zeros, no plus, no minus before nothing.
 */
export function addDecimals(...texts: readonly string[]): string {
  return textOf(texts.map(parsed).reduce((sum, term) => added(sum, term), zero));
}

export function subtractDecimals(from: string, taken: string): string {
  const { units, scale } = parsed(taken);
  return textOf(added(parsed(from), { units: -units, scale }));
}

/** Half away from zero, where it has more than `digits` decimals. */
export function multiplyDecimals(one: string, other: string, digits: number): string {
  const [a, b] = [parsed(one), parsed(other)];
  return textOf(rounded({ units: a.units * b.units, scale: a.scale + b.scale }, digits));
}

/** Below 0 when `one` is smaller, 0 when they are the same number, above 0 when it is greater. */
export function compareDecimals(one: string, other: string): number {
  const { units } = added(parsed(one), { ...parsed(other), units: -parsed(other).units });
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export const isZero = (text: string): boolean => parsed(text).units === 0n;

/**
 * What somebody typed, as the server takes it: the decimal comma is a point, spaces are nothing. Null for what is no
 * number, is negative, or has more than `digitsMax` decimals.
 */
export function readDecimal(typed: string, digitsMax: number): string | null {
  const text = typed.replace(/\s/g, "").replace(",", ".");
  const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(text.startsWith(".") ? `0${text}` : text);
  if (match === null || (match[2] ?? "").length > digitsMax) return null;
  return textOf(parsed(`${match[1]}.${match[2] || "0"}`));
}

/** `units` of 10 to the power of `-scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const zero: Decimal = { units: 0n, scale: 0 };

function parsed(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`${JSON.stringify(text)} is no decimal number`);
  const [, sign = "", whole = "", fraction = ""] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === "-" ? -units : units, scale: fraction.length };
}

function added(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  const at = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own);
  return { units: at(one) + at(other), scale };
}

function rounded(value: Decimal, digits: number): Decimal {
  if (value.scale <= digits) return value;
  const step = 10n ** BigInt(value.scale - digits);
  const half = value.units < 0n ? -step / 2n : step / 2n;
  return { units: (value.units + half) / step, scale: digits };
}

function textOf({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
