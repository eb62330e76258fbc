import type { ProviderAnswer } from "./provider.ts";

/**
 * What is done after a call (contracts, *How a provider's answer is classified*):
 * `image`      it is taken;
 * `policy`     the content was refused: told to the caller, and no other provider is asked, ever;
 * `technical`  the fallback is asked;
 * `quota`      waited for when the provider says how long and that fits, else the fallback is asked;
 * `configuration`  a person must act: incident; the fallback is asked only if the setting says so;
 * `bug`        we asked wrongly: incident, and no other provider would help.
 */
export type Verdict = "image" | "policy" | "technical" | "quota" | "configuration" | "bug";

/** What the breaker makes of it: an answer below 500 shows that the provider is there, but is no picture either. */
export type Health = "success" | "failure" | "uncounted";

export interface Classification {
  readonly verdict: Verdict;
  /** In capitals; `fallbackReason`, and the `reason` of the attempt. */
  readonly reason: string;
  readonly health: Health;
}

interface Row {
  /** The fact that decides; a `*` at its end stands for anything. */
  readonly fact: string;
  readonly verdict: Verdict;
  /** Without one, what stands after the colon of the fact. */
  readonly reason?: string;
}

/** Looked through from the top; the first row whose fact is there decides. */
export const classificationTable: readonly Row[] = [
  { fact: "transport:timeout", verdict: "technical", reason: "TIMEOUT" },
  { fact: "transport:network", verdict: "technical", reason: "NETWORK" },
  { fact: "transport:too-large", verdict: "technical", reason: "ANSWER_TOO_LARGE" },

  // A refusal of the content. Before everything that an empty answer could be taken for.
  { fact: "blockReason:*", verdict: "policy" },
  { fact: "finishReason:SAFETY", verdict: "policy" },
  { fact: "finishReason:IMAGE_SAFETY", verdict: "policy" },
  { fact: "finishReason:PROHIBITED_CONTENT", verdict: "policy" },
  { fact: "finishReason:IMAGE_PROHIBITED_CONTENT", verdict: "policy" },
  { fact: "finishReason:BLOCKLIST", verdict: "policy" },
  { fact: "finishReason:SPII", verdict: "policy" },
  { fact: "finishReason:RECITATION", verdict: "policy" },
  { fact: "finishReason:IMAGE_RECITATION", verdict: "policy" },
  { fact: "rating:blocked", verdict: "policy", reason: "BLOCKED_RATING" },
  { fact: "code:moderation_blocked", verdict: "policy", reason: "MODERATION_BLOCKED" },
  { fact: "code:content_policy_violation", verdict: "policy", reason: "CONTENT_POLICY_VIOLATION" },

  // A person must act. Providers say some of these with 400 or 429.
  { fact: "code:API_KEY_INVALID", verdict: "configuration", reason: "UNAUTHENTICATED" },
  { fact: "code:API_KEY_EXPIRED", verdict: "configuration", reason: "UNAUTHENTICATED" },
  { fact: "code:unsupported_country_region_territory", verdict: "configuration", reason: "REGION" },
  { fact: "message:region", verdict: "configuration", reason: "REGION" },
  { fact: "code:billing_hard_limit_reached", verdict: "configuration", reason: "BILLING" },
  { fact: "code:billing_not_active", verdict: "configuration", reason: "BILLING" },
  { fact: "code:insufficient_quota", verdict: "configuration", reason: "BILLING" },
  { fact: "code:BILLING_DISABLED", verdict: "configuration", reason: "BILLING" },
  { fact: "message:billing", verdict: "configuration", reason: "BILLING" },
  { fact: "code:model_not_found", verdict: "configuration", reason: "MODEL_NOT_FOUND" },
  { fact: "status:401", verdict: "configuration", reason: "UNAUTHENTICATED" },
  { fact: "status:402", verdict: "configuration", reason: "BILLING" },
  { fact: "status:403", verdict: "configuration", reason: "FORBIDDEN" },
  { fact: "status:404", verdict: "configuration", reason: "MODEL_NOT_FOUND" },

  { fact: "status:429", verdict: "quota", reason: "QUOTA" },
  { fact: "status:408", verdict: "technical", reason: "TIMEOUT" },
  // The same Idempotency-Key is under way there: another answer will come.
  { fact: "status:409", verdict: "technical", reason: "CONFLICT" },
  { fact: "status:4xx", verdict: "bug", reason: "INVALID_ARGUMENT" },
  { fact: "status:5xx", verdict: "technical", reason: "SERVER_ERROR" },
  { fact: "status:other", verdict: "technical", reason: "UNEXPECTED_STATUS" },

  // An answer without a picture, or with one that is none.
  { fact: "body:malformed", verdict: "technical", reason: "MALFORMED_ANSWER" },
  { fact: "finishReason:NO_IMAGE", verdict: "technical" },
  { fact: "finishReason:IMAGE_OTHER", verdict: "technical" },
  { fact: "finishReason:OTHER", verdict: "technical" },
  { fact: "finishReason:MALFORMED_*", verdict: "technical" },
  { fact: "candidates:none", verdict: "technical", reason: "EMPTY_CANDIDATES" },
  { fact: "image:undecodable", verdict: "technical", reason: "UNDECODABLE_IMAGE" },
  { fact: "image:text-only", verdict: "technical", reason: "TEXT_ONLY" },
  { fact: "image:none", verdict: "technical", reason: "EMPTY_IMAGE" },

  { fact: "image:present", verdict: "image", reason: "STOP" },
];

/** The verdict on what is known of a call. Facts that no row knows count as an answer that makes no sense. */
export function classify(answer: Pick<ProviderAnswer, "facts" | "httpStatus">): Classification {
  for (const row of classificationTable) {
    const fact = answer.facts.find((candidate) => isMatch(row.fact, candidate));
    if (fact === undefined) continue;
    const reason = row.reason ?? fact.slice(fact.indexOf(":") + 1);
    return { verdict: row.verdict, reason: reason.slice(0, 100), health: healthOf(row.verdict, answer.httpStatus) };
  }
  return { verdict: "technical", reason: "MALFORMED_ANSWER", health: "failure" };
}

/** `status:503` is told as two facts, so that the table can name one status or a class of them. */
export function statusFacts(status: number): readonly string[] {
  const isError = status >= 400 && status <= 599;
  return [`status:${status}`, isError ? `status:${Math.floor(status / 100)}xx` : "status:other"];
}

function isMatch(pattern: string, fact: string): boolean {
  return pattern.endsWith("*") ? fact.startsWith(pattern.slice(0, -1)) : fact === pattern;
}

function healthOf(verdict: Verdict, httpStatus: number | null): Health {
  if (verdict === "technical") return "failure";
  const isAnswered = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
  return verdict === "image" || isAnswered ? "success" : "uncounted";
}
