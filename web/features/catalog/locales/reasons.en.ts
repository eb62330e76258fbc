import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./reasons.es.ts";

const reasons: TextsLike<typeof es> = {
  WEBP_SKIPPED: "WebP",
  INVALID_IMAGE: "damaged or truncated",
  IMAGE_TOO_MANY_PIXELS: "too many pixels",
  UNSUPPORTED_IMAGE_TYPE: "not a picture that can be used",
  PAYLOAD_TOO_LARGE: "file too large",
  SOURCE_MISSING: "the original is missing",
  CONFLICT: "the SKU exists already",
  NETWORK: "no connection",
  TIMEOUT: "no answer",
  FILE_UNREADABLE: "the file can no longer be read",
  SUPERSEDED: "replaced meanwhile",
  VARIANT_FAILED: "a size could not be made",
  PERSIST_FAILED: "it could not be saved",
  SIGNATURE_MISMATCH: "it was of another picture",
  OBJECT_MISSING: "a file was missing",
  force: "asked for again",
  repair: "repair",
  DUPLICATE: "repeated",
  unknown: "server error",
};

export default reasons;
