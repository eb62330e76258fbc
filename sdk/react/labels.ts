import type { PhotoStatus } from "../images/photo-status.ts";

/** Every word that `<ProductImage>` says. */
export interface ProductImageLabels {
  readonly noPhoto: string;
  readonly generating: string;
  readonly skipped: (why: string) => string;
  readonly failed: (why: string) => string;
  /** The photo is there, but its bytes cannot be fetched. */
  readonly unreachable: string;
  readonly retry: string;
  /** By the server's reason (contracts, *Job reasons* and *Error codes*). */
  readonly reasons: Readonly<Record<string, string>>;
  readonly unknownReason: string;
}

export const englishLabels: ProductImageLabels = {
  noPhoto: "No photo",
  generating: "Generating…",
  skipped: (why) => `No thumbnails: ${why}`,
  failed: (why) => `Failed: ${why}`,
  unreachable: "The picture cannot be loaded",
  retry: "Retry",
  unknownReason: "unknown reason",
  reasons: {
    WEBP_SKIPPED: "WebP (change the policy)",
    INVALID_IMAGE: "damaged file",
    IMAGE_TOO_MANY_PIXELS: "too many pixels",
    UNSUPPORTED_IMAGE_TYPE: "not a picture that can be used",
    SOURCE_MISSING: "the original is missing",
    OBJECT_MISSING: "a file was missing",
    VARIANT_FAILED: "a size could not be made",
    PERSIST_FAILED: "it could not be saved",
    SIGNATURE_MISMATCH: "it belongs to an earlier picture",
    SUPERSEDED: "it was replaced meanwhile",
  },
};

export const spanishLabels: ProductImageLabels = {
  noPhoto: "Sin foto",
  generating: "Generando…",
  skipped: (why) => `Sin miniaturas: ${why}`,
  failed: (why) => `Falló: ${why}`,
  unreachable: "La imagen no se puede cargar",
  retry: "Reintentar",
  unknownReason: "motivo desconocido",
  reasons: {
    WEBP_SKIPPED: "WebP (cambiar política)",
    INVALID_IMAGE: "archivo dañado",
    IMAGE_TOO_MANY_PIXELS: "demasiados píxeles",
    UNSUPPORTED_IMAGE_TYPE: "no es una imagen utilizable",
    SOURCE_MISSING: "falta el original",
    OBJECT_MISSING: "faltaba un archivo",
    VARIANT_FAILED: "no se pudo crear un tamaño",
    PERSIST_FAILED: "no se pudo guardar",
    SIGNATURE_MISMATCH: "corresponde a una imagen anterior",
    SUPERSEDED: "fue reemplazada mientras tanto",
  },
};

/** What is said of a status; null: nothing has to be, the picture speaks. */
export function labelOf(status: PhotoStatus, labels: ProductImageLabels): string | null {
  switch (status.kind) {
    case "ready":
      return null;
    case "none":
      return labels.noPhoto;
    case "generating":
      return labels.generating;
    case "skipped":
      return labels.skipped(reasonText(status.reason, labels));
    case "failed":
      return labels.failed(reasonText(status.reason, labels));
  }
}

const reasonText = (reason: string | null, labels: ProductImageLabels): string =>
  reason === null ? labels.unknownReason : (labels.reasons[reason] ?? reason);
