import type { ImageType } from "../types.ts";
import { Definitions } from "./drawing/definitions.ts";
import { randomFrom } from "./drawing/random.ts";
import { frameOf, renderPng } from "./drawing/render.ts";
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

/** Raised whenever the same request would give another picture. */
export const sketchVersion = "1";

/**
 * Illustrates a prompt without any model or network: words are looked up, a scene is composed from them, and it is drawn
 * as vector art. The same request gives the same bytes. Any text is fine: unknown words change the details, no text is
 * ever drawn.
 */
export async function drawSketch(request: SketchRequest): Promise<Uint8Array> {
  const { prompt, characterText, imageType, width, height } = request;
  const frame = frameOf(width, height);
  const definitions = new Definitions();
  const look = readLook(characterText ?? prompt);
  const scene = readScene(prompt, look);
  const random = randomFrom(`${imageType}\u0000${prompt}`);
  const page = composePage({ frame, definitions, look, scene, imageType, random });
  return renderPng(page, definitions, frame, width, height);
}
