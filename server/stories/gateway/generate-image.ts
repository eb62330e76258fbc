import { createHash, randomUUID } from "node:crypto";
import type { Foundation } from "../../foundation/foundation.ts";
import { pause } from "../../foundation/pause.ts";
import { Problem, problems } from "../../foundation/problem.ts";
import { storyProblems } from "../errors.ts";
import { askProvider } from "./ask-provider.ts";
import type { Answer, Errand, TrailEntry } from "./errand.ts";
import { failureOf, problemOf } from "./flight-failure.ts";
import { tellOfAnswer } from "./gateway-incidents.ts";
import { gatewayMetrics } from "./gateway-metrics.ts";
import { withHeartbeat } from "./heartbeat.ts";
import type { GeneratedImage, ImageRequest } from "./image-request.ts";
import { pictureOfAttempt } from "./landing.ts";
import { promptHmacOf } from "./prompt-hmac.ts";
import type { ImageProvider } from "./provider.ts";
import { chosenProviders, type ProviderChoice, providersOf } from "./provider-choice.ts";
import { boardFlight, endFlight, landFlight, renewFlight } from "./queries.ts";
import { checkReference } from "./reference.ts";
import { fallbackOnConfigurationError, providerDeadlineMs, providerTimeoutMs } from "./settings.ts";
import { parseImageSize, resolutionOf } from "./sizes.ts";

const flightLeaseMs = 20_000;
const pollMs = 200;

/**
 * Makes one picture: asks the provider of the settings, and for technical failures its fallback; never another one after
 * a refusal of the content. Requests with the same `idempotencyKey` are one, over all processes and for as long as their
 * rows are kept: the picture is made and paid once, and every repeat is answered with it.
 *
 * Throws, each with the trail of attempts in `errors`: POLICY_BLOCKED, IMAGE_GENERATION_FAILED, IMAGE_BUDGET_REACHED,
 * IMAGE_PROVIDER_MISCONFIGURED, IMAGE_MODEL_RETIRED, INTERNAL (the provider did not understand us). Before any cost:
 * UNSUPPORTED_SIZE, UNSUPPORTED_MIME_TYPE, IDEMPOTENCY_KEY_REUSED. When `signal` is aborted, its reason.
 */
export async function generateImage(
  foundation: Foundation,
  request: ImageRequest,
  signal: AbortSignal,
): Promise<GeneratedImage> {
  parseImageSize(request.size);
  checkReference(request.reference);
  const promptHmac = await promptHmacOf(foundation, request.prompt);
  const wish = { key: request.idempotencyKey, fingerprint: fingerprintOf(request, promptHmac), leaseMs: flightLeaseMs };
  const { db } = foundation.database;
  const holder = randomUUID();
  let waitedFor: number | null = null;
  for (;;) {
    signal.throwIfAborted();
    const boarding = await boardFlight(db, { ...wish, holder, waitedFor });
    switch (boarding.ticket) {
      case "landed":
        return pictureOfAttempt(foundation, boarding.attemptId ?? "");
      case "failed":
        throw problemOf(boarding.failure);
      case "reused":
        throw problems.IDEMPOTENCY_KEY_REUSED("This key stands for another picture.");
      case "fly": {
        const attemptId = await fly(foundation, request, { holder, promptHmac }, signal);
        if (attemptId !== null) return pictureOfAttempt(foundation, attemptId);
        break;
      }
      case "wait":
        waitedFor = boarding.number;
        await pause(pollMs * (0.5 + Math.random()), signal);
    }
  }
}

/** Everything that decides what the picture will be. */
function fingerprintOf(request: ImageRequest, promptHmac: string): string {
  const { storyId, chapterId, imageType, size, reference, characterText, providerOverride } = request;
  const parts = [
    promptHmac,
    storyId,
    chapterId,
    imageType,
    size,
    reference?.sha256 ?? null,
    characterText,
    providerOverride ?? null,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Answers the attempt that made it; null when the flight was taken for dead and is another's now. */
async function fly(
  foundation: Foundation,
  request: ImageRequest,
  flight: { readonly holder: string; readonly promptHmac: string },
  signal: AbortSignal,
): Promise<string | null> {
  const { log, settings } = foundation;
  const { db } = foundation.database;
  const key = request.idempotencyKey;
  try {
    const choice = await choiceFor(foundation, request);
    const errand: Errand = {
      foundation,
      metrics: gatewayMetrics(foundation),
      request,
      promptHmac: flight.promptHmac,
      target: resolutionOf(choice.first.model.frames[request.size]),
      signal,
      deadline: performance.now() + (await settings.get(providerDeadlineMs)),
      timeoutMs: await settings.get(providerTimeoutMs),
      trail: [],
    };
    const beat = () => renewFlight(db, key, flight.holder, flightLeaseMs);
    const attemptId = await withHeartbeat(beat, log, () => askInTurn(errand, choice));
    return (await landFlight(db, key, flight.holder, attemptId)) ? attemptId : null;
  } catch (error) {
    // Those who wait for a caller that went away do not go away with it.
    const failure = signal.aborted && !(error instanceof Problem) ? null : failureOf(error);
    await endFlight(db, key, flight.holder, failure).catch((cause: unknown) => {
      log.warn({ error: cause }, "a flight could not be ended; its lease runs out");
    });
    throw error;
  }
}

async function choiceFor(foundation: Foundation, request: ImageRequest): Promise<ProviderChoice> {
  const { providerOverride } = request;
  if (providerOverride === undefined) return chosenProviders(foundation);
  return { first: providersOf(foundation.config.imageProviders)[providerOverride], fallback: null };
}

/** The first, then the fallback where the classification allows it; answers the attempt that made the picture. */
async function askInTurn(errand: Errand, { first, fallback }: ProviderChoice): Promise<string> {
  const { foundation, metrics, trail } = errand;
  const answer = await askProvider(errand, first, null);
  await tellOfAnswer(foundation, first, answer);
  if (answer.outcome === "image") return answer.attemptId;
  if (fallback === null || !(await mayFallBack(foundation, answer))) throw refusalOf(answer, first, trail);
  metrics.fellBack(first.name, answer.reason);
  const second = await askProvider(errand, fallback, answer.reason);
  await tellOfAnswer(foundation, fallback, second);
  if (second.outcome === "image") return second.attemptId;
  throw second.outcome === "configuration" ? failed(trail) : refusalOf(second, fallback, trail);
}

async function mayFallBack(foundation: Foundation, answer: Answer): Promise<boolean> {
  if (answer.outcome === "technical" || answer.outcome === "quota") return true;
  return answer.outcome === "configuration" && (await foundation.settings.get(fallbackOnConfigurationError));
}

function refusalOf(
  answer: Exclude<Answer, { readonly outcome: "image" }>,
  provider: ImageProvider,
  trail: readonly TrailEntry[],
): Problem {
  switch (answer.outcome) {
    case "policy":
      return storyProblems.POLICY_BLOCKED({
        detail: "The provider's policy does not allow this picture. Change the description and try again.",
        errors: trail,
      });
    case "bug":
      return problems.INTERNAL({ detail: "The picture provider did not understand the request.", errors: trail });
    case "budget":
      return storyProblems.IMAGE_BUDGET_REACHED({
        detail: "No more pictures are bought this month. An administrator can raise providers.monthlyBudgetUsd.",
        errors: trail,
      });
    case "configuration":
      return answer.reason === "MODEL_RETIRED"
        ? storyProblems.IMAGE_MODEL_RETIRED({ detail: retiredSentence(provider), errors: trail })
        : storyProblems.IMAGE_PROVIDER_MISCONFIGURED({
            detail: `An administrator must look at the configuration of ${provider.name} (${answer.reason}).`,
            errors: trail,
          });
    case "technical":
    case "quota":
      return failed(trail);
  }
}

function retiredSentence({ model }: ImageProvider): string {
  const variable = `IMAGE_MODEL_ID_${model.provider.toUpperCase()}`;
  return `${model.id} was turned off on ${model.endsOn}; set ${variable} to ${model.replacement ?? "another model"}.`;
}

function failed(trail: readonly TrailEntry[]): Problem {
  return storyProblems.IMAGE_GENERATION_FAILED({
    detail: `The picture could not be made: ${trail.map(({ provider, reason }) => `${provider} ${reason}`).join(", ")}.`,
    errors: trail,
  });
}
