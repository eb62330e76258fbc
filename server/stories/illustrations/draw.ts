import { z } from "zod";
import type { Foundation } from "../../foundation/foundation.ts";
import { defineTask, type Outcome, type TaskContext } from "../../foundation/module.ts";
import { Problem } from "../../foundation/problem.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { generateImage } from "../gateway/generate-image.ts";
import type { GeneratedImage, ImageRequest, ReferencePicture } from "../gateway/image-request.ts";
import { chosenProviders } from "../gateway/provider-choice.ts";
import { readCharacter } from "../pictures/character-reference.ts";
import { setStoryImage } from "../pictures/queries.ts";
import { putPicture, recordOf } from "../pictures/store-picture.ts";
import { type ImageType, imageTypes } from "../types.ts";
import { type Drawing, failDrawing, finishDrawing, loseReference, startDrawing } from "./queries.ts";
import { usualSize } from "./sizes.ts";
import { whileRunGoesOn } from "./while-run-goes-on.ts";

/**
 * Draws one picture of a run: takes it in hand, reads the character's picture to send along, asks the gateway, puts the
 * result in its place and gives out the next, all but the asking in transactions. What the gateway made (and was paid
 * for) under this run, type and reference is answered again when the same is asked anew, so a worker may die anywhere.
 *
 * A refusal of the content or of the prompt, and a failure of all providers, end the picture with their code; a store or a
 * database that is away is a matter of the queue's own tries.
 */
export const drawIllustration = defineTask({
  name: "draw-illustration",
  payload: z.object({ runId: z.uuid(), imageType: z.enum(imageTypes) }),
  // Longer than the gateway's own deadline may be (`providers.deadlineMs`).
  timeLimitMs: 660_000,
  attemptsMax: 4,

  async run({ runId, imageType }, context) {
    const { foundation, jobId } = context;
    const { first } = await chosenProviders(foundation);
    const drawing = await foundation.database.transaction((tx) =>
      startDrawing(tx, { runId, imageType, jobId, provider: first.name }),
    );
    if (drawing.action !== "draw") return { status: "skipped", reason: drawing.action.toUpperCase() };
    const startedAt = performance.now();
    try {
      return await draw({ runId, imageType, drawing, startedAt }, context);
    } catch (error) {
      // The run was stopped, or the worker has to stop: nobody failed.
      context.signal.throwIfAborted();
      if (error instanceof RunOver) return { status: "skipped", reason: "SETTLED" };
      if (!(error instanceof Problem) || error.code === "SERVICE_UNAVAILABLE") throw error;
      return await fail(error, { runId, imageType, startedAt }, context);
    }
  },

  async onDead({ runId, imageType }, failure, { database }) {
    const { code, message } = failure;
    await database.transaction((tx) =>
      failDrawing(tx, { runId, imageType, code, message, isFinal: true, durationMs: null }),
    );
  },
});

interface Work {
  readonly runId: string;
  readonly imageType: ImageType;
  readonly drawing: Drawing;
  readonly startedAt: number;
}

/** A person stopped the run while a provider was at it. */
class RunOver extends Error {}

async function draw(work: Work, context: TaskContext): Promise<Outcome> {
  const { runId, imageType, drawing } = work;
  const { foundation, signal } = context;
  const reference = await referenceFor(work, context);
  if (reference === "settled") return { status: "skipped", reason: "REFERENCE_LOST" };
  const request: ImageRequest = {
    storyId: drawing.storyId,
    chapterId: drawing.chapterId,
    imageType,
    prompt: drawing.prompt,
    size: drawing.size ?? usualSize(imageType),
    reference: reference.picture,
    characterText: drawing.characterText,
    region: drawing.region,
    idempotencyKey: `illustration:${runId}:${imageType}:${reference.picture?.sha256.slice(0, 16) ?? "none"}`,
    requestedBy: drawing.requestedBy,
    ...(drawing.providerOverride !== null && { providerOverride: drawing.providerOverride }),
  };
  const image = await whileRunGoesOn(
    foundation.database.db,
    runId,
    signal,
    () => new RunOver(),
    (limited) => generate(foundation, request, limited),
  );
  await record(work, image, reference, context);
  return { status: "done" };
}

/** The picture; made anew where what was made before has been lost, object and all. */
async function generate(foundation: Foundation, request: ImageRequest, signal: AbortSignal): Promise<GeneratedImage> {
  try {
    return await generateImage(foundation, request, signal);
  } catch (error) {
    if (!(error instanceof StoreError && error.kind === "missing")) throw error;
    foundation.log.error({ key: error.key }, "a picture that was made is not in the store; it is made again");
    return await generateImage(foundation, { ...request, idempotencyKey: `${request.idempotencyKey}:again` }, signal);
  }
}

interface Reference {
  readonly picture: ReferencePicture | null;
  readonly isLost: boolean;
}

/** The character's picture; the character itself needs none. `settled`: it is drawn again first, and this one after it. */
async function referenceFor({ runId, imageType, drawing }: Work, context: TaskContext): Promise<Reference | "settled"> {
  const { foundation, signal, log } = context;
  if (imageType === "character") return { picture: null, isLost: false };
  const { database } = foundation;
  const found = await readCharacter(foundation, database.db, drawing.storyId, drawing.chapterId, signal);
  if (typeof found === "object") return { picture: found, isLost: false };
  if (drawing.consistencyLost) return { picture: null, isLost: true };
  log.warn({ storyId: drawing.storyId, imageType, found }, "the picture of the character cannot be sent along");
  const next = await database.transaction((tx) => loseReference(tx, runId, imageType));
  return next === "go_on" ? { picture: null, isLost: true } : "settled";
}

async function record(
  { runId, imageType, drawing, startedAt }: Work,
  image: GeneratedImage,
  reference: Reference,
  { foundation, signal }: TaskContext,
): Promise<void> {
  const { database } = foundation;
  const place = { storyId: drawing.storyId, chapterId: drawing.chapterId, imageType };
  const objectKey = await putPicture(foundation, database.db, place, image, signal);
  const picture = recordOf(place, objectKey, image, {
    prompt: drawing.prompt,
    consistencyLost: reference.isLost,
    storyRegion: drawing.region,
    policyContext: null,
    paletteDrift: null,
    runId,
    createdBy: drawing.requestedBy,
  });
  await database.transaction(async (tx) => {
    await setStoryImage(tx, picture, "image_done");
    await finishDrawing(tx, {
      runId,
      imageType,
      provider: image.metadata.providerUsed,
      durationMs: Math.round(performance.now() - startedAt),
    });
  });
}

async function fail(
  problem: Problem,
  { runId, imageType, startedAt }: Omit<Work, "drawing">,
  { foundation, log }: TaskContext,
): Promise<Outcome> {
  const { code, message } = problem;
  log.warn({ runId, imageType, code }, "a picture of a story could not be made");
  await foundation.database.transaction((tx) =>
    failDrawing(tx, {
      runId,
      imageType,
      code,
      message,
      isFinal: !mayHelpToTryAgain.has(code),
      durationMs: Math.round(performance.now() - startedAt),
    }),
  );
  return { status: "skipped", reason: code };
}

/** A second try of the character makes sense after these alone: the same text is refused again, a budget stays used up. */
const mayHelpToTryAgain: ReadonlySet<string> = new Set(["IMAGE_GENERATION_FAILED", "INTERNAL"]);
