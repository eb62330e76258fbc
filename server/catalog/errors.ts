import { sqlState, violatedConstraint } from "../foundation/database/database.ts";
import { defineProblems, problems } from "../foundation/problem.ts";
import { StoreError } from "../foundation/storage/object-store.ts";

/** What can be wrong with a photo (contracts, *Error codes*). */
export const catalogProblems = defineProblems({
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
} as const;

/**
 * What the catalogue's functions, constraints and row security say, as problems of the request; any other error as it
 * is. Use it where a statement is run: `.catch(rethrowAsProblem)`.
 */
export function rethrowAsProblem(error: unknown): never {
  const state = sqlState(error);
  const detail = error instanceof Error ? sentence(error.message) : "";
  switch (state) {
    case "P0002": // no_data_found
      throw problems.NOT_FOUND({ detail, cause: error });
    case "42501": // insufficient_privilege, also of row security
      throw problems.FORBIDDEN({ cause: error });
    case "55000": // object_not_in_prerequisite_state: the photos are not those that the caller knows
      throw problems.CONFLICT({ detail, cause: error });
    case "40P01": // deadlock_detected
    case "55P03": // lock_not_available
      throw problems.SERVICE_UNAVAILABLE({ detail: "Others are changing the same products; try again.", cause: error });
    case "23505":
      throw problems.CONFLICT({ ...duplicateOf(violatedConstraint(error)), cause: error });
    case "22023": // invalid_parameter_value: raised by the functions with a sentence of their own
      throw problems.VALIDATION_FAILED({ detail, cause: error });
    case "23514":
    case "22001":
    case "22003":
    case "22021": // a NUL character, which text cannot hold
    case "22P02":
    case "22P05":
      throw problems.VALIDATION_FAILED({ detail: "A value is not one that can be kept.", cause: error });
    default:
      throw error;
  }
}

/** A store that is away for a moment, as a problem of the request; any other error as it is. */
export function asStoreProblem(error: unknown): unknown {
  if (!(error instanceof StoreError && error.isTransient)) return error;
  return problems.SERVICE_UNAVAILABLE({
    detail: "The store of photos cannot be reached right now; nothing was changed. Try again.",
    headers: { "retry-after": "5" },
    cause: error,
  });
}

function duplicateOf(constraint: string | null) {
  if (constraint !== "products_sku_key") return { detail: "There is such a thing already." };
  return {
    detail: "Another product has this SKU; nothing was changed.",
    errors: [{ path: "sku", message: "is another product's" }],
  };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, ".")}`;
