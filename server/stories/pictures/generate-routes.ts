import { randomUUID } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { answeredBefore, idempotent, wishOf } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { limitHeaders, rateLimited } from "../../foundation/http/request-limit.ts";
import { asStoreProblem } from "../../foundation/storage/store-problem.ts";
import { parseImageSize } from "../gateway/sizes.ts";
import { usualSize } from "../illustrations/sizes.ts";
import { requireStory } from "../manuscripts/service.ts";
import { regionOf } from "../region.ts";
import { chapterId, imageType, promptText, region } from "../schemas.ts";
import { imageSizes, providerNames } from "../types.ts";
import { contentKinds, refuseChildPhoto } from "./child-photos.ts";
import { generatePicture, presentCharacter, requirePrompt } from "./generate.ts";
import { generationAnswer, generationSchema } from "./generation-answer.ts";
import { givenReference, referenceFields } from "./request-reference.ts";

/** Every one of these is paid. */
const generationLimit = { name: "image-generation", burst: 60, perSecond: 1 };

/** Members that older clients send besides (quality, style, …) are passed over: the providers' own rules hold. */
const requestSchema = z
  .object({
    prompt: promptText,
    size: z
      .string()
      .optional()
      .openapi({ enum: [...imageSizes] }),
    storyId: z.uuid().toLowerCase(),
    chapterId: chapterId.nullish(),
    imageType,
    includeBase64: z.boolean().default(false),
    storyRegion: region.nullish(),
    providerOverride: z.enum(providerNames).nullish().openapi({ description: "Asks this one, without a fallback." }),
    force: z.boolean().default(false).openapi({ description: "Make the character anew, though it is there." }),
    referenceContentKind: z.enum(contentKinds).optional(),
    ...referenceFields,
  })
  .openapi("ImageGeneration");

const generateRoute = createRoute({
  method: "post",
  path: "/v1/images/generate",
  tags: ["Illustrations"],
  summary: "Make one picture, now",
  description:
    "The prompt goes on as it is. Without a reference of its own, a picture other than the character is made with the " +
    "character's picture sent along. A character that is there and was made from the same prompt is answered as it is " +
    "(`characterCacheHit`). With an `Idempotency-Key`, a repeat is answered with the same picture and costs nothing.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { body: jsonBody(requestSchema) },
  responses: {
    201: jsonAnswer(generationSchema, "The picture, in its place."),
    ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 502, 503),
  },
});

export function registerGenerationRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store, limiter } = foundation;

  app.openapi(generateRoute, async (c) => {
    const request = c.req.valid("json");
    const principal = c.get("principal");
    const { signal } = c.req.raw;
    const place = { storyId: request.storyId, chapterId: request.chapterId ?? null, imageType: request.imageType };
    const size = parseImageSize(request.size ?? usualSize(place.imageType));
    requirePrompt(request.prompt);
    const replayed = await answeredBefore(c, foundation, request);
    if (replayed !== null) return replayed;
    const { story, reference } = await database.readAs(principal, async (tx) => ({
      story: await requireStory(tx, place.storyId),
      reference: await givenReference(foundation, tx, place.storyId, request),
    }));
    if (reference !== null) {
      await refuseChildPhoto(foundation, principal, place, {
        bytes: reference.bytes,
        kind: request.referenceContentKind,
        region: await regionOf(foundation, request.storyRegion, story),
      });
    }
    const present = request.force ? null : await presentCharacter(foundation, principal, { ...request, place }, signal);
    if (present !== null) {
      const bytes = request.includeBase64 ? present.bytes : null;
      return c.json(await generationAnswer(present.picture, true, bytes, store), 201);
    }
    const taken = await limiter.take(`user:${principal.userId}`, generationLimit);
    if (!taken.allowed) {
      throw rateLimited(limitHeaders(generationLimit.name, generationLimit, taken), taken.retryAfterMs);
    }
    const made = await generatePicture(
      foundation,
      principal,
      story,
      {
        place,
        prompt: request.prompt,
        size,
        reference,
        region: request.storyRegion ?? undefined,
        providerOverride: request.providerOverride ?? undefined,
        wish: wishOf(c) ?? randomUUID(),
      },
      signal,
    ).catch((error: unknown) => {
      throw asStoreProblem(error);
    });
    return idempotent(c, foundation, request, async (tx) => {
      const bytes = request.includeBase64 ? made.bytes : null;
      const body = await generationAnswer(await made.record(tx), made.characterCacheHit, bytes, store);
      // With megabytes in it, it is not kept: a repeat gets the same from the picture itself.
      return { status: 201, body, store: bytes === null };
    });
  });
}
