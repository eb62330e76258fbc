import type { ProductFormValues } from "@bodega/sdk";
import { useTranslation } from "react-i18next";
import { isUnit } from "./field-rules.ts";

/** A field's value as people read it. */
export function useFieldText(): (field: keyof ProductFormValues, value: string | boolean | null) => string {
  const { t } = useTranslation("catalog");
  return (field, value) => {
    if (typeof value === "boolean") return value ? t("product.yes") : t("product.no");
    if (value === null || value === "") return t("product.nothing");
    return field === "unit" && isUnit(value) ? t(`product.units.${value}`) : value;
  };
}
