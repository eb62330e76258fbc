import { closeAttempt, type OpenAttempt, openAttempt } from "./attempt-book.ts";
import { type Classification, classify } from "./classification.ts";
import { type Answer, callMsMin, type Errand, remainingMs } from "./errand.ts";
import { keepOriginal } from "./originals.ts";
import { type SeenPicture, seePicture } from "./picture.ts";
import type { ImageProvider, ProviderAnswer } from "./provider.ts";
import type { AttemptEnd } from "./queries.ts";

/** An answer, or how long the provider asks to be left alone (null: it does not say). */
export type Tried = Answer | { readonly retryAfterMs: number | null };

export interface CallEnd {
  readonly tried: Tried;
  /** For the breaker. */
  readonly health: Classification["health"];
  readonly reason: string;
}

const putMsMax = 60_000;

/**
 * One call: written down before it is made, closed when its end is known; a picture is in the store before anything else
 * is done with it. Throws the reason of the caller's signal, and what goes wrong on our own side.
 */
export async function callProvider(
  errand: Errand,
  provider: ImageProvider,
  fallbackReason: string | null,
): Promise<CallEnd> {
  const { foundation, signal } = errand;
  const attempt = await openAttempt(errand, provider, fallbackReason);
  if (attempt === null) return overBudget(errand, provider);
  const callMs = Math.min(errand.timeoutMs, Math.max(callMsMin, remainingMs(errand)));
  let reason = "INTERNAL";
  try {
    const answer = await withPicture(await ask(errand, provider, attempt, callMs));
    const latencyMs = Math.round(performance.now() - attempt.startedAt);
    const isCancelled = signal.aborted && answer.facts.some((fact) => fact.startsWith("transport:"));
    const verdict = isCancelled ? cancelled : classify(answer);
    reason = "STORE_FAILED";
    const original = verdict.verdict === "image" ? await keep(errand, attempt, answer) : null;
    await closeAttempt(foundation, attempt, { ...answer, ...endOf(verdict), original });
    tell(errand, provider, { attempt, answer, latencyMs, verdict, isFallback: fallbackReason !== null });
    if (verdict.verdict === "cancelled") signal.throwIfAborted();
    const wasCutShort = verdict.reason === "TIMEOUT" && callMs < errand.timeoutMs;
    const health = wasCutShort ? "uncounted" : verdict.health;
    return { tried: triedOf(verdict, attempt, answer), health, reason: verdict.reason };
  } catch (error) {
    // Closed already when the caller went away: then this changes nothing.
    await closeAttempt(foundation, attempt, { state: "failed", reason });
    throw error;
  }
}

/** How a call ended, the caller's going away included. */
type Verdict = Omit<Classification, "verdict"> & { readonly verdict: Classification["verdict"] | "cancelled" };

const cancelled: Verdict = { verdict: "cancelled", reason: "CANCELLED", health: "uncounted" };

function ask(
  { request, signal }: Errand,
  provider: ImageProvider,
  { providerKey }: OpenAttempt,
  callMs: number,
): Promise<ProviderAnswer> {
  const { prompt, characterText, imageType, reference, size } = request;
  const { model } = provider;
  const call = { prompt, characterText, imageType, reference, model, frame: model.frames[size] };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(callMs)]);
  return provider.generate({ ...call, idempotencyKey: providerKey }, limited);
}

type SeenAnswer = ProviderAnswer & { readonly seen: SeenPicture | null };

/** Decodes what came: a picture that cannot be shown is none. */
async function withPicture(answer: ProviderAnswer): Promise<SeenAnswer> {
  const seen = answer.picture === null ? null : await seePicture(answer.picture);
  if (answer.picture === null || seen !== null) return { ...answer, seen };
  const facts = answer.facts.map((fact) => (fact === "image:present" ? "image:undecodable" : fact));
  return { ...answer, facts, picture: null, seen };
}

/** Puts the provider's bytes into the store. They are paid, so the caller's going away does not stop it. */
async function keep(
  { foundation, request }: Errand,
  attempt: OpenAttempt,
  { picture, seen }: SeenAnswer,
): Promise<AttemptEnd["original"]> {
  if (picture === null || seen === null) throw new Error("the answer was taken for a picture and holds none");
  const { mimeType, extension, resolution, hasC2pa } = seen;
  const place = { storyId: request.storyId, attemptId: attempt.id, extension };
  const key = await keepOriginal(foundation.store, place, picture, mimeType, AbortSignal.timeout(putMsMax));
  return { key, mimeType, resolution, hasC2pa };
}

function endOf({ verdict, reason }: Verdict): Pick<AttemptEnd, "state" | "reason"> {
  if (verdict === "image") return { state: "succeeded", reason: null };
  if (verdict === "policy") return { state: "refused", reason };
  return { state: verdict === "cancelled" ? "cancelled" : "failed", reason };
}

function triedOf({ verdict, reason }: Verdict, attempt: OpenAttempt, { retryAfterMs }: ProviderAnswer): Tried {
  if (verdict === "image") return { outcome: "image", attemptId: attempt.id };
  if (verdict === "quota") return { retryAfterMs };
  if (verdict === "cancelled") throw new Error("who went away is told nothing");
  return { outcome: verdict, reason };
}

function overBudget({ trail }: Errand, { name, model }: ImageProvider): CallEnd {
  const reason = "BUDGET_REACHED";
  trail.push({ provider: name, model: model.id, reason, outcome: "budget", httpStatus: null, latencyMs: null });
  return { tried: { outcome: "budget", reason }, health: "uncounted", reason };
}

/** Metrics, the trail and one line of the log; of the prompt only its HMAC. */
function tell(
  { foundation, metrics, trail, request, promptHmac }: Errand,
  { name, model }: ImageProvider,
  end: {
    readonly attempt: OpenAttempt;
    readonly answer: ProviderAnswer;
    readonly latencyMs: number;
    readonly verdict: Verdict;
    readonly isFallback: boolean;
  },
): void {
  const { latencyMs, isFallback, answer } = end;
  const { verdict: outcome, reason } = end.verdict;
  const about = { provider: name, model: model.id, reason, outcome, httpStatus: answer.httpStatus, latencyMs };
  metrics.called(name, outcome, latencyMs);
  trail.push(about);
  const { ratio } = model.frames[request.size];
  foundation.log.info(
    { ...about, isFallback, ratio, attemptId: end.attempt.id, region: request.region, promptHmac },
    "a picture provider was asked",
  );
}
