import { pause } from "../../foundation/pause.ts";
import { Breakers } from "../../foundation/resilience/breakers.ts";
import { Slots } from "../../foundation/resilience/slots.ts";
import { breakerNameOf } from "./breaker-name.ts";
import { type CallEnd, callProvider, type Tried } from "./call-provider.ts";
import { type Answer, callMsMin, type Errand, remainingMs } from "./errand.ts";
import { withHeartbeat } from "./heartbeat.ts";
import { lifecycleOf } from "./model-lifecycle.ts";
import type { ImageProvider } from "./provider.ts";
import { wasRefusedByAnother } from "./queries.ts";
import { breakerFailures, breakerOpenMs } from "./settings.ts";

/** How often a provider is waited for that asks to be left alone for a while. */
const waitsMax = 4;
const breakerWindowMs = 10 * 60_000;
const breakerOpenMsMax = 10 * 60_000;

/**
 * Asks one provider until there is a picture or a reason why not; again only when it says how long to wait and that fits
 * the deadline. Throws the reason of the caller's signal, and nothing else that a provider does.
 */
export async function askProvider(
  errand: Errand,
  provider: ImageProvider,
  fallbackReason: string | null,
): Promise<Answer> {
  // A wish that was refused is not carried to another one later either, when it is tried again and the first is away.
  const { db } = errand.foundation.database;
  if (await wasRefusedByAnother(db, errand.request.idempotencyKey, provider.name)) {
    return passBy(errand, provider, "policy", "REFUSED_BY_ANOTHER");
  }
  const unfit = unfitness(provider);
  if (unfit !== null) return passBy(errand, provider, "configuration", unfit);
  for (let waits = 0; ; waits += 1) {
    const tried = await tryOnce(errand, provider, fallbackReason);
    if (!("retryAfterMs" in tried)) return tried;
    const { retryAfterMs } = tried;
    const fits = retryAfterMs !== null && retryAfterMs + callMsMin < remainingMs(errand);
    if (!fits || waits >= waitsMax) return { outcome: "quota", reason: "QUOTA" };
    await pause(retryAfterMs, errand.signal);
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
  outcome: "configuration" | "technical" | "policy",
  reason: string,
): Answer {
  trail.push({ provider: name, model: model.id, reason, outcome: "skipped", httpStatus: null, latencyMs: null });
  metrics.called(name, "skipped", null);
  return { outcome, reason };
}

/** A place at the provider, then the call. */
async function tryOnce(errand: Errand, provider: ImageProvider, fallbackReason: string | null): Promise<Tried> {
  const { foundation, signal } = errand;
  // Half of the time that is left: there must be enough for a call, and for the fallback's.
  const patience = AbortSignal.timeout(Math.floor(remainingMs(errand) / 2));
  const slot = await new Slots(foundation)
    .take(breakerNameOf(provider), provider.callsAtOnce, AbortSignal.any([signal, patience]))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      if (patience.aborted) return null;
      throw error;
    });
  if (slot === null) return passBy(errand, provider, "technical", "BUSY");
  try {
    return await withLeave(errand, provider, slot.renew, () => callProvider(errand, provider, fallbackReason));
  } finally {
    await slot.free();
  }
}

/** The breaker's leave, and its report. */
async function withLeave(
  errand: Errand,
  provider: ImageProvider,
  renewSlot: () => Promise<void>,
  call: () => Promise<CallEnd>,
): Promise<Tried> {
  const { foundation } = errand;
  const { pass } = await new Breakers(foundation).enter(breakerNameOf(provider), {
    failuresMax: await foundation.settings.get(breakerFailures),
    windowMs: breakerWindowMs,
    openMs: await foundation.settings.get(breakerOpenMs),
    openMsMax: breakerOpenMsMax,
  });
  if (pass === null) return passBy(errand, provider, "technical", "BREAKER_OPEN");
  let end: CallEnd | null = null;
  try {
    end = await withHeartbeat(() => Promise.all([renewSlot(), pass.renew()]), foundation.log, call);
    return end.tried;
  } finally {
    if (end?.health === "success") await pass.succeeded();
    else if (end?.health === "failure") await pass.failed(end.reason);
    else await pass.left();
  }
}
