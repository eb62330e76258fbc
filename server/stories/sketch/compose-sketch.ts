import type { ImageType } from "../types.ts";
import { Definitions } from "./drawing/definitions.ts";
import { randomFrom } from "./drawing/random.ts";
import { type Frame, frameOf } from "./drawing/render.ts";
import type { Svg } from "./drawing/svg.ts";
import { readLook } from "./figure/read-look.ts";
import { composePage } from "./scene/compose-page.ts";
import { readScene } from "./scene/read-scene.ts";

export interface SketchRequest {
  /** In Spanish or English; what it says decides place, hour, weather, things, friends, pose and mood. */
  readonly prompt: string;
  /** From which alone the character's look is taken; null when there is no story around the picture. */
  readonly characterText: string | null;
  readonly imageType: ImageType;
  /** Pixels. The picture is composed for this format, never stretched to it. */
  readonly width: number;
  readonly height: number;
}

export interface Sketch {
  readonly drawing: Svg;
  readonly definitions: Definitions;
  readonly frame: Frame;
}

/** The picture as vectors. Works for any text, and always gives the same for the same. */
export function composeSketch({ prompt, characterText, imageType, width, height }: SketchRequest): Sketch {
  const frame = frameOf(width, height);
  const definitions = new Definitions();
  const look = readLook(characterText ?? prompt);
  const scene = readScene(prompt, look);
  const random = randomFrom(`${imageType}\u0000${prompt}`);
  return { drawing: composePage({ frame, definitions, look, scene, imageType, random }), definitions, frame };
}
