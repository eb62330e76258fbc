import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Asked, type ProviderServer, Refused, startProviderServer } from "./provider-server.ts";

const parameters = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1).max(32_000),
  n: z.coerce.number().int().min(1).max(10).default(1),
  size: z.string().regex(/^\d+x\d+$/),
  quality: z.enum(["low", "medium", "high", "auto"]).optional(),
  output_format: z.enum(["png", "jpeg", "webp"]).optional(),
  stream: z.union([z.literal(false), z.literal("false")]).optional(),
});

/** An error in OpenAI's form. */
export const openaiError = (
  code: string | null,
  message: string,
  type = "invalid_request_error",
): { readonly error: object } => ({
  error: { message, type, param: null, code },
});

/** As the image endpoints say it of a prompt that the safety system does not want. */
export const openaiBlock = openaiError(
  "moderation_blocked",
  "Your request was rejected by the safety system.",
  "image_generation_user_error",
);

/** `POST /images/generations` (JSON) and `/images/edits` (multipart, with a picture) of the OpenAI API. */
export function startOpenaiServer(options: { readonly port?: number } = {}): Promise<ProviderServer> {
  const apiKey = `sk-test-${randomBytes(16).toString("hex")}`;
  return startProviderServer(
    {
      apiKey,
      understand: (request, path, body) => understand(request, path, body, apiKey),
      answer: ({ size }, base64) => ({
        created: 1_700_000_000,
        data: [{ b64_json: base64 }],
        background: "opaque",
        output_format: "png",
        quality: "medium",
        size,
        usage: {
          input_tokens: 20,
          input_tokens_details: { image_tokens: 0, text_tokens: 20 },
          output_tokens: 1_584,
          output_tokens_details: { image_tokens: 1_584, text_tokens: 0 },
          total_tokens: 1_604,
        },
      }),
    },
    options,
  );
}

async function understand(request: IncomingMessage, path: string, body: Buffer, apiKey: string): Promise<Asked> {
  if (request.headers.authorization !== `Bearer ${apiKey}`) {
    const refusal = openaiError("invalid_api_key", "Incorrect API key provided.");
    throw new Refused({ status: 401, body: refusal });
  }
  const type = request.headers["content-type"] ?? "";
  if (request.method === "POST" && path === "/v1/images/generations" && type.startsWith("application/json")) {
    return askedOf(JSON.parse(body.toString("utf8")), null);
  }
  if (request.method === "POST" && path === "/v1/images/edits" && type.startsWith("multipart/form-data")) {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const pictures = [...form.getAll("image"), ...form.getAll("image[]")].filter((entry) => entry instanceof File);
    const picture = pictures[0];
    if (picture === undefined)
      throw new Refused({ status: 400, body: openaiError("missing_required_parameter", "image") });
    const fields = Object.fromEntries([...form].filter(([name]) => !name.startsWith("image")));
    return askedOf(fields, new Uint8Array(await picture.arrayBuffer()));
  }
  throw new Refused({
    status: 404,
    body: openaiError("unknown_url", `Unknown request URL: ${request.method} ${path}`),
  });
}

/** Sizes in steps of 16, between 1:3 and 3:1, as the free models take them; the fixed ones take three. */
function askedOf(fields: unknown, referenceBytes: Uint8Array | null): Asked {
  const parsed = parameters.safeParse(fields);
  if (!parsed.success) {
    throw new Refused({ status: 400, body: openaiError("invalid_value", z.prettifyError(parsed.error)) });
  }
  const { model, prompt, size } = parsed.data;
  const [width = 0, height = 0] = size.split("x").map(Number);
  const isFree = /^gpt-image-2/.test(model);
  const fits = isFree
    ? width % 16 === 0 && height % 16 === 0 && width <= 3 * height && height <= 3 * width
    : ["1024x1024", "1536x1024", "1024x1536"].includes(size);
  if (!fits) throw new Refused({ status: 400, body: openaiError("invalid_value", `Invalid size ${size}`) });
  return { prompt, size, width, height, model, referenceBytes };
}
