import type { TFunction } from "i18next";

/** What a count is about, in words: everything, what is scanned, or a category. */
export function scopeName(category: string | null, t: TFunction<"inventory">): string {
  if (category === null) return t("counts.scopes.scanned");
  return category === "" ? t("counts.scopes.all") : category;
}
