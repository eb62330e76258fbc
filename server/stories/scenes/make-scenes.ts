import type { Foundation } from "../../foundation/foundation.ts";
import { storyProblems } from "../errors.ts";
import type { StoryRow } from "../manuscripts/queries.ts";
import { textModel } from "../settings.ts";
import type { Scenes } from "../types.ts";
import { scenesByRule } from "./rule-scenes.ts";
import { scenesByModel, TextModelFault, textEndpointOf } from "./text-model.ts";

export interface MadeScenes {
  readonly scenes: Scenes;
  readonly source: "model" | "rule";
  /** Why a rule made them although there is a model: `TIMEOUT`, `HTTP_503`, …; null when that is as it should be. */
  readonly fallbackReason: string | null;
}

/**
 * Scenes from a story's text: written by the configured model, or by rule when there is none or it fails for technical
 * reasons. Nothing is stored. Throws PROMPT_TOO_SHORT for a story without text, POLICY_BLOCKED when the model refuses it.
 */
export async function makeScenes(
  { config, settings, log }: Pick<Foundation, "config" | "settings" | "log">,
  story: Pick<StoryRow, "id" | "title" | "content" | "language">,
  signal: AbortSignal,
): Promise<MadeScenes> {
  if (story.content.trim() === "") {
    throw storyProblems.PROMPT_TOO_SHORT({
      detail: "The story has no text yet, so no descriptions can be made from it. Write it, or write the descriptions.",
      errors: [{ path: "content", message: "is empty" }],
    });
  }
  const endpoint = textEndpointOf(config, await settings.get(textModel));
  if (endpoint === null) return { scenes: scenesByRule(story), source: "rule", fallbackReason: null };
  try {
    return { scenes: await scenesByModel(endpoint, story, signal), source: "model", fallbackReason: null };
  } catch (error) {
    if (!(error instanceof TextModelFault)) throw error;
    log.warn({ storyId: story.id, reason: error.reason, error }, "scenes are made by rule because the model failed");
    return { scenes: scenesByRule(story), source: "rule", fallbackReason: error.reason };
  }
}
