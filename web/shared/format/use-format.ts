import type { Language } from "../i18n/language.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { exactTime, relativeTime } from "./time.ts";

export interface Format {
  /** What stands between thousands, and before decimals: for fields in which numbers are typed. */
  readonly thousands: string;
  readonly decimal: string;
  readonly number: (value: number) => string;
  /** `share` from 0 to 1. */
  readonly percent: (share: number) => string;
  /** With sign; zero has none. */
  readonly delta: (value: number) => string;
  /** A decimal string, as the server gives money, with all the digits that it has. */
  readonly money: (amount: string, currency: string) => string;
  readonly bytes: (sizeBytes: number) => string;
  readonly duration: (durationMs: number) => string;
  /** Of RFC 3339 or a day such as 2026-05-30. */
  readonly day: (at: string) => string;
  readonly exact: (at: string) => string;
  readonly relative: (at: string, nowMs: number) => string;
}

/** Numbers, money and times as the present language writes them. */
export const useFormat = (): Format => formatIn(useLanguage());

/** Formats take long to make, and a list has hundreds of cells: each is made once a page. */
const formats = new Map<Language, Format>();
const moneyFormats = new Map<string, Intl.NumberFormat>();

function formatIn(language: Language): Format {
  const format = formats.get(language) ?? formatOf(language);
  formats.set(language, format);
  return format;
}

/** The region of the browser where it fits the language: its separators and order of dates are what people know. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}

/** Outside of components; inside, `useFormat`. */
export function formatOf(language: Language): Format {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const delta = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(12_345_678.9);
  const partOf = (type: "group" | "decimal") => parts.find((part) => part.type === type)?.value ?? "";
  return {
    thousands: partOf("group"),
    decimal: partOf("decimal"),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    delta: (value) => delta.format(value),
    money: (amount, currency) => moneyOf(locale, amount, currency),
    bytes: (sizeBytes) => bytesOf(locale, sizeBytes),
    duration: (durationMs) => durationOf(locale, durationMs),
    day: (at) => day.format(new Date(at)),
    exact: (at) => exactTime(locale, at),
    relative: (at, nowMs) => relativeTime(locale, at, nowMs),
  };
}

/** `Intl` reads decimal strings without going through a float, so no digit is lost. */
function moneyOf(locale: string, amount: string, currency: string): string {
  const key = `${locale} ${currency}`;
  const format = moneyFormats.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  moneyFormats.set(key, format);
  return isDecimal(amount) ? format.format(amount) : amount;
}

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

function bytesOf(locale: string, sizeBytes: number): string {
  const step = sizeBytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  const unit = byteUnits[step] ?? "byte";
  const maximumFractionDigits = step < 2 ? 0 : 1;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits }).format(
    sizeBytes / 1000 ** step,
  );
}

function durationOf(locale: string, durationMs: number): string {
  const [value, unit, digits] =
    durationMs < 1_000
      ? ([durationMs, "millisecond", 0] as const)
      : durationMs < 60_000
        ? ([durationMs / 1_000, "second", 1] as const)
        : durationMs < 3_600_000
          ? ([durationMs / 60_000, "minute", 1] as const)
          : ([durationMs / 3_600_000, "hour", 1] as const);
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(value);
}
