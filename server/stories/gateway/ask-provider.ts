import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { uuidV7 } from "../../foundation/database/uuid.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { Breakers } from "../../foundation/resilience/breakers.ts";
import { Slots } from "../../foundation/resilience/slots.ts";
import { currentTraceId } from "../../foundation/telemetry/tracing.ts";
import { breakerNameOf } from "./breaker-name.ts";
import { type Classification, classify, type Verdict } from "./classification.ts";
import type { GatewayMetrics } from "./gateway-metrics.ts";
import { withHeartbeat } from "./heartbeat.ts";
import type { ImageRequest, Resolution } from "./image-request.ts";
import { lifecycleOf } from "./model-lifecycle.ts";
import { keepOriginal } from "./originals.ts";
import { seePicture } from "./picture.ts";
import { factsOnly, type ImageProvider, type ProviderAnswer } from "./provider.ts";
import { beginAttempt, countKnownEnds, endAttempt } from "./queries.ts";
import { breakerFailures, breakerOpenMs, monthlyBudgetUsd } from "./settings.ts";

/** One wish on its way through the providers. */
export interface Errand {
  readonly foundation: Foundation;
  readonly metrics: GatewayMetrics;
  readonly request: ImageRequest;
  readonly promptHmac: string;
  /** What the picture is to have in the end, whoever makes it. */
  readonly target: Resolution;
  /** The caller's. */
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly deadline: number;
  readonly timeoutMs: number;
  /** Every call so far, and every provider that was passed by, for whoever is told that it failed. */
  readonly trail: TrailEntry[];
}

export interface TrailEntry {
  readonly [member: string]: unknown;
  readonly provider: string;
  readonly model: string;
  readonly reason: string;
  readonly outcome: Verdict | "cancelled" | "skipped" | "budget";
  readonly httpStatus: number | null;
  readonly latencyMs: number | null;
}

export type Answer =
  | { readonly outcome: "image"; readonly attemptId: string }
  | { readonly outcome: Exclude<Verdict, "image"> | "budget"; readonly reason: string };

const waitsMax = 4;
/** A call that would have less time than this is not begun. */
const callMsMin = 1_000;
const putMsMax = 60_000;
const breakerWindowMs = 10 * 60_000;
const breakerOpenMsMax = 10 * 60_000;

/**
 * Asks one provider until there is a picture or a reason why not; again only when it says how long to wait and that fits
 * the deadline. Every call is written down before it is made and closed when its end is known, and a picture is in the
 * store before anything else is done with it. Throws the reason of the caller's signal, and nothing else that a provider
 * does.
 */
export async function askProvider(
  errand: Errand,
  provider: ImageProvider,
  fallbackReason: string | null,
): Promise<Answer> {
  for (let waits = 0; ; waits += 1) {
    const unfit = unfitness(provider);
    if (unfit !== null) return passBy(errand, provider, "configuration", unfit);
    const tried = await tryOnce(errand, provider, fallbackReason);
    if (!("retryAfterMs" in tried)) return tried;
    const { retryAfterMs } = tried;
    const isWorthwhile =
      retryAfterMs !== null && waits < waitsMax && performance.now() + retryAfterMs + callMsMin < errand.deadline;
    if (!isWorthwhile) return { outcome: "quota", reason: "QUOTA" };
    await delay(retryAfterMs, undefined, { signal: errand.signal }).catch(() => undefined);
    errand.signal.throwIfAborted();
  }
}

function unfitness({ isConfigured, model }: ImageProvider): string | null {
  if (!isConfigured) return "NOT_CONFIGURED";
  return lifecycleOf(model, new Date()) === "retired" ? "MODEL_RETIRED" : null;
}

/** Not called, for a reason of ours. */
function passBy(
  { trail, metrics }: Errand,
  { name, model }: ImageProvider,
  outcome: "configuration" | "technical",
  reason: string,
): Answer {
  trail.push({ provider: name, model: model.id, reason, outcome: "skipped", httpStatus: null, latencyMs: null });
  metrics.called(name, "skipped", null);
  return { outcome, reason };
}

type Tried = Answer | { readonly retryAfterMs: number | null };

/** A place, the breaker's leave, the budget's; then the call. */
async function tryOnce(errand: Errand, provider: ImageProvider, fallbackReason: string | null): Promise<Tried> {
  const { foundation, signal } = errand;
  const breaker = breakerNameOf(provider);
  // Half of the time that is left: there must be enough for a call, and for the fallback's.
  const patience = AbortSignal.timeout(Math.floor(remainingMs(errand) / 2));
  const slot = await new Slots(foundation)
    .take(breaker, provider.callsAtOnce, AbortSignal.any([signal, patience]))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      if (patience.aborted) return null;
      throw error;
    });
  if (slot === null) return passBy(errand, provider, "technical", "BUSY");
  try {
    const { pass } = await new Breakers(foundation).enter(breaker, {
      failuresMax: await foundation.settings.get(breakerFailures),
      windowMs: breakerWindowMs,
      openMs: await foundation.settings.get(breakerOpenMs),
      openMsMax: breakerOpenMsMax,
    });
    if (pass === null) return passBy(errand, provider, "technical", "BREAKER_OPEN");
    let health: Classification["health"] = "uncounted";
    let reason = "";
    try {
      const beat = () => Promise.all([slot.renew(), pass.renew()]);
      const ended = await withHeartbeat(beat, foundation.log, () => callAndRecord(errand, provider, fallbackReason));
      if ("health" in ended) ({ health, reason } = ended);
      return ended.tried;
    } finally {
      if (health === "success") await pass.succeeded();
      else if (health === "failure") await pass.failed(reason);
      else await pass.left();
    }
  } finally {
    await slot.free();
  }
}

interface Ended {
  readonly tried: Tried;
  readonly health: Classification["health"];
  readonly reason: string;
}

async function callAndRecord(
  errand: Errand,
  provider: ImageProvider,
  fallbackReason: string | null,
): Promise<Ended | { readonly tried: Tried }> {
  const { foundation, request, signal, metrics } = errand;
  const attempt = await begin(errand, provider, fallbackReason);
  if (attempt === null) return { tried: overBudget(errand, provider) };
  const callMs = Math.min(errand.timeoutMs, Math.max(callMsMin, remainingMs(errand)));
  const startedAt = performance.now();
  const answer = await withPicture(
    await provider.generate(
      {
        prompt: request.prompt,
        characterText: request.characterText,
        imageType: request.imageType,
        model: provider.model,
        frame: frameOf(errand, provider),
        reference: request.reference,
        idempotencyKey: attempt.providerKey,
      },
      AbortSignal.any([signal, AbortSignal.timeout(callMs)]),
    ),
  );
  const latencyMs = Math.round(performance.now() - startedAt);
  const isCancelled = signal.aborted && answer.facts.some((fact) => fact.startsWith("transport:"));
  const classified = classify(answer);
  const outcome = isCancelled ? "cancelled" : classified.verdict;
  const reason = isCancelled ? "CANCELLED" : classified.reason;
  const original =
    outcome === "image" && answer.seen !== null && answer.picture !== null
      ? await keep(errand, attempt.id, { ...answer, picture: answer.picture, seen: answer.seen }, latencyMs)
      : null;
  await endAttempt(foundation.database.db, {
    id: attempt.id,
    state: original !== null ? "succeeded" : outcome === "policy" ? "refused" : isCancelled ? "cancelled" : "failed",
    reason: original !== null ? null : reason,
    httpStatus: answer.httpStatus,
    requestId: answer.requestId,
    latencyMs,
    costUsd: answer.costMicroUsd === null ? null : dollars(answer.costMicroUsd),
    original,
  });
  metrics.called(provider.name, outcome, latencyMs);
  errand.trail.push({
    provider: provider.name,
    model: provider.model.id,
    reason,
    outcome,
    httpStatus: answer.httpStatus,
    latencyMs,
  });
  foundation.log.info(
    {
      attemptId: attempt.id,
      provider: provider.name,
      model: provider.model.id,
      isFallback: fallbackReason !== null,
      outcome,
      reason,
      httpStatus: answer.httpStatus,
      latencyMs,
      ratio: frameOf(errand, provider).ratio,
      region: request.region,
      promptHmac: errand.promptHmac,
    },
    "a picture provider was asked",
  );
  if (isCancelled) signal.throwIfAborted();
  const wasCutShort = classified.reason === "TIMEOUT" && callMs < errand.timeoutMs;
  const health = wasCutShort ? "uncounted" : classified.health;
  if (original !== null) return { tried: { outcome: "image", attemptId: attempt.id }, health, reason };
  if (outcome === "quota") return { tried: { retryAfterMs: answer.retryAfterMs }, health, reason };
  if (outcome === "image" || outcome === "cancelled") throw new Error(`${outcome} is an end without a picture`);
  return { tried: { outcome, reason }, health, reason };
}

const remainingMs = ({ deadline }: Errand): number => Math.max(0, Math.floor(deadline - performance.now()));

type SeenAnswer = ProviderAnswer & { readonly seen: Awaited<ReturnType<typeof seePicture>> };

/** Decodes what came: a picture that cannot be shown is none. */
async function withPicture(answer: ProviderAnswer): Promise<SeenAnswer> {
  if (answer.picture === null) return { ...answer, seen: null };
  const seen = await seePicture(answer.picture);
  if (seen !== null) return { ...answer, seen };
  const facts = answer.facts.map((fact) => (fact === "image:present" ? "image:undecodable" : fact));
  return { ...answer, ...factsOnly(facts, { ...answer, picture: null, facts }), seen };
}

/** Puts the provider's bytes into the store. It is paid, so the caller's going away does not stop it. */
async function keep(
  errand: Errand,
  attemptId: string,
  answer: SeenAnswer & { readonly picture: Uint8Array; readonly seen: NonNullable<SeenAnswer["seen"]> },
  latencyMs: number,
) {
  const { foundation, request } = errand;
  const { mimeType, extension, resolution, hasC2pa } = answer.seen;
  try {
    const place = { storyId: request.storyId, attemptId, extension };
    const key = await keepOriginal(foundation.store, place, answer.picture, mimeType, AbortSignal.timeout(putMsMax));
    return { key, mimeType, resolution, hasC2pa };
  } catch (error) {
    await endAttempt(foundation.database.db, {
      id: attemptId,
      state: "failed",
      reason: "STORE_FAILED",
      httpStatus: answer.httpStatus,
      requestId: answer.requestId,
      latencyMs,
      costUsd: answer.costMicroUsd === null ? null : dollars(answer.costMicroUsd),
      original: null,
    });
    throw error;
  }
}

function overBudget({ trail }: Errand, { name, model }: ImageProvider): Answer {
  const reason = "BUDGET_REACHED";
  trail.push({ provider: name, model: model.id, reason, outcome: "budget", httpStatus: null, latencyMs: null });
  return { outcome: "budget", reason };
}

const frameOf = ({ request }: Errand, { model }: ImageProvider) => model.frames[request.size];

async function begin(
  errand: Errand,
  provider: ImageProvider,
  fallbackReason: string | null,
): Promise<{ readonly id: string; readonly providerKey: string } | null> {
  const { foundation, request } = errand;
  const { db } = foundation.database;
  const { idempotencyKey: flightKey } = request;
  const id = uuidV7();
  const providerKey = keyFor(flightKey, provider, await countKnownEnds(db, flightKey, provider.name));
  const attempt = {
    id,
    flightKey,
    storyId: request.storyId,
    chapterId: request.chapterId,
    imageType: request.imageType,
    provider: provider.name,
    model: provider.model.id,
    providerKey,
    fallbackReason,
    size: request.size,
    askedRatio: frameOf(errand, provider).ratio,
    targetResolution: errand.target,
    promptHmac: errand.promptHmac,
    referenceHash: request.reference?.sha256 ?? null,
    region: request.region,
    requestedBy: request.requestedBy,
    estimatedCostUsd: dollars(provider.model.usualCostMicroUsd),
    traceId: currentTraceId(),
  };
  const budget = provider.isPaid ? await foundation.settings.get(monthlyBudgetUsd) : "none";
  const budgetUsd = budget === "none" ? null : budget;
  const hasBegun = await beginAttempt(db, attempt, budgetUsd, foundation.config.shopTimeZone);
  return hasBegun ? { id, providerKey } : null;
}

/**
 * The same for a call whose predecessor's end nobody knows (a timeout, a process that died), so that a provider which
 * honours the header answers what it made already; another one after every end that is known.
 */
function keyFor(flightKey: string, { name }: ImageProvider, knownEnds: number): string {
  return createHash("sha256").update(`${flightKey}\n${name}\n${knownEnds}`).digest("hex").slice(0, 40);
}

const dollars = (micro: number): string => (micro / 1_000_000).toFixed(6);
