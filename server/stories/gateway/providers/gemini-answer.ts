import { z } from "zod";
import { bytesOfBase64 } from "../base64.ts";
import type { ImageModel } from "../models.ts";
import { costOfTokens } from "./token-cost.ts";

/** Reads what it needs and nothing more: members come and go, and must not break a picture that is there. */
const ratings = z.array(z.looseObject({ blocked: z.boolean().optional() })).optional();
const part = z.looseObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  inlineData: z.looseObject({ data: z.string().optional(), mimeType: z.string().optional() }).optional(),
});
const tokens = z.number().nonnegative().optional();
const answerShape = z.looseObject({
  promptFeedback: z.looseObject({ blockReason: z.string().optional(), safetyRatings: ratings }).optional(),
  candidates: z
    .array(
      z.looseObject({
        finishReason: z.string().optional(),
        safetyRatings: ratings,
        content: z.looseObject({ parts: z.array(part).optional() }).optional(),
      }),
    )
    .optional(),
  usageMetadata: z
    .looseObject({
      promptTokenCount: tokens,
      candidatesTokenCount: tokens,
      thoughtsTokenCount: tokens,
      candidatesTokensDetails: z
        .array(z.looseObject({ modality: z.string().optional(), tokenCount: tokens }))
        .optional(),
    })
    .optional(),
});
type Answer = z.infer<typeof answerShape>;

const errorShape = z.looseObject({
  error: z.looseObject({
    status: z.string().optional(),
    message: z.string().optional(),
    details: z
      .array(
        z.looseObject({
          "@type": z.string().optional(),
          reason: z.string().optional(),
          retryDelay: z.string().optional(),
        }),
      )
      .optional(),
  }),
});

interface Reading {
  readonly facts: readonly string[];
  readonly picture: Uint8Array | null;
  readonly costMicroUsd: number | null;
}

/** What an answer with status 200 says. Both spellings are read: the API has sent camel case and snake case. */
export function readGeminiAnswer(body: unknown, model: ImageModel): Reading {
  const parsed = answerShape.safeParse(camelCased(body));
  if (!parsed.success) return { facts: ["body:malformed"], picture: null, costMicroUsd: null };
  const answer = parsed.data;
  const candidates = answer.candidates ?? [];
  const parts = candidates.flatMap((candidate) => candidate.content?.parts ?? []);
  // Models that think draw drafts first: the last picture that is no thought is the one that is meant.
  const images = parts.filter((each) => each.inlineData?.data !== undefined && each.thought !== true);
  const data = images.at(-1)?.inlineData?.data;
  const picture = data === undefined ? null : bytesOfBase64(data);
  return {
    facts: [
      ...feedbackFacts(answer),
      ...candidates.flatMap(({ finishReason }) => (finishReason === undefined ? [] : [`finishReason:${finishReason}`])),
      ...(candidates.length === 0 ? ["candidates:none"] : []),
      imageFact(
        data,
        picture,
        parts.some((each) => (each.text ?? "") !== "" && each.thought !== true),
      ),
    ],
    picture,
    costMicroUsd: costOf(answer, model, images.length),
  };
}

/** What an answer with an error status says. */
export function readGeminiError(body: unknown): {
  readonly facts: readonly string[];
  readonly retryAfterMs: number | null;
} {
  const parsed = errorShape.safeParse(body);
  if (!parsed.success) return { facts: [], retryAfterMs: null };
  const { status, message = "", details = [] } = parsed.data.error;
  const codes = [status, ...details.map(({ reason }) => reason)].filter((code) => code !== undefined);
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  return {
    facts: [
      ...codes.map((code) => `code:${code}`),
      ...(/location is not supported|country, region, or territory/i.test(message) ? ["message:region"] : []),
      ...(/enable billing|billing account|prepayment credits/i.test(message) ? ["message:billing"] : []),
    ],
    retryAfterMs: delay === undefined ? null : durationMs(delay),
  };
}

function feedbackFacts({ promptFeedback, candidates = [] }: Answer): string[] {
  const reason = promptFeedback?.blockReason;
  const isBlocked = [promptFeedback, ...candidates].some((each) =>
    each?.safetyRatings?.some((rating) => rating.blocked === true),
  );
  return [
    ...(reason === undefined || reason === "BLOCK_REASON_UNSPECIFIED" ? [] : [`blockReason:${reason}`]),
    ...(isBlocked ? ["rating:blocked"] : []),
  ];
}

function imageFact(data: string | undefined, picture: Uint8Array | null, hasText: boolean): string {
  if (picture !== null) return "image:present";
  if (data !== undefined) return "image:undecodable";
  return hasText ? "image:text-only" : "image:none";
}

/** By the tokens that were counted; a picture whose tokens are not told counts as usual. */
function costOf({ usageMetadata: usage }: Answer, model: ImageModel, images: number): number | null {
  if (usage === undefined) return images === 0 ? null : images * model.usualCostMicroUsd;
  const details = usage.candidatesTokensDetails ?? [];
  const told = details
    .filter(({ modality }) => modality?.toUpperCase() === "IMAGE")
    .reduce((sum, { tokenCount = 0 }) => sum + tokenCount, 0);
  const output = usage.candidatesTokenCount ?? 0;
  // Without details a picture's tokens are nearly all of the output.
  const imageOut = details.length > 0 ? told : images > 0 ? output : 0;
  return costOfTokens(model, {
    textIn: usage.promptTokenCount ?? 0,
    imageIn: 0,
    textOut: Math.max(0, output - imageOut) + (usage.thoughtsTokenCount ?? 0),
    imageOut,
  });
}

/** `34.07s`, as protobuf writes a duration in JSON. */
function durationMs(text: string): number | null {
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(text) ?? [];
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1_000);
}

/** Members in camel case, however they came; values stay. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      camelCased(member),
    ]),
  );
}
