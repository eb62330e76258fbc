import type { ProductImage } from "@bodega/sdk";
import { useTranslation } from "react-i18next";
import { Chip } from "../../shared/page/chip.tsx";
import { photoStateText } from "./photo-state-text.ts";

export function PhotoStateChip({ image }: { readonly image: ProductImage | null | undefined }) {
  const { t } = useTranslation("catalog");
  const { tone, text } = photoStateText(image, t);
  return <Chip tone={tone}>{text}</Chip>;
}
