import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { rethrowAsProblem, storyProblems } from "../errors.ts";
import type { StoryRow } from "../manuscripts/queries.ts";
import { regionOf } from "../region.ts";
import { type ImageSize, type ImageType, imageTypes, type ProviderName } from "../types.ts";
import { type RunRow, requestIllustrations } from "./queries.ts";

export interface IllustrationWish {
  readonly force: boolean;
  /** All seven when left out. */
  readonly imageTypes?: readonly ImageType[] | undefined;
  readonly chapterId?: string | null | undefined;
  readonly size?: ImageSize | undefined;
  readonly storyRegion?: string | undefined;
  readonly providerOverride?: ProviderName | undefined;
}

/**
 * Begins a run in `tx`. A story with scenes, one of which is wanted and empty, is refused before it costs anything; one
 * without any scenes gets them made when the run begins.
 *
 * @throws Problem PROMPT_TOO_SHORT, CONFLICT (a run is under way), NOT_FOUND, FORBIDDEN
 */
export async function requestRun(
  foundation: Pick<Foundation, "settings">,
  tx: Executor,
  story: StoryRow,
  wish: IllustrationWish,
): Promise<RunRow> {
  const wanted = imageTypes.filter((type) => wish.imageTypes?.includes(type) ?? true);
  requirePrompts(story, wanted);
  const region = await regionOf(foundation, wish.storyRegion, story);
  return requestIllustrations(tx, {
    storyId: story.id,
    chapterId: wish.chapterId ?? null,
    imageTypes: wanted,
    force: wish.force,
    size: wish.size ?? null,
    region,
    providerOverride: wish.providerOverride ?? null,
  }).catch(rethrowAsProblem);
}

function requirePrompts({ scenes, content }: StoryRow, wanted: readonly ImageType[]): void {
  if (scenes === null) {
    if (content.trim() !== "") return;
    throw storyProblems.PROMPT_TOO_SHORT({
      detail: "The story has neither descriptions nor a text to make them from.",
      errors: [{ path: "content", message: "is empty" }],
    });
  }
  const empty = wanted.filter((type) => scenes[type].trim() === "");
  if (empty.length === 0) return;
  throw storyProblems.PROMPT_TOO_SHORT({
    detail: "Some descriptions are empty; write them, or have them made from the story.",
    errors: empty.map((type) => ({ path: `scenes.${type}`, message: "is empty" })),
  });
}
