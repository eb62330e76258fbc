import { geminiBlock, geminiError, geminiFinish } from "./gemini-server.ts";
import { openaiBlock, openaiError } from "./openai-server.ts";
import type { ProviderFault } from "./provider-faults.ts";

const status = (code: number, body: unknown = {}): ProviderFault => ({ kind: "status", status: code, body });
const body = (content: unknown): ProviderFault => ({ kind: "body", body: content });

/** Half of a PNG is a PNG by its first bytes. */
const cutPicture: ProviderFault = {
  kind: "picture",
  change: (base64) => base64.slice(0, Math.floor(base64.length / 8) * 4),
};
const blockedRating = {
  candidates: [
    {
      content: { parts: [{ text: "no" }] },
      finishReason: "STOP",
      safetyRatings: [{ category: "HARM_CATEGORY_DANGEROUS_CONTENT", probability: "HIGH", blocked: true }],
    },
  ],
};

export interface ProviderCase {
  readonly signal: string;
  readonly fault: ProviderFault;
  /** Of the attempt. */
  readonly reason: string;
}

const policyOfGemini: readonly ProviderCase[] = [
  ...["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY"].map((reason) => ({
    signal: `promptFeedback.blockReason ${reason}, with no candidate`,
    fault: body(geminiBlock(reason)),
    reason,
  })),
  ...[
    "SAFETY",
    "IMAGE_SAFETY",
    "PROHIBITED_CONTENT",
    "IMAGE_PROHIBITED_CONTENT",
    "BLOCKLIST",
    "SPII",
    "RECITATION",
    "IMAGE_RECITATION",
  ].map((reason) => ({ signal: `finishReason ${reason}`, fault: body(geminiFinish(reason)), reason })),
  { signal: "a rating with blocked: true", fault: body(blockedRating), reason: "BLOCKED_RATING" },
  {
    signal: "finish_reason in snake case",
    fault: body({ candidates: [{ finish_reason: "IMAGE_SAFETY" }] }),
    reason: "IMAGE_SAFETY",
  },
  {
    signal: "block_reason in snake case",
    fault: body({ prompt_feedback: { block_reason: "SAFETY" } }),
    reason: "SAFETY",
  },
];

const technicalOfGemini: readonly ProviderCase[] = [
  { signal: "500", fault: status(500, geminiError(500, "INTERNAL", "Internal error")), reason: "SERVER_ERROR" },
  {
    signal: "503",
    fault: status(503, geminiError(503, "UNAVAILABLE", "The model is overloaded.")),
    reason: "SERVER_ERROR",
  },
  { signal: "504 that is no JSON", fault: status(504, "<html>Gateway Timeout</html>"), reason: "SERVER_ERROR" },
  { signal: "a connection that breaks", fault: { kind: "reset" }, reason: "NETWORK" },
  { signal: "an answer that breaks off", fault: { kind: "cut" }, reason: "NETWORK" },
  ...["NO_IMAGE", "IMAGE_OTHER", "OTHER", "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE"].map((reason) => ({
    signal: `finishReason ${reason}`,
    fault: body(geminiFinish(reason)),
    reason,
  })),
  { signal: "candidates empty without a block reason", fault: body({ candidates: [] }), reason: "EMPTY_CANDIDATES" },
  { signal: "no candidates", fault: body({ usageMetadata: { promptTokenCount: 3 } }), reason: "EMPTY_CANDIDATES" },
  { signal: "text alone", fault: body(geminiFinish("STOP", [{ text: "Here is your fox." }])), reason: "TEXT_ONLY" },
  { signal: "no part at all", fault: body(geminiFinish("STOP")), reason: "EMPTY_IMAGE" },
  { signal: "an answer that is no JSON", fault: body("<html></html>"), reason: "MALFORMED_ANSWER" },
  { signal: "base64 that was cut off", fault: cutPicture, reason: "UNDECODABLE_IMAGE" },
  {
    signal: "base64 that is none",
    fault: { kind: "picture", change: () => "not base64 at all!" },
    reason: "UNDECODABLE_IMAGE",
  },
  {
    signal: "bytes that are no picture",
    fault: { kind: "picture", change: () => Buffer.from("a text").toString("base64") },
    reason: "UNDECODABLE_IMAGE",
  },
];

const configurationOfGemini: readonly ProviderCase[] = [
  {
    signal: "400 API_KEY_INVALID",
    fault: status(
      400,
      geminiError(400, "INVALID_ARGUMENT", "API key not valid.", [
        { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" },
      ]),
    ),
    reason: "UNAUTHENTICATED",
  },
  {
    signal: "400 in a region that is not served",
    fault: status(400, geminiError(400, "FAILED_PRECONDITION", "User location is not supported for the API use.")),
    reason: "REGION",
  },
  {
    signal: "400 without billing",
    fault: status(400, geminiError(400, "FAILED_PRECONDITION", "Please enable billing on your project.")),
    reason: "BILLING",
  },
  { signal: "401", fault: status(401, geminiError(401, "UNAUTHENTICATED", "No key")), reason: "UNAUTHENTICATED" },
  { signal: "402", fault: status(402), reason: "BILLING" },
  { signal: "403", fault: status(403, geminiError(403, "PERMISSION_DENIED", "Denied")), reason: "FORBIDDEN" },
  { signal: "404", fault: status(404, geminiError(404, "NOT_FOUND", "No such model")), reason: "MODEL_NOT_FOUND" },
];

const policyOfOpenai: readonly ProviderCase[] = [
  { signal: "moderation_blocked", fault: status(400, openaiBlock), reason: "MODERATION_BLOCKED" },
  {
    signal: "content_policy_violation",
    fault: status(400, openaiError("content_policy_violation", "Rejected")),
    reason: "CONTENT_POLICY_VIOLATION",
  },
];

const technicalOfOpenai: readonly ProviderCase[] = [
  { signal: "500", fault: status(500, openaiError(null, "Server error", "server_error")), reason: "SERVER_ERROR" },
  { signal: "a connection that breaks", fault: { kind: "reset" }, reason: "NETWORK" },
  { signal: "an answer that breaks off", fault: { kind: "cut" }, reason: "NETWORK" },
  { signal: "no data", fault: body({ created: 1, data: [] }), reason: "EMPTY_CANDIDATES" },
  { signal: "an entry without a picture", fault: body({ created: 1, data: [{}] }), reason: "EMPTY_IMAGE" },
  { signal: "an answer that is no JSON", fault: body("<html></html>"), reason: "MALFORMED_ANSWER" },
  { signal: "base64 that was cut off", fault: cutPicture, reason: "UNDECODABLE_IMAGE" },
];

const configurationOfOpenai: readonly ProviderCase[] = [
  { signal: "401", fault: status(401, openaiError("invalid_api_key", "Wrong key")), reason: "UNAUTHENTICATED" },
  {
    signal: "400 billing_hard_limit_reached",
    fault: status(400, openaiError("billing_hard_limit_reached", "Billing hard limit has been reached")),
    reason: "BILLING",
  },
  {
    signal: "429 insufficient_quota",
    fault: status(429, openaiError("insufficient_quota", "You exceeded your current quota", "insufficient_quota")),
    reason: "BILLING",
  },
  {
    signal: "403 unsupported_country_region_territory",
    fault: status(
      403,
      openaiError("unsupported_country_region_territory", "Country, region, or territory not supported"),
    ),
    reason: "REGION",
  },
  {
    signal: "404 model_not_found",
    fault: status(404, openaiError("model_not_found", "gone")),
    reason: "MODEL_NOT_FOUND",
  },
];

/**
 * What a provider can say or do, and how it is to be taken (contracts, *How a provider's answer is classified*): a refusal
 * of the content, a technical failure, or something for a person to put right.
 */
export const providerCases = {
  gemini: { policy: policyOfGemini, technical: technicalOfGemini, configuration: configurationOfGemini },
  openai: { policy: policyOfOpenai, technical: technicalOfOpenai, configuration: configurationOfOpenai },
} as const;
