import { composeSketch, type SketchRequest } from "./compose-sketch.ts";
import { renderPng } from "./drawing/render.ts";

/**
 * Illustrates a prompt without any model or network: words are looked up, a scene is composed from them, and it is drawn
 * as vector art. The same request gives the same bytes. Any text is fine: unknown words change the details, no text is
 * ever drawn.
 */
export async function drawSketch(request: SketchRequest): Promise<Uint8Array> {
  const { drawing, definitions, frame } = composeSketch(request);
  return renderPng(drawing, definitions, frame, request.width, request.height);
}
