import { createHash } from "node:crypto";
import { uuidV7 } from "../../foundation/database/uuid.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { currentTraceId } from "../../foundation/telemetry/tracing.ts";
import type { Errand } from "./errand.ts";
import type { ImageProvider } from "./provider.ts";
import { type AttemptEnd, beginAttempt, countKnownEnds, endAttempt } from "./queries.ts";
import { monthlyBudgetUsd } from "./settings.ts";

/** A call that is written down and not yet over. */
export interface OpenAttempt {
  readonly id: string;
  /** What is sent as `Idempotency-Key`. */
  readonly providerKey: string;
  readonly startedAt: number;
}

/** Writes down a call that is about to be made; null when the month's budget does not allow it. */
export async function openAttempt(
  { foundation, request, promptHmac, target }: Errand,
  provider: ImageProvider,
  fallbackReason: string | null,
): Promise<OpenAttempt | null> {
  const { db } = foundation.database;
  const { model } = provider;
  const id = uuidV7();
  const providerKey = keyFor(
    request.idempotencyKey,
    provider,
    await countKnownEnds(db, request.idempotencyKey, provider.name),
  );
  const attempt = {
    id,
    flightKey: request.idempotencyKey,
    storyId: request.storyId,
    chapterId: request.chapterId,
    imageType: request.imageType,
    provider: provider.name,
    model: model.id,
    providerKey,
    fallbackReason,
    size: request.size,
    askedRatio: model.frames[request.size].ratio,
    targetResolution: target,
    promptHmac,
    referenceHash: request.reference?.sha256 ?? null,
    region: request.region,
    requestedBy: request.requestedBy,
    estimatedCostUsd: dollars(model.usualCostMicroUsd),
    traceId: currentTraceId(),
  };
  const budget = provider.isPaid ? await foundation.settings.get(monthlyBudgetUsd) : "none";
  const budgetUsd = budget === "none" ? null : budget;
  const hasBegun = await beginAttempt(db, attempt, budgetUsd, foundation.config.shopTimeZone);
  return hasBegun ? { id, providerKey, startedAt: performance.now() } : null;
}

/** How it ended. Without a cost, the estimate stands. */
export async function closeAttempt(
  { database }: Pick<Foundation, "database">,
  attempt: OpenAttempt,
  end: Pick<AttemptEnd, "state" | "reason"> &
    Partial<Pick<AttemptEnd, "httpStatus" | "requestId" | "original">> & { readonly costMicroUsd?: number | null },
): Promise<void> {
  const { costMicroUsd = null, httpStatus = null, requestId = null, original = null } = end;
  await endAttempt(database.db, {
    id: attempt.id,
    state: end.state,
    reason: end.reason,
    httpStatus,
    requestId,
    original,
    latencyMs: Math.round(performance.now() - attempt.startedAt),
    costUsd: costMicroUsd === null ? null : dollars(costMicroUsd),
  });
}

/**
 * The same for a call whose predecessor's end nobody knows (a timeout, a process that died), so that a provider which
 * honours the header answers what it made already; another one after every end that is known.
 */
function keyFor(flightKey: string, { name }: ImageProvider, knownEnds: number): string {
  return createHash("sha256").update(`${flightKey}\n${name}\n${knownEnds}`).digest("hex").slice(0, 40);
}

const dollars = (micro: number): string => (micro / 1_000_000).toFixed(6);
