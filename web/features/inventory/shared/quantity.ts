import { localeOf } from "../../../shared/format/use-format.ts";
import type { Language } from "../../../shared/i18n/language.ts";
import { useLanguage } from "../../../shared/i18n/use-language.ts";

export interface QuantityFormat {
  /** A decimal string with its unit, where that is not just pieces: «2,5 kg», “3”. */
  readonly amount: (quantity: string, unit?: string) => string;
  /** The same with its sign; nothing has none. */
  readonly change: (quantity: string, unit?: string) => string;
}

const formats = new Map<Language, QuantityFormat>();

/** Quantities as the present language writes them; `Intl` reads decimal strings, so no digit is lost. */
export function useQuantity(): QuantityFormat {
  const language = useLanguage();
  const format = formats.get(language) ?? quantityIn(language);
  formats.set(language, format);
  return format;
}

function quantityIn(language: Language): QuantityFormat {
  const locale = localeOf(language);
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, signDisplay: "exceptZero" });
  const withUnit = (text: string, unit: string | undefined) =>
    unit === undefined || unit === "unit" || unit === "pack" ? text : `${text} ${unit}`;
  const write = (format: Intl.NumberFormat, quantity: string) =>
    isDecimal(quantity) ? format.format(quantity) : quantity;
  return {
    amount: (quantity, unit) => withUnit(write(plain, quantity), unit),
    change: (quantity, unit) => withUnit(write(signed, quantity), unit),
  };
}

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);
