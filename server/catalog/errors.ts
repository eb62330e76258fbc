import { defineProblems } from "../foundation/problem.ts";

/** What can be wrong with a photo or a product (contracts, *Error codes*). */
export const catalogProblems = defineProblems({
  SKU_TAKEN: { status: 409, title: "Another product has this SKU." },
  UNSUPPORTED_IMAGE_TYPE: { status: 415, title: "This is not an image that can be used." },
  IMAGE_TOO_MANY_PIXELS: { status: 422, title: "The image has too many pixels." },
  INVALID_IMAGE: { status: 422, title: "The image is damaged." },
});

/** Why a photo's job ended or waits as it does (contracts, *Job reasons*). */
export const jobReasons = {
  webpSkipped: "WEBP_SKIPPED",
  variantFailed: "VARIANT_FAILED",
  persistFailed: "PERSIST_FAILED",
  signatureMismatch: "SIGNATURE_MISMATCH",
  objectMissing: "OBJECT_MISSING",
  sourceMissing: "SOURCE_MISSING",
  superseded: "SUPERSEDED",
  invalidImage: "INVALID_IMAGE",
} as const;
