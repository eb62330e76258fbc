import { useTranslation } from "react-i18next";

/** How a supplier is called here: by the end of their id, as in the catalogue's filter. */
export function useSupplierName(): (supplierId: string | null) => string {
  const { t } = useTranslation("inventory");
  return (supplierId) =>
    supplierId === null ? t("purchasing.noSupplier") : t("purchasing.supplierOf", { id: supplierId.slice(-8) });
}
