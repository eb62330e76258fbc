import { sqlProblemOf } from "../foundation/database/sql-problem.ts";
import { defineProblems } from "../foundation/problem.ts";

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
  throw sqlProblemOf(error) ?? error;
}
