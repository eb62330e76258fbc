import { type ProductImage, photoStatus } from "@bodega/sdk";
import type { TFunction } from "i18next";
import type { Tone } from "../../shared/page/chip.tsx";
import { reasonText } from "./photo-reason.ts";

export interface StateText {
  readonly tone: Tone;
  readonly text: string;
}

/** Where a photo stands, in a word and, unless all is well, why. */
export function photoStateText(image: ProductImage | null | undefined, t: TFunction<"catalog">): StateText {
  const status = photoStatus(image);
  const because = (reason: string | null) => reasonText(reason, t("reasons", { returnObjects: true }));
  switch (status.kind) {
    case "none":
      return { tone: "neutral", text: t("states.missing") };
    case "ready":
      return { tone: "good", text: t("states.ready") };
    case "generating":
      return { tone: "info", text: t("states.generating") };
    case "skipped":
      return { tone: "info", text: `${t("states.skipped")}: ${because(status.reason)}` };
    case "failed":
      return { tone: "bad", text: `${t("states.failed")}: ${because(status.reason)}` };
  }
}
