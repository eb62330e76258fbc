import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import type { JobView } from "../../foundation/jobs/jobs.ts";
import { jobStates } from "../../foundation/jobs/queries.ts";
import { operatorAccess } from "../operator-access.ts";

const jobId = z.string().regex(/^[1-9]\d{0,17}$/, "must be the id of a job");
const idParam = z.object({ id: jobId });
const cursorSchema = z.tuple([jobId]);

const jobSchema = z
  .object({
    id: z.string(),
    task: z.string(),
    state: z.enum(jobStates).openapi({
      description: "`scheduled` waits for its time, `retrying` for its next try; `dead` has used up its tries.",
    }),
    key: z.string().nullable(),
    attempts: z.int(),
    attemptsMax: z.int(),
    kills: z.int().openapi({ description: "How many processes died while they ran it." }),
    lastError: z.string().nullable(),
    payload: z.unknown(),
    runAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    workerId: z.string().nullable(),
    traceparent: z.string().nullable(),
  })
  .openapi("Job");

const listRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/jobs",
  summary: "List background jobs, the newest first",
  description: "Jobs that are done are not kept. `state=dead` gives those that failed for good.",
  request: {
    query: z
      .object({ state: z.enum(jobStates).optional(), task: z.string().min(1).max(128).optional() })
      .extend(pageQuery.shape),
  },
  responses: { 200: jsonAnswer(pageSchema(jobSchema), "A page of jobs."), ...problemResponses(400, 401, 403, 429) },
});

const readRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/jobs/{id}",
  summary: "One background job",
  request: { params: idParam },
  responses: { 200: jsonAnswer(jobSchema, "The job."), ...problemResponses(400, 401, 403, 404, 429) },
});

const retryRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/jobs/{id}/retry",
  summary: "Let a job run at once, with all its tries again",
  request: { params: idParam },
  responses: {
    202: jsonAnswer(z.object({ id: z.string() }), "It will run."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

const cancelRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/jobs/{id}/cancel",
  summary: "Take a job off the queue",
  description: "Not one that runs right now. What it was to do stays undone, until something asks for it anew.",
  request: { params: idParam },
  responses: { 204: { description: "It is gone." }, ...problemResponses(400, 401, 403, 404, 409, 422, 429) },
});

export function registerJobRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { jobs } = foundation;

  app.openapi(listRoute, async (c) => {
    const { state, task, limit, cursor } = c.req.valid("query");
    const [beforeId] = decodeCursor(cursorSchema, cursor) ?? [];
    const rows = await jobs.list({ state, task, beforeId, limit: limit + 1 });
    const page = pageOf(rows, limit, (last) => [last.id]);
    return c.json({ ...page, items: page.items.map(jobView) }, 200);
  });

  app.openapi(readRoute, async (c) => c.json(jobView(await jobs.inspect(c.req.valid("param").id)), 200));

  app.openapi(retryRoute, async (c) => {
    const { id } = c.req.valid("param");
    const work = async () => {
      await jobs.retry(id);
      return { status: 202, body: { id } };
    };
    return idempotent(c, foundation, {}, work, { as: "service" });
  });

  app.openapi(cancelRoute, async (c) => {
    const { id } = c.req.valid("param");
    const work = async () => {
      await jobs.cancel(id);
      return { status: 204 };
    };
    return idempotent(c, foundation, {}, work, { as: "service" });
  });
}

function jobView(job: JobView): z.infer<typeof jobSchema> {
  return {
    ...job,
    runAt: job.runAt.toISOString(),
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
  };
}
