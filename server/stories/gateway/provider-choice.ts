import type { ImageProvidersConfig } from "../../config.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import type { ProviderName } from "../types.ts";
import type { ImageProvider } from "./provider.ts";
import { geminiProvider } from "./providers/gemini.ts";
import { openaiProvider } from "./providers/openai.ts";
import { sketchProvider } from "./providers/sketch.ts";
import { defaultProvider, fallbackProvider } from "./settings.ts";

/** Who is asked, in this order; one or two, never the same twice. */
export interface ProviderChoice {
  readonly first: ImageProvider;
  readonly fallback: ImageProvider | null;
}

/** What holds now: the settings, else the environment, else whoever has a key; with no keys, our own illustrator. */
export async function chosenProviders({
  config: { imageProviders },
  settings,
}: Pick<Foundation, "config" | "settings">): Promise<ProviderChoice> {
  const providers = providersOf(imageProviders);
  const set = await settings.get(defaultProvider);
  const first = set === "auto" ? (imageProviders.defaultProvider ?? whoHasAKey(imageProviders)) : set;
  const setFallback = await settings.get(fallbackProvider);
  const fallback =
    setFallback === "auto" ? (imageProviders.fallbackProvider ?? otherWithKey(imageProviders, first)) : setFallback;
  return {
    first: providers[first],
    fallback: fallback === "none" || fallback === first ? null : providers[fallback],
  };
}

export function providersOf(config: ImageProvidersConfig): Readonly<Record<ProviderName, ImageProvider>> {
  return {
    gemini: geminiProvider(config.gemini),
    openai: openaiProvider(config.openai),
    sketch: sketchProvider(),
  };
}

function whoHasAKey({ gemini, openai }: ImageProvidersConfig): ProviderName {
  if (gemini.apiKey !== null) return "gemini";
  return openai.apiKey !== null ? "openai" : "sketch";
}

/** A drawing by rule never slips in among painted pages unless somebody chose so. */
function otherWithKey({ gemini, openai }: ImageProvidersConfig, first: ProviderName): ProviderName | "none" {
  if (first === "gemini" && openai.apiKey !== null) return "openai";
  return first === "openai" && gemini.apiKey !== null ? "gemini" : "none";
}
