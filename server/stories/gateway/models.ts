import type { ImageSize, ProviderName } from "../types.ts";
import { type Frame, pixelsOf, ratioOfSize } from "./sizes.ts";

/** US dollars for a million tokens. */
interface TokenPrices {
  readonly textIn: number;
  readonly imageIn: number;
  readonly textOut: number;
  readonly imageOut: number;
}

export interface ImageModel {
  readonly provider: ProviderName;
  readonly id: string;
  /** False: this version does not know it, and takes it for one like the provider's newest. */
  readonly isKnown: boolean;
  /** The day on which its provider turns it off, `2026-10-23`; null while none is announced. */
  readonly endsOn: string | null;
  /** The model that its provider names instead. */
  readonly replacement: string | null;
  /** How it makes each size that may be asked for. */
  readonly frames: Readonly<Record<ImageSize, Frame>>;
  /** Everything else it can make. */
  readonly ratios: readonly string[];
  readonly prices: TokenPrices;
  /** What one picture takes when the provider does not say; also what is set aside before a call. */
  readonly usualCostMicroUsd: number;
}

const geminiFrames = (resolutions: Readonly<Record<string, string>>): Readonly<Record<ImageSize, Frame>> =>
  framesBy((size) => {
    const ratio = ratioOfSize[size];
    return { ratio, ...pixelsOf(resolutions[ratio] ?? size) };
  });

/** https://ai.google.dev/gemini-api/docs/image-generation, *Aspect ratios*, 2.5 Flash Image: 1,290 tokens each. */
const flash25: Readonly<Record<string, string>> = {
  "1:1": "1024x1024",
  "2:3": "832x1248",
  "3:2": "1248x832",
  "3:4": "864x1184",
  "4:3": "1184x864",
  "4:5": "896x1152",
  "5:4": "1152x896",
  "9:16": "768x1344",
  "16:9": "1344x768",
  "21:9": "1536x672",
};

/** The same page, generation 3 and Nano Banana 2.1, 1K: 1,120 tokens each. */
const generation3: Readonly<Record<string, string>> = {
  "1:1": "1024x1024",
  "2:3": "848x1264",
  "3:2": "1264x848",
  "3:4": "896x1200",
  "4:3": "1200x896",
  "4:5": "928x1152",
  "5:4": "1152x928",
  "9:16": "768x1376",
  "16:9": "1376x768",
  "21:9": "1584x672",
};

/** Any `width`x`height` in steps of 16 between 1:3 and 3:1 (openai, `ImageGenerateParams.size`): all of ours as they are. */
const openaiFreeFrames = framesBy((size) => ({ ratio: reducedRatio(pixelsOf(size)), ...pixelsOf(size) }));

/** Three sizes only; the wide and the tall one come nearest to 16:9 and 9:16. */
const openaiFixedFrames: Readonly<Record<ImageSize, Frame>> = {
  "1024x1536": { ratio: "2:3", width: 1024, height: 1536 },
  "1024x1024": { ratio: "1:1", width: 1024, height: 1024 },
  "1792x1024": { ratio: "3:2", width: 1536, height: 1024 },
  "1024x1792": { ratio: "2:3", width: 1024, height: 1536 },
};

type ModelRow = Omit<ImageModel, "isKnown">;

const gemini = (
  id: string,
  end: Pick<ImageModel, "endsOn" | "replacement">,
  resolutions: Readonly<Record<string, string>>,
  prices: TokenPrices & { readonly usualCostMicroUsd: number },
): ModelRow => {
  const { usualCostMicroUsd, ...tokens } = prices;
  const frames = geminiFrames(resolutions);
  return {
    provider: "gemini",
    id,
    ...end,
    frames,
    ratios: Object.keys(resolutions),
    prices: tokens,
    usualCostMicroUsd,
  };
};

const openai = (
  id: string,
  end: Pick<ImageModel, "endsOn" | "replacement">,
  frames: ImageModel["frames"],
): ModelRow => ({
  provider: "openai",
  id,
  ...end,
  frames,
  ratios: [...new Set(Object.values(frames).map(({ ratio }) => ratio))],
  prices: { textIn: 5, imageIn: 8, textOut: 10, imageOut: 30 },
  // Medium quality; the dearest of our sizes.
  usualCostMicroUsd: 60_000,
});

const goesOn = { endsOn: null, replacement: null } as const;
const nanoBanana = "gemini-nano-banana-2.1";
const flare = "gpt-image-2.6-flare";

/**
 * The models there are, each provider's own choice first. Dates: https://ai.google.dev/gemini-api/docs/deprecations and
 * https://developers.openai.com/api/docs/deprecations; prices: the pricing pages beside them; both as of November 2026.
 */
const known: readonly ModelRow[] = [
  gemini(nanoBanana, goesOn, generation3, {
    textIn: 1.5,
    imageIn: 1.5,
    textOut: 7.5,
    imageOut: 30,
    usualCostMicroUsd: 33_600,
  }),
  gemini("gemini-3-pro-image", goesOn, generation3, {
    textIn: 2,
    imageIn: 2,
    textOut: 12,
    imageOut: 120,
    usualCostMicroUsd: 134_400,
  }),
  gemini("gemini-3.1-flash-image", { endsOn: "2026-10-29", replacement: nanoBanana }, generation3, {
    textIn: 0.5,
    imageIn: 0.5,
    textOut: 3,
    imageOut: 60,
    usualCostMicroUsd: 67_200,
  }),
  gemini("gemini-2.5-flash-image", { endsOn: "2026-10-02", replacement: nanoBanana }, flash25, {
    textIn: 0.3,
    imageIn: 0.3,
    textOut: 2.5,
    imageOut: 30,
    usualCostMicroUsd: 38_700,
  }),
  openai(flare, goesOn, openaiFreeFrames),
  openai("gpt-image-2.6-sunburst", goesOn, openaiFreeFrames),
  openai("gpt-image-2.5-flare", goesOn, openaiFreeFrames),
  openai("gpt-image-2.5-sunburst", goesOn, openaiFreeFrames),
  openai("gpt-image-2", goesOn, openaiFreeFrames),
  openai("gpt-image-1.5", { endsOn: "2026-12-01", replacement: flare }, openaiFixedFrames),
  openai("gpt-image-1-mini", { endsOn: "2026-12-01", replacement: flare }, openaiFixedFrames),
  openai("chatgpt-image-latest", { endsOn: "2026-12-01", replacement: flare }, openaiFixedFrames),
  openai("gpt-image-1", { endsOn: "2026-10-23", replacement: flare }, openaiFixedFrames),
  {
    provider: "sketch",
    id: "sketch",
    ...goesOn,
    frames: framesBy((size) => ({ ratio: ratioOfSize[size], ...pixelsOf(size) })),
    ratios: Object.values(ratioOfSize),
    prices: { textIn: 0, imageIn: 0, textOut: 0, imageOut: 0 },
    usualCostMicroUsd: 0,
  },
];

/**
 * The model that a provider is to use: the one of the configuration, else the provider's first here. One that is not
 * known (newer than this version) is taken to be like that first one, since its provider can say better than we.
 */
export function imageModelOf(provider: ProviderName, id: string | null): ImageModel {
  const own = known.filter((model) => model.provider === provider);
  const first = own[0];
  if (first === undefined) throw new Error(`no model of ${provider} is known`);
  const found = id === null ? first : own.find((model) => model.id === id);
  return found === undefined ? { ...first, id: id ?? first.id, isKnown: false } : { ...found, isKnown: true };
}

function framesBy(frameOf: (size: ImageSize) => Frame): Readonly<Record<ImageSize, Frame>> {
  return {
    "1024x1536": frameOf("1024x1536"),
    "1024x1024": frameOf("1024x1024"),
    "1792x1024": frameOf("1792x1024"),
    "1024x1792": frameOf("1024x1792"),
  };
}

function reducedRatio({ width, height }: { readonly width: number; readonly height: number }): string {
  let [larger, smaller] = [width, height];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return `${width / larger}:${height / larger}`;
}
