import { z } from "zod";
import { bytesOfBase64 } from "../base64.ts";
import type { ImageModel } from "../models.ts";
import { costOfTokens } from "./token-cost.ts";

const tokens = z.number().nonnegative().optional();
const answerShape = z.looseObject({
  data: z.array(z.looseObject({ b64_json: z.string().nullish() })).nullish(),
  usage: z
    .looseObject({
      input_tokens: tokens,
      output_tokens: tokens,
      input_tokens_details: z.looseObject({ image_tokens: tokens, text_tokens: tokens }).nullish(),
      output_tokens_details: z.looseObject({ image_tokens: tokens, text_tokens: tokens }).nullish(),
    })
    .nullish(),
});

/** What an answer with status 200 says; the last of several pictures is taken. */
export function readOpenaiAnswer(
  body: unknown,
  model: ImageModel,
): { readonly facts: readonly string[]; readonly picture: Uint8Array | null; readonly costMicroUsd: number | null } {
  const parsed = answerShape.safeParse(body);
  if (!parsed.success) return { facts: ["body:malformed"], picture: null, costMicroUsd: null };
  const entries = parsed.data.data ?? [];
  const texts = entries.flatMap(({ b64_json: text }) => (text === undefined || text === null ? [] : [text]));
  const text = texts.at(-1);
  const picture = text === undefined ? null : bytesOfBase64(text);
  const image = picture !== null ? "image:present" : text === undefined ? "image:none" : "image:undecodable";
  return {
    facts: [...(entries.length === 0 ? ["candidates:none"] : []), image],
    picture,
    costMicroUsd: costOf(parsed.data.usage, model, texts.length),
  };
}

/** What an error says beside its status. The type is a code too: some errors have only that. */
export function readOpenaiError(error: { readonly code?: unknown; readonly type?: unknown }): readonly string[] {
  return [error.code, error.type].filter((code) => typeof code === "string").map((code) => `code:${code}`);
}

function costOf(usage: z.infer<typeof answerShape>["usage"], model: ImageModel, images: number): number | null {
  if (usage === undefined || usage === null) return images === 0 ? null : images * model.usualCostMicroUsd;
  const imageIn = usage.input_tokens_details?.image_tokens ?? 0;
  const textOut = usage.output_tokens_details?.text_tokens ?? 0;
  return costOfTokens(model, {
    imageIn,
    textIn: usage.input_tokens_details?.text_tokens ?? Math.max(0, (usage.input_tokens ?? 0) - imageIn),
    textOut,
    imageOut: usage.output_tokens_details?.image_tokens ?? Math.max(0, (usage.output_tokens ?? 0) - textOut),
  });
}
