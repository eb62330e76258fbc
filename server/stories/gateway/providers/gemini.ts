import type { ProviderConfig } from "../../../config.ts";
import { boundedFetch } from "../bounded-answer.ts";
import { statusFacts } from "../classification.ts";
import { imageModelOf } from "../models.ts";
import { factsOnly, type ImageProvider, type ProviderAnswer, type ProviderCall } from "../provider.ts";
import { readGeminiAnswer, readGeminiError } from "./gemini-answer.ts";
import { retryAfterMs } from "./retry-after.ts";
import { transportFact } from "./transport-fault.ts";

/**
 * Google's own `generateContent`, not the endpoint that speaks OpenAI's protocol, which knows neither ratios nor block
 * reasons (https://ai.google.dev/gemini-api/docs/image-generation).
 */
export function geminiProvider(config: ProviderConfig): ImageProvider {
  const { apiKey } = config;
  return {
    name: "gemini",
    isPaid: true,
    callsAtOnce: 2,
    isConfigured: apiKey !== null,
    model: imageModelOf("gemini", config.model),
    generate: async (call, signal) => {
      const url = `${config.baseUrl}/v1beta/models/${call.model.id}:generateContent`;
      try {
        const answer = await boundedFetch(url, {
          method: "POST",
          headers: {
            "x-goog-api-key": apiKey ?? "",
            "content-type": "application/json",
            "idempotency-key": call.idempotencyKey,
          },
          body: JSON.stringify(bodyOf(call)),
          signal,
        });
        return await read(answer, call);
      } catch (error) {
        const fact = transportFact(error, signal);
        if (fact === null) throw error;
        return factsOnly([fact]);
      }
    },
  };
}

/** As the guide writes it: `inline_data` in snake case, the configuration in camel case. Both are understood. */
function bodyOf({ prompt, reference, frame }: ProviderCall): unknown {
  const picture = reference && {
    inline_data: { mime_type: reference.mimeType, data: Buffer.from(reference.bytes).toString("base64") },
  };
  return {
    contents: [{ role: "user", parts: [{ text: prompt }, ...(picture === null ? [] : [picture])] }],
    generationConfig: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: frame.ratio } },
  };
}

async function read(answer: Response, call: ProviderCall): Promise<ProviderAnswer> {
  const about = { httpStatus: answer.status, requestId: answer.headers.get("x-request-id") };
  const body = parsedOrNull(await answer.text());
  if (answer.status === 200) return { ...about, retryAfterMs: null, ...readGeminiAnswer(body, call.model) };
  const error = readGeminiError(body);
  return factsOnly([...statusFacts(answer.status), ...error.facts], {
    ...about,
    // An error costs nothing (https://ai.google.dev/gemini-api/docs/billing).
    costMicroUsd: 0,
    retryAfterMs: error.retryAfterMs ?? retryAfterMs(answer.headers.get("retry-after")),
  });
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
