import type { ProductImage } from "../model.ts";

/** Where a photo stands, as people are told: every state is one of these, and each that is not `ready` says why. */
export type PhotoStatus =
  | { readonly kind: "none" }
  | { readonly kind: "ready" }
  | { readonly kind: "generating"; readonly attempt: number }
  | { readonly kind: "skipped"; readonly reason: string | null }
  | { readonly kind: "failed"; readonly reason: string | null };

/** `none`: there is no photo. A partial photo is ready: it has `desktop`, and the rest comes by itself. */
export function photoStatus(image: ProductImage | null | undefined): PhotoStatus {
  if (image === null || image === undefined) return { kind: "none" };
  switch (image.thumbnailState) {
    case "none":
    case "ready":
    case "partial":
      return { kind: "ready" };
    case "uploaded":
    case "generating":
    case "retry_scheduled":
      // While they are made anew, those that are there go on being shown.
      return image.thumbnails === null ? { kind: "generating", attempt: image.job?.attempts ?? 0 } : { kind: "ready" };
    case "skipped":
      return { kind: "skipped", reason: image.job?.errorCode ?? null };
    case "failed":
      return { kind: "failed", reason: image.job?.errorCode ?? null };
  }
}
