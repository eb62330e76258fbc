import { violatedConstraint } from "../foundation/database/database.ts";
import { sqlProblemOf } from "../foundation/database/sql-problem.ts";
import { defineProblems, problems } from "../foundation/problem.ts";

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
  if (violatedConstraint(error) === "products_sku_key") {
    throw problems.CONFLICT({
      detail: "Another product has this SKU; nothing was changed.",
      errors: [{ path: "sku", message: "is another product's" }],
      cause: error,
    });
  }
  throw sqlProblemOf(error) ?? error;
}
