import { useTranslation } from "react-i18next";
import { useQuantity } from "../shared/quantity.ts";
import type { ScanEntry } from "./scan-desk.ts";

export interface EntryWords {
  readonly tone: "good" | "bad" | "neutral";
  readonly sentence: string;
}

/** What became of a scan, in a line. */
export function useEntryWords(): (entry: ScanEntry) => EntryWords {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  return ({ code, outcome }) => {
    switch (outcome.kind) {
      case "looking":
        return { tone: "neutral", sentence: t("scan.outcome.looking", { code: code.text }) };
      case "found": {
        const { product, quantity: amount } = outcome.scanned;
        const words = { name: product.name, quantity: quantity.amount(amount, product.unit) };
        return { tone: "good", sentence: t("scan.outcome.found", words) };
      }
      case "unknown":
        return {
          tone: "bad",
          sentence: t(code.isMisread ? "scan.outcome.misread" : "scan.outcome.unknown", { code: code.text }),
        };
      case "no-price":
        return { tone: "bad", sentence: t("scan.outcome.noPrice", { name: outcome.product.name }) };
      case "failed":
        return { tone: "bad", sentence: t("scan.outcome.failed", { code: code.text }) };
    }
  };
}
