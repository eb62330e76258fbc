import type { ProductImage } from "@bodega/sdk";
import type { ProductImageLabels } from "@bodega/sdk/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Format, useFormat } from "../../../shared/format/use-format.ts";
import { photoStateText, type StateText } from "../photo-state-text.ts";
import { useImageLabels } from "../use-image-labels.ts";

/** Everything that the items of a list say; made once for all of them, since hundreds pass by while one scrolls. */
export interface ItemWords {
  readonly format: Format;
  readonly labels: ProductImageLabels;
  readonly select: (name: string) => string;
  readonly inactive: string;
  /** Percent of a photo that is sent; -1: it waits. */
  readonly sending: (percent: number) => string;
  readonly state: (image: ProductImage | undefined) => StateText;
}

export function useItemWords(): ItemWords {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const labels = useImageLabels();
  return useMemo(
    () => ({
      format,
      labels,
      select: (name) => t("grid.select", { name }),
      inactive: t("grid.inactive"),
      sending: (percent) =>
        percent < 0 ? t("grid.queued") : t("grid.sending", { percent: format.percent(percent / 100) }),
      state: (image) => photoStateText(image, t),
    }),
    [t, format, labels],
  );
}
