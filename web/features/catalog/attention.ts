import type { Product } from "@bodega/sdk";
import type { Attention } from "../../shared/feature/feature.ts";
import type { Language } from "../../shared/i18n/language.ts";
import { client } from "../../shared/server/client.ts";
import { reasonText } from "./photo-reason.ts";

/** Rows at most; there is a filter for the rest. */
const rowsMax = 20;

/** Photos that failed, or were left without thumbnails by policy: each row leads to where it can be put right. */
export async function load(language: Language, signal: AbortSignal): Promise<readonly Attention[]> {
  const [failed, skipped, { default: reasons }] = await Promise.all([
    client.products.list({ imageState: "failed", limit: rowsMax }, { signal }),
    client.products.list({ imageState: "skipped", limit: 5 }, { signal }),
    language === "en" ? import("./locales/reasons.en.ts") : import("./locales/reasons.es.ts"),
  ]);
  const row = (product: Product, severity: Attention["severity"]): Attention => {
    const [photo] = product.images;
    const title = `${product.name}: ${words[language][severity === "bad" ? "failed" : "skipped"]}`;
    return {
      id: photo?.id ?? product.id,
      severity,
      title,
      detail: reasonText(photo?.job?.errorCode ?? null, reasons),
      ...(photo !== undefined && { at: photo.stateChangedAt }),
      action: { label: words[language].action, path: `/catalog/${product.id}` },
    };
  };
  return [
    ...failed.items.map((product) => row(product, "bad")),
    ...skipped.items.map((product) => row(product, "info")),
  ];
}

const words = {
  es: { failed: "la foto falló", skipped: "foto sin miniaturas", action: "Ver y reintentar" },
  en: { failed: "the photo failed", skipped: "photo without thumbnails", action: "Look and retry" },
} as const;
