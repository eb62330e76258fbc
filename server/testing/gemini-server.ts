import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Asked, type ProviderServer, Refused, startProviderServer } from "./provider-server.ts";

/** Of the documentation's table for generation 3, 1K; 2.5 has its own. */
const sizes: Readonly<Record<string, readonly [number, number]>> = {
  "1:1": [1024, 1024],
  "2:3": [848, 1264],
  "3:2": [1264, 848],
  "3:4": [896, 1200],
  "4:3": [1200, 896],
  "4:5": [928, 1152],
  "5:4": [1152, 928],
  "9:16": [768, 1376],
  "16:9": [1376, 768],
  "21:9": [1584, 672],
};
const imageTokens = 1_120;

const bodyShape = z.strictObject({
  contents: z
    .array(
      z.strictObject({
        role: z.enum(["user", "model"]).optional(),
        parts: z.array(
          z.union([
            z.strictObject({ text: z.string() }),
            z.strictObject({
              inline_data: z.strictObject({ mime_type: z.enum(["image/png", "image/jpeg"]), data: z.base64() }),
            }),
          ]),
        ),
      }),
    )
    .min(1),
  generationConfig: z
    .strictObject({
      responseModalities: z.array(z.enum(["TEXT", "IMAGE"])).optional(),
      imageConfig: z.strictObject({ aspectRatio: z.enum(Object.keys(sizes)).optional() }).optional(),
    })
    .optional(),
});

/** An error in Google's form (google.rpc.Status as JSON). */
export const geminiError = (
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): { readonly error: object } => ({ error: { code, message, status, ...(details.length > 0 && { details }) } });

/** https://cloud.google.com/apis/design/errors: how long to wait, with a quota that is used up. */
export const retryInfo = (seconds: number): object => ({
  "@type": "type.googleapis.com/google.rpc.RetryInfo",
  retryDelay: `${seconds}s`,
});

/** What the API answers of a prompt or picture that it does not want: no candidate, or one without a picture. */
export const geminiBlock = (blockReason: string): object => ({
  promptFeedback: { blockReason },
  usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 },
  modelVersion: "emulated",
});

export const geminiFinish = (finishReason: string, parts: readonly object[] = []): object => ({
  candidates: [{ content: { parts, role: "model" }, finishReason, index: 0 }],
  usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 },
  modelVersion: "emulated",
});

/**
 * `models/{id}:generateContent` of the Gemini API, for pictures: it knows the key by `x-goog-api-key`, refuses members
 * that the API does not have, and answers in the ratio asked for.
 */
export function startGeminiServer(options: { readonly port?: number } = {}): Promise<ProviderServer> {
  const apiKey = `AIza${randomBytes(16).toString("hex")}`;
  return startProviderServer(
    {
      apiKey,
      understand: async (request, path, body) => understand(request, path, body, apiKey),
      answer: (_asked, base64) => ({
        candidates: [
          {
            content: { parts: [{ inlineData: { mimeType: "image/png", data: base64 } }], role: "model" },
            finishReason: "STOP",
            index: 0,
          },
        ],
        usageMetadata: {
          promptTokenCount: 12,
          candidatesTokenCount: imageTokens,
          totalTokenCount: imageTokens + 12,
          candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: imageTokens }],
        },
        modelVersion: "emulated",
        responseId: randomBytes(8).toString("hex"),
      }),
    },
    options,
  );
}

function understand(request: IncomingMessage, path: string, body: Buffer, apiKey: string): Asked {
  const [, model] = /^\/v1beta\/models\/([^/:]+):generateContent$/.exec(path) ?? [];
  if (request.method !== "POST" || model === undefined) {
    throw new Refused({ status: 404, body: geminiError(404, "NOT_FOUND", "Requested entity was not found.") });
  }
  if (request.headers["x-goog-api-key"] !== apiKey) {
    const reason = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" };
    const message = "API key not valid. Please pass a valid API key.";
    throw new Refused({ status: 400, body: geminiError(400, "INVALID_ARGUMENT", message, [reason]) });
  }
  const parsed = bodyShape.safeParse(jsonOf(body));
  if (!parsed.success) {
    throw new Refused({ status: 400, body: geminiError(400, "INVALID_ARGUMENT", z.prettifyError(parsed.error)) });
  }
  const { contents, generationConfig } = parsed.data;
  const parts = contents.flatMap((content) => content.parts);
  const size = generationConfig?.imageConfig?.aspectRatio ?? "1:1";
  const [width, height] = sizes[size] ?? [1024, 1024];
  const references = parts.flatMap((part) => ("inline_data" in part ? [part.inline_data.data] : []));
  return {
    prompt: parts.flatMap((part) => ("text" in part ? [part.text] : [])).join("\n"),
    size,
    width,
    height,
    model,
    referenceBytes: references[0] === undefined ? null : Buffer.from(references[0], "base64"),
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
