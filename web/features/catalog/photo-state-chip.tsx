import { type ProductImage, photoStatus } from "@bodega/sdk";
import { useTranslation } from "react-i18next";
import { Chip } from "../../shared/page/chip.tsx";
import { reasonText } from "./photo-reason.ts";

/** Where a photo stands, in a word and, unless all is well, why. */
export function PhotoStateChip({ image }: { readonly image: ProductImage | null | undefined }) {
  const { t } = useTranslation("catalog");
  const status = photoStatus(image);
  const reasons = t("reasons", { returnObjects: true });
  switch (status.kind) {
    case "none":
      return <Chip tone="neutral">{t("states.missing")}</Chip>;
    case "ready":
      return <Chip tone="good">{t("states.ready")}</Chip>;
    case "generating":
      return <Chip tone="info">{t("states.generating")}</Chip>;
    case "skipped":
      return <Chip tone="info">{`${t("states.skipped")}: ${reasonText(status.reason, reasons)}`}</Chip>;
    case "failed":
      return <Chip tone="bad">{`${t("states.failed")}: ${reasonText(status.reason, reasons)}`}</Chip>;
  }
}
