/** Codes of refusals that have words of their own, `error.codes.<code>`; what there is of the contracts in all modules. */
const codes = [
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "UNSUPPORTED_IMAGE_TYPE",
  "UNSUPPORTED_MIME_TYPE",
  "IMAGE_TOO_MANY_PIXELS",
  "INVALID_IMAGE",
  "REQUEST_IN_PROGRESS",
  "IDEMPOTENCY_KEY_REUSED",
  "INSUFFICIENT_STOCK",
  "RESERVATION_NOT_FOUND",
  "RESERVATION_NOT_ACTIVE",
  "COUNT_OUTDATED",
  "MOVEMENT_NOT_UNDOABLE",
  "OVER_RECEIPT",
  "PURCHASE_ORDER_NOT_OPEN",
  "LOCATION_IN_USE",
  "LOCATION_NOT_IN_USE",
  "CODE_TAKEN",
  "MARGIN_BELOW_MINIMUM",
  "POLICY_BLOCKED",
  "PROMPT_TOO_SHORT",
  "CHILD_UPLOAD_RESTRICTED",
  "IMAGE_GENERATION_FAILED",
  "IMAGE_BUDGET_REACHED",
  "IMAGE_MODEL_RETIRED",
  "IMAGE_PROVIDER_MISCONFIGURED",
  "REFERENCE_LIMIT",
  "UNSUPPORTED_SIZE",
] as const;
export type RefusalCode = (typeof codes)[number];

const known: ReadonlySet<string> = new Set(codes);

export const isRefusalCode = (code: string): code is RefusalCode => known.has(code);
