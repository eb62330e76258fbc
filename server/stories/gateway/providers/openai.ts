import type { ImagesResponse } from "openai/resources/images";
import type { ProviderConfig } from "../../../config.ts";
import { boundedFetch } from "../bounded-answer.ts";
import { statusFacts } from "../classification.ts";
import { imageModelOf } from "../models.ts";
import { factsOnly, type ImageProvider, type ProviderAnswer, type ProviderCall } from "../provider.ts";
import { resolutionOf } from "../sizes.ts";
import { readOpenaiAnswer, readOpenaiError } from "./openai-answer.ts";
import { retryAfterMs } from "./retry-after.ts";
import { transportFact } from "./transport-fault.ts";

/** Longer than any call may take: the caller's signal is the only clock. */
const sdkTimeoutMs = 600_000;

/** OpenAI's images by its own SDK, whose retries are off: one loop decides about tries, and it is ours. */
export function openaiProvider(config: ProviderConfig): ImageProvider {
  const { apiKey, baseUrl } = config;
  return {
    name: "openai",
    isPaid: true,
    callsAtOnce: 3,
    isConfigured: apiKey !== null,
    model: imageModelOf("openai", config.model),
    generate: async (call, signal) => {
      // Loaded at the first picture: it would make every start a fifth of a second longer.
      const { OpenAI, APIError, APIConnectionError, APIUserAbortError, toFile } = await import("openai");
      const client = new OpenAI({
        apiKey,
        baseURL: baseUrl,
        maxRetries: 0,
        timeout: sdkTimeoutMs,
        fetch: boundedFetch,
        // It would log prompts at the level `debug`, which the environment can set.
        logLevel: "off",
      });
      const options = { signal, headers: { "Idempotency-Key": call.idempotencyKey } };
      const { reference } = call;
      try {
        // Without a reference there is nothing to edit; with one, `generate` could not see it.
        const asked =
          reference === null
            ? client.images.generate({ ...paramsOf(call), stream: false }, options)
            : client.images.edit(
                {
                  ...paramsOf(call),
                  stream: false,
                  image: await toFile(reference.bytes, nameOf(reference.mimeType), { type: reference.mimeType }),
                },
                options,
              );
        const { data, response } = await asked.withResponse();
        return read(data, response, call);
      } catch (error) {
        if (error instanceof APIUserAbortError || error instanceof APIConnectionError) {
          const fact = transportFact(error.cause ?? error, signal);
          return factsOnly([fact ?? "transport:network"]);
        }
        if (error instanceof APIError && error.status !== undefined) {
          return factsOnly([...statusFacts(error.status), ...readOpenaiError(error)], {
            httpStatus: error.status,
            requestId: error.requestID ?? null,
            costMicroUsd: 0,
            retryAfterMs: retryAfterMs(error.headers?.get("retry-after") ?? null),
          });
        }
        if (error instanceof SyntaxError) return factsOnly(["body:malformed"], { httpStatus: 200 });
        const fact = transportFact(error, signal);
        if (fact === null) throw error;
        return factsOnly([fact]);
      }
    },
  };
}

function paramsOf({ model, prompt, frame }: ProviderCall) {
  return { model: model.id, prompt, n: 1, size: resolutionOf(frame), quality: "medium", output_format: "png" } as const;
}

const nameOf = (mimeType: string): string => (mimeType === "image/png" ? "reference.png" : "reference.jpg");

function read(body: ImagesResponse, response: Response, call: ProviderCall): ProviderAnswer {
  return {
    httpStatus: response.status,
    requestId: response.headers.get("x-request-id"),
    retryAfterMs: null,
    ...readOpenaiAnswer(body, call.model),
  };
}
