import { useMemo } from "react";
import { localeOf } from "../../../shared/format/use-format.ts";
import { useLanguage } from "../../../shared/i18n/use-language.ts";

export interface WorthFormat {
  readonly amount: (worth: string) => string;
  /** With its sign; nothing has none. */
  readonly change: (worth: string) => string;
}

/** Money of no currency in particular, since what is summed up may have several: to the cent, and costs to what they have. */
export function useWorth(): WorthFormat {
  const language = useLanguage();
  return useMemo(() => {
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: 4 } as const;
    const locale = localeOf(language);
    const plain = new Intl.NumberFormat(locale, digits);
    const signed = new Intl.NumberFormat(locale, { ...digits, signDisplay: "exceptZero" });
    return { amount: (worth) => plain.format(Number(worth)), change: (worth) => signed.format(Number(worth)) };
  }, [language]);
}
