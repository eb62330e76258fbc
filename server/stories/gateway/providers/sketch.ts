import { drawSketch } from "../../sketch/index.ts";
import { imageModelOf } from "../models.ts";
import { factsOnly, type ImageProvider } from "../provider.ts";

/** Our own illustrator: no key, no network, no cost, and the same picture for the same words. */
export function sketchProvider(): ImageProvider {
  return {
    name: "sketch",
    isPaid: false,
    callsAtOnce: 3,
    isConfigured: true,
    model: imageModelOf("sketch", null),
    generate: async ({ prompt, characterText, imageType, frame: { width, height } }, signal) => {
      if (signal.aborted) return factsOnly(["transport:timeout"]);
      const picture = await drawSketch({ prompt, characterText, imageType, width, height });
      const nothing = { costMicroUsd: 0, retryAfterMs: null, httpStatus: null, requestId: null };
      return { ...nothing, facts: ["image:present"], picture };
    },
  };
}
