import type { Principal } from "../../foundation/auth/principal.ts";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { rethrowAsProblem, storyProblems } from "../errors.ts";
import { generateImage } from "../gateway/generate-image.ts";
import type { ReferencePicture } from "../gateway/image-request.ts";
import { parseImageSize } from "../gateway/sizes.ts";
import { usualSize } from "../illustrations/sizes.ts";
import type { StoryRow } from "../manuscripts/queries.ts";
import { regionOf } from "../region.ts";
import type { ProviderName } from "../types.ts";
import { readCharacter } from "./character-reference.ts";
import { findPicture, isMadeFrom, type PictureRow, setStoryImage } from "./queries.ts";
import { type PicturePlace, putPicture, recordOf } from "./store-picture.ts";

export interface GenerationWish {
  readonly place: PicturePlace;
  readonly prompt: string;
  /** Any text; what is no size that can be made is refused before it costs anything. */
  readonly size: string | undefined;
  /** Brought along; null: the character's picture, where there is one. */
  readonly reference: ReferencePicture | null;
  readonly region: string | undefined;
  readonly providerOverride: ProviderName | undefined;
  /** Names this wish for the gateway: repeats of it are paid once. */
  readonly wish: string;
}

/** A picture that is made and in the store, and not yet in its place. */
export interface MadePicture {
  readonly bytes: Uint8Array;
  readonly characterCacheHit: boolean;
  /** Puts it in its place. */
  readonly record: (tx: Executor) => Promise<PictureRow>;
}

/**
 * Makes one picture for a story: the prompt goes on as it is, with the character's picture as its reference. Throws what
 * `generateImage` throws, and PROMPT_TOO_SHORT, UNSUPPORTED_SIZE before anything is asked of anybody.
 */
export async function generatePicture(
  foundation: Foundation,
  principal: Principal,
  story: StoryRow,
  wish: GenerationWish,
  signal: AbortSignal,
): Promise<MadePicture> {
  const { place, prompt } = wish;
  const size = parseImageSize(wish.size ?? usualSize(place.imageType));
  requirePrompt(prompt);
  const region = await regionOf(foundation, wish.region, story);
  const reference = await referenceOf(foundation, wish, signal);
  const image = await generateImage(
    foundation,
    {
      ...place,
      prompt,
      size,
      reference: reference.picture,
      characterText: place.imageType === "character" ? prompt : (story.scenes?.character ?? null),
      region,
      idempotencyKey: `generate:${wish.wish}`,
      requestedBy: principal.userId,
      ...(wish.providerOverride !== undefined && { providerOverride: wish.providerOverride }),
    },
    signal,
  );
  const objectKey = await putPicture(foundation, foundation.database.db, place, image, signal);
  const record = recordOf(place, objectKey, image, {
    prompt,
    consistencyLost: reference.isLost,
    storyRegion: region,
    policyContext: null,
    paletteDrift: null,
    runId: null,
    createdBy: principal.userId,
  });
  return {
    bytes: image.bytes,
    characterCacheHit: reference.isOfCharacter,
    record: (tx) => setStoryImage(tx, record, "image_done").catch(rethrowAsProblem),
  };
}

/**
 * The character's picture when it is there already, in the store too, and was made from this very prompt; null when it
 * has to be made.
 */
export async function presentCharacter(
  foundation: Foundation,
  principal: Principal,
  { place, prompt }: Pick<GenerationWish, "place" | "prompt">,
  signal: AbortSignal,
): Promise<{ readonly picture: PictureRow; readonly bytes: Uint8Array } | null> {
  if (place.imageType !== "character") return null;
  return foundation.database.readAs(principal, async (tx) => {
    const picture = await findPicture(tx, place);
    if (picture === null || !(await isMadeFrom(tx, picture.id, prompt))) return null;
    const found = await readCharacter(foundation, tx, place.storyId, place.chapterId, signal);
    return typeof found === "object" ? { picture, bytes: found.bytes } : null;
  });
}

/** Throws PROMPT_TOO_SHORT for a prompt that says nothing. */
export function requirePrompt(prompt: string): void {
  if (prompt.trim() !== "") return;
  throw storyProblems.PROMPT_TOO_SHORT({
    detail: "The description is empty; write one, or have the descriptions made from the story.",
    errors: [{ path: "prompt", message: "is empty" }],
  });
}

interface Reference {
  readonly picture: ReferencePicture | null;
  readonly isOfCharacter: boolean;
  /** There is a character, and its picture cannot be read back. */
  readonly isLost: boolean;
}

async function referenceOf(
  foundation: Foundation,
  { place, reference }: GenerationWish,
  signal: AbortSignal,
): Promise<Reference> {
  if (reference !== null) return { picture: reference, isOfCharacter: false, isLost: false };
  if (place.imageType === "character") return { picture: null, isOfCharacter: false, isLost: false };
  const found = await readCharacter(foundation, foundation.database.db, place.storyId, place.chapterId, signal);
  const picture = typeof found === "object" ? found : null;
  return { picture, isOfCharacter: picture !== null, isLost: found === "lost" };
}
