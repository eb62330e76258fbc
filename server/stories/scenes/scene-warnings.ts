import type { StoryWarning } from "../schemas.ts";
import { imageTypes, type Scenes } from "../types.ts";
import { tellsOfLook } from "./look-words.ts";

/** Under this, a description of the character leaves too much to each picture (requirement 05, *Compatibilidad*). */
export const characterLengthMin = 100;

/** What a person should know of scenes before pictures are made from them; nothing of it stops anybody. */
export function sceneWarnings(scenes: Scenes | null): StoryWarning[] {
  if (scenes === null) {
    return [
      {
        code: "SCENES_MISSING",
        path: "scenes",
        message: "There are no descriptions yet; they are made from the story before its pictures are.",
      },
    ];
  }
  const warnings: StoryWarning[] = imageTypes
    .filter((type) => scenes[type].trim() === "")
    .map((type) => ({
      code: "SCENE_EMPTY",
      path: `scenes.${type}`,
      message: "It is empty, so no picture can be made from it.",
    }));
  const length = [...scenes.character.trim()].length;
  if (length > 0 && length < characterLengthMin) {
    warnings.push({
      code: "CHARACTER_TOO_SHORT",
      path: "scenes.character",
      message: `It has ${length} characters; with ${characterLengthMin} or more the character looks the same in all pictures.`,
    });
  }
  if (length > 0 && !tellsOfLook(scenes.character)) {
    warnings.push({
      code: "CHARACTER_WITHOUT_LOOK",
      path: "scenes.character",
      message: "It names neither colours nor clothes, which are what keeps the character the same.",
    });
  }
  return warnings;
}
