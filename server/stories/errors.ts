import { sqlState } from "../foundation/database/database.ts";
import { defineProblems, problems } from "../foundation/problem.ts";
import { StoreError } from "../foundation/storage/object-store.ts";

/** What can be wrong with stories and their pictures (contracts, *Stories*). */
export const storyProblems = defineProblems({
  UNSUPPORTED_SIZE: { status: 400, title: "This size is not one that can be made." },
  UNSUPPORTED_MIME_TYPE: { status: 400, title: "Pictures of a story are PNG or JPEG." },
  POLICY_BLOCKED: { status: 400, title: "The description was refused by the picture provider's policy." },
  PROMPT_TOO_SHORT: { status: 400, title: "The description says too little." },
  CHILD_UPLOAD_RESTRICTED: { status: 400, title: "Photos of children may not be uploaded from here." },
  REFERENCE_LIMIT: { status: 400, title: "At most one reference picture can be sent." },
  IMAGE_BUDGET_REACHED: { status: 402, title: "What pictures may cost this month is used up." },
  IMAGE_PROVIDER_MISCONFIGURED: { status: 502, title: "The picture provider's key, account or model is not right." },
  IMAGE_MODEL_RETIRED: { status: 502, title: "The picture provider has turned the model off." },
  IMAGE_GENERATION_FAILED: { status: 502, title: "No picture provider could make the picture." },
});

/**
 * What the module's functions, constraints and row security say, as problems of the request; any other error as it is.
 * Use it where a statement is run: `.catch(rethrowAsProblem)`.
 */
export function rethrowAsProblem(error: unknown): never {
  const detail = error instanceof Error ? sentence(error.message) : "";
  switch (sqlState(error)) {
    case "P0002": // no_data_found
      throw problems.NOT_FOUND({ detail, cause: error });
    case "42501": // insufficient_privilege, also of row security
      throw problems.FORBIDDEN({ cause: error });
    case "55000": // object_not_in_prerequisite_state
      throw problems.CONFLICT({ detail, cause: error });
    case "40P01": // deadlock_detected
    case "55P03": // lock_not_available
      throw problems.SERVICE_UNAVAILABLE({ detail: "Others are changing the same story; try again.", cause: error });
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
    detail: "The store of pictures cannot be reached right now; nothing was changed. Try again.",
    headers: { "retry-after": "5" },
    cause: error,
  });
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, ".")}`;
