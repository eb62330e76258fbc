import { englishLabels, type ProductImageLabels, spanishLabels } from "@bodega/sdk/react";
import { useLanguage } from "../../../shared/i18n/use-language.ts";

/** The words of `<ProductImage>` in the present language. */
export const useImageLabels = (): ProductImageLabels => (useLanguage() === "en" ? englishLabels : spanishLabels);
