import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import { requireStory } from "../manuscripts/service.ts";
import { chapterId, imageType, region, runSchema, storyIdParam } from "../schemas.ts";
import { imageSizes, providerNames } from "../types.ts";
import { cancelIllustrations, findLatestRun, findRun, listRuns } from "./queries.ts";
import { requestRun } from "./request-run.ts";
import { runView } from "./run-view.ts";

const runParam = storyIdParam.extend({ runId: z.uuid().toLowerCase() });

const requestSchema = z.strictObject({
  force: z.boolean().default(false).openapi({ description: "Also make anew what is there." }),
  imageTypes: z
    .array(imageType)
    .min(1)
    .max(7)
    .optional()
    .openapi({ description: "Only these; all seven when left out. With `force`, one alone is made anew." }),
  chapterId: chapterId.nullable().optional(),
  size: z.enum(imageSizes).optional(),
  storyRegion: region.optional(),
  providerOverride: z.enum(providerNames).optional().openapi({ description: "Try this one, without a fallback." }),
});

export type IllustrationRequestBody = z.input<typeof requestSchema>;

const beginRoute = createRoute({
  method: "post",
  path: "/v1/stories/{id}/illustrations",
  tags: ["Illustrations"],
  summary: "Make the story's pictures",
  description:
    "The character first, then cover, scenes and closing, with its picture sent along. Only what is missing is made, " +
    "unless `force`. Follow it on the topic `stories`, or here. One run per story at a time.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam, body: { content: { "application/json": { schema: requestSchema } } } },
  responses: {
    202: jsonAnswer(runSchema, "The run, which has begun."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const latestRoute = createRoute({
  method: "get",
  path: "/v1/stories/{id}/illustrations",
  tags: ["Illustrations"],
  summary: "The story's runs, newest first",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam, query: pageQuery },
  responses: {
    200: jsonAnswer(pageSchema(runSchema).extend({ latest: runSchema.nullable() }), "A page of runs, and the latest."),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/stories/{id}/illustrations/{runId}",
  tags: ["Illustrations"],
  summary: "One run, picture by picture",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: runParam },
  responses: { 200: jsonAnswer(runSchema, "The run."), ...problemResponses(400, 401, 403, 404, 429) },
});

const cancelRoute = createRoute({
  method: "post",
  path: "/v1/stories/{id}/illustrations/{runId}/cancel",
  tags: ["Illustrations"],
  summary: "Stop a run",
  description: "What was made stays. A run that is over already is answered as it ended.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: runParam },
  responses: { 200: jsonAnswer(runSchema, "The run as it is now."), ...problemResponses(400, 401, 403, 404, 429) },
});

const cursorSchema = z.tuple([z.uuid()]);

export function registerIllustrationRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database } = foundation;

  app.openapi(beginRoute, async (c) => {
    const { id } = c.req.valid("param");
    const request = requestSchema.parse(c.req.valid("json") ?? {});
    return idempotent(c, foundation, request, async (tx) => {
      const run = await requestRun(foundation, tx, await requireStory(tx, id), request);
      const headers = { location: `/v1/stories/${id}/illustrations/${run.id}` };
      return { status: 202, body: runView(run), headers };
    });
  });

  app.openapi(latestRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { limit, cursor } = c.req.valid("query");
    const [after = null] = decodeCursor(cursorSchema, cursor) ?? [];
    const { rows, latest } = await database.readAs(c.get("principal"), async (tx) => {
      await requireStory(tx, id);
      return { rows: await listRuns(tx, id, after, limit + 1), latest: await findLatestRun(tx, id) };
    });
    const page = pageOf(rows, limit, (last) => [last.id]);
    return c.json({ ...page, items: page.items.map(runView), latest: latest === null ? null : runView(latest) }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { id, runId } = c.req.valid("param");
    const run = await database.readAs(c.get("principal"), (tx) => findRun(tx, id, runId));
    if (run === null) throw problems.NOT_FOUND("This story has no such run.");
    return c.json(runView(run), 200);
  });

  app.openapi(cancelRoute, async (c) => {
    const { id, runId } = c.req.valid("param");
    return idempotent(c, foundation, {}, async (tx) => {
      const run = await cancelIllustrations(tx, id, runId).catch(rethrowAsProblem);
      return { status: 200, body: runView(run) };
    });
  });
}
