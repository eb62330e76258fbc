import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { problems } from "../../foundation/problem.ts";
import type { ScheduleRow, ScheduleRunRow } from "../../foundation/schedules/queries.ts";
import { Schedules } from "../../foundation/schedules/schedules.ts";
import { operatorAccess } from "../operator-access.ts";

const nameParam = z.object({ name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "must be the name of a schedule") });
const cursorSchema = z.tuple([z.iso.datetime()]);

const runSchema = z
  .object({
    schedule: z.string(),
    scheduledAt: z.iso.datetime(),
    cause: z.enum(["tick", "manual", "retry"]),
    status: z.enum(["running", "done", "failed", "skipped"]),
    reason: z
      .enum(["overlap", "missed"])
      .nullable()
      .openapi({ description: "Why it was skipped: the run before was still going, or nobody was there." }),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    durationMs: z.int().nullable(),
    report: z.record(z.string(), z.number()).nullable().openapi({ description: "Counts of what it did." }),
    error: z.string().nullable(),
    traceId: z.string().nullable(),
  })
  .openapi("ScheduleRun");

const scheduleSchema = z
  .object({
    name: z.string(),
    cron: z.string(),
    timeZone: z.string(),
    nextAt: z.iso.datetime().nullable(),
    pausedAt: z.iso.datetime().nullable(),
    pausedBy: z.string().nullable(),
    lastRun: runSchema.nullable(),
  })
  .openapi("Schedule");

const acceptedSchema = z.object({ name: z.string() });

const listRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/schedules",
  summary: "All schedules, each with its last run",
  responses: {
    200: jsonAnswer(z.object({ items: z.array(scheduleSchema) }), "By name."),
    ...problemResponses(401, 403, 429),
  },
});

const runsRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/schedules/{name}/runs",
  summary: "The runs of a schedule, the newest first",
  request: { params: nameParam, query: pageQuery },
  responses: {
    200: jsonAnswer(pageSchema(runSchema), "A page of runs."),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

const runRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/schedules/{name}/run",
  summary: "Run a schedule now",
  description: "Also one that is paused. A worker process begins it within a second.",
  request: { params: nameParam },
  responses: {
    202: jsonAnswer(acceptedSchema, "It will run."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

const pauseRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/schedules/{name}/pause",
  summary: "Let the ticks of a schedule pass by",
  request: { params: nameParam },
  responses: {
    200: jsonAnswer(acceptedSchema, "It is paused."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

const resumeRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/schedules/{name}/resume",
  summary: "Take up a paused schedule again",
  description: "Ticks that passed by meanwhile stay undone.",
  request: { params: nameParam },
  responses: {
    200: jsonAnswer(acceptedSchema, "It runs again."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

export function registerScheduleRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const schedules = new Schedules(foundation);

  app.openapi(listRoute, async (c) => c.json({ items: (await schedules.list()).map(scheduleView) }, 200));

  app.openapi(runsRoute, async (c) => {
    const { name } = c.req.valid("param");
    const { limit, cursor } = c.req.valid("query");
    const [before] = decodeCursor(cursorSchema, cursor) ?? [];
    if (!(await schedules.list()).some((schedule) => schedule.name === name)) {
      throw problems.NOT_FOUND("No schedule has this name.");
    }
    const rows = await schedules.runs(name, {
      limit: limit + 1,
      ...(before !== undefined && { before: new Date(before) }),
    });
    const page = pageOf(rows, limit, (last) => [last.scheduledAt.toISOString()]);
    return c.json({ ...page, items: page.items.map(runView) }, 200);
  });

  const change = (status: 200 | 202, act: (name: string, userId: string) => Promise<void>) => ({ status, act });
  const changes = [
    { route: runRoute, ...change(202, (name, userId) => schedules.requestRun(name, userId)) },
    { route: pauseRoute, ...change(200, (name, userId) => schedules.pause(name, userId)) },
    { route: resumeRoute, ...change(200, (name) => schedules.resume(name)) },
  ] as const;
  for (const { route, status, act } of changes) {
    app.openapi(route, async (c) => {
      const { name } = c.req.valid("param");
      const work = async () => {
        await act(name, c.get("principal").userId);
        return { status, body: { name } };
      };
      return idempotent(c, foundation, {}, work, { as: "service" });
    });
  }
}

function scheduleView(schedule: ScheduleRow): z.infer<typeof scheduleSchema> {
  return {
    ...schedule,
    nextAt: schedule.nextAt?.toISOString() ?? null,
    pausedAt: schedule.pausedAt?.toISOString() ?? null,
    lastRun: schedule.lastRun === null ? null : runView(schedule.lastRun),
  };
}

function runView({ workerId: _workerId, ...run }: ScheduleRunRow): z.infer<typeof runSchema> {
  return {
    ...run,
    scheduledAt: run.scheduledAt.toISOString(),
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    durationMs: run.finishedAt === null ? null : run.finishedAt.getTime() - run.startedAt.getTime(),
    report: run.report === null ? null : { ...run.report },
  };
}
