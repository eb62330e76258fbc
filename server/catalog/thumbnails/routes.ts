import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { limitHeaders, rateLimited } from "../../foundation/http/request-limit.ts";
import { problems } from "../../foundation/problem.ts";
import { asStoreProblem } from "../../foundation/storage/store-problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import { findImage } from "../photos/queries.ts";
import { imageStates } from "../schemas.ts";
import { listThumbnailMetrics, requestThumbnailGeneration } from "./queries.ts";
import { repairPhoto } from "./repair.ts";

const idParam = z.object({ id: z.uuid() });

/** A photo that is missed again and again is a fault of ours, not something to ask for in a loop. */
const repairLimit = { name: "image-repair", burst: 30, perSecond: 1 };

const generationSchema = z
  .object({ state: z.enum(imageStates), attempts: z.int() })
  .openapi("ThumbnailGeneration", { description: "Where the photo stands; `attempts` counts those begun." });

const generateRoute = createRoute({
  method: "post",
  path: "/v1/images/{id}/thumbnails",
  tags: ["Thumbnails"],
  summary: "Ask for a photo's thumbnails",
  description:
    "Never starts a second run beside one that is under way. With `force` they are made anew even when they are valid.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: {
    params: idParam,
    body: { content: { "application/json": { schema: z.strictObject({ force: z.boolean().default(false) }) } } },
  },
  responses: {
    200: jsonAnswer(generationSchema, "They are valid already, or the photo is to have none."),
    202: jsonAnswer(generationSchema, "They will be made."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

const repairRoute = createRoute({
  method: "post",
  path: "/v1/images/{id}/repair",
  tags: ["Thumbnails"],
  summary: "Say that a thumbnail could not be fetched",
  description: "The objects are looked at in the store first; only what really is missing is made again.",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  request: { params: idParam },
  responses: {
    200: jsonAnswer(z.object({ missing: z.array(z.string()) }), "All is well."),
    202: jsonAnswer(z.object({ missing: z.array(z.string()) }), "What was missing is being made."),
    ...problemResponses(400, 401, 403, 404, 409, 429, 503),
  },
});

const dayMetricsSchema = z.object({
  day: z.string().openapi({ format: "date" }),
  attempts: z.int(),
  success: z.int(),
  partial: z.int(),
  failed: z.int(),
  skipped: z.int(),
  missed: z.int(),
  timeToDesktopP50Ms: z.int().nullable(),
  timeToDesktopP95Ms: z.int().nullable(),
});

const metricsRoute = createRoute({
  method: "get",
  path: "/v1/thumbnails/metrics",
  tags: ["Thumbnails"],
  summary: "How thumbnails come, per day",
  description:
    "Days are the shop's. `missed` counts photos that the sweep, not the trigger, had to start; it should be 0.",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  request: { query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }) },
  responses: {
    200: jsonAnswer(z.object({ items: z.array(dayMetricsSchema) }), "Newest day first."),
    ...problemResponses(400, 401, 403, 429),
  },
});

export function registerThumbnailRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, limiter, config } = foundation;

  app.openapi(generateRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { force = false } = c.req.valid("json") ?? {};
    return idempotent(c, foundation, { force }, async (tx) => {
      const asked = await requestThumbnailGeneration(tx, id, { force }).catch(rethrowAsProblem);
      return { status: asked.queued ? 202 : 200, body: { state: asked.state, attempts: asked.attempts } };
    });
  });

  app.openapi(repairRoute, async (c) => {
    const { id } = c.req.valid("param");
    const principal = c.get("principal");
    const taken = await limiter.take(`user:${principal.userId}`, repairLimit);
    if (!taken.allowed) {
      throw rateLimited(limitHeaders(repairLimit.name, repairLimit, taken), taken.retryAfterMs);
    }
    const image = await database.readAs(principal, (tx) => findImage(tx, id));
    if (image === null) throw problems.NOT_FOUND("No photo has this id.");
    const { missing, isRepairing } = await repairPhoto(foundation, image, c.req.raw.signal).catch((error: unknown) => {
      throw asStoreProblem(error);
    });
    return c.json({ missing: [...missing] }, isRepairing ? 202 : 200);
  });

  app.openapi(metricsRoute, async (c) => {
    const { days } = c.req.valid("query");
    return c.json({ items: [...(await listThumbnailMetrics(database.db, days, config.shopTimeZone))] }, 200);
  });
}
