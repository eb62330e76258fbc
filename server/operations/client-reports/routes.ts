import { createHash } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authenticated } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { rateLimited } from "../../foundation/http/request-limit.ts";
import { operatorAccess } from "../operator-access.ts";
import {
  type ClientErrorRow,
  type ClientMetricRow,
  listClientErrors,
  recordClientErrors,
  recordClientMetrics,
} from "./queries.ts";

/** A client sends a batch every 15 s; one that sends more is broken, and must not fill the tables. */
const reportLimit = { name: "client-reports", burst: 60, perSecond: 0.5 };
const itemsMax = 100;

const errorReportSchema = z
  .object({
    name: z.string().max(80),
    message: z.string().max(500),
    stack: z.string().max(4_000).nullable().default(null),
    page: z.string().max(200),
    code: z.string().max(80).nullable().default(null),
    requestId: z.string().max(128).nullable().default(null),
    release: z.string().max(80).nullable().default(null),
    count: z.int().min(1).max(1_000_000).default(1),
  })
  .openapi("ClientErrorReport", { description: "Leave out whatever tells of a person." });
type ErrorReport = z.infer<typeof errorReportSchema>;

const metricReportSchema = z
  .object({ name: z.string().min(1).max(80), value: z.number(), page: z.string().max(200) })
  .openapi("ClientMetricReport");
type MetricReport = z.infer<typeof metricReportSchema>;

const acceptedSchema = z.object({ accepted: z.int() });
const batchOf = <Item extends z.ZodType>(item: Item) => jsonBody(z.object({ items: z.array(item).max(itemsMax) }));

const errorsRoute = createRoute({
  method: "post",
  path: "/v1/client-errors",
  tags: ["Operations"],
  summary: "Say what went wrong in a client",
  security: bearer,
  middleware: authenticated(),
  request: { body: batchOf(errorReportSchema) },
  responses: { 202: jsonAnswer(acceptedSchema, "Kept."), ...problemResponses(400, 401, 403, 409, 413, 415, 422, 429) },
});

const metricsRoute = createRoute({
  method: "post",
  path: "/v1/client-metrics",
  tags: ["Operations"],
  summary: "Say what was measured in a client",
  security: bearer,
  middleware: authenticated(),
  request: { body: batchOf(metricReportSchema) },
  responses: { 202: jsonAnswer(acceptedSchema, "Kept."), ...problemResponses(400, 401, 403, 409, 413, 415, 422, 429) },
});

const seenErrorSchema = errorReportSchema
  .omit({ requestId: true })
  .extend({
    fingerprint: z.string(),
    lastRequestId: z.string().nullable(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
  })
  .openapi("ClientError");

const listRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/client-errors",
  summary: "List what went wrong in clients, the latest first",
  request: { query: pageQuery },
  responses: {
    200: jsonAnswer(pageSchema(seenErrorSchema), "Each kind of error once, with how often it came."),
    ...problemResponses(400, 401, 403, 429),
  },
});

const cursorSchema = z.tuple([z.iso.datetime(), z.string()]);

/** Reports of browsers come here, so that what people see fail is known where everything else is. */
export function registerClientReportRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, log } = foundation;
  const reported = foundation.metrics.counter("bodega_client_errors_total", "Errors that clients reported.", ["code"]);

  app.openapi(errorsRoute, async (c) => {
    await limitReports(foundation, c.get("principal").userId);
    const errors = groupErrors(c.req.valid("json").items);
    const work = async (tx: Parameters<typeof recordClientErrors>[0]) => {
      await recordClientErrors(tx, errors);
      return { status: 202, body: { accepted: errors.length } };
    };
    const answer = await idempotent(c, foundation, { errors }, work, { as: "service" });
    for (const { code, count, lastRequestId, page, message } of errors) {
      // A code of ours has this shape; anything else would make a label of whatever a client sends.
      reported.inc({ code: code !== null && /^[A-Z_]{1,40}$/.test(code) ? code : "none" }, count);
      log.warn(
        { code, count, page, clientRequestId: lastRequestId, clientMessage: message },
        "a client reported an error",
      );
    }
    return answer;
  });

  app.openapi(metricsRoute, async (c) => {
    await limitReports(foundation, c.get("principal").userId);
    const metrics = groupMetrics(c.req.valid("json").items);
    return idempotent(
      c,
      foundation,
      { metrics },
      async (tx) => {
        await recordClientMetrics(tx, metrics);
        return { status: 202, body: { accepted: metrics.length } };
      },
      { as: "service" },
    );
  });

  app.openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const before = decodeCursor(cursorSchema, cursor);
    const rows = await listClientErrors(database.db, { before, limit: limit + 1 });
    const items = rows.map((row) => ({
      ...row,
      firstSeenAt: row.firstSeenAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    }));
    return c.json(
      pageOf(items, limit, (last) => [last.lastSeenAt, last.fingerprint]),
      200,
    );
  });
}

async function limitReports(foundation: Pick<Foundation, "limiter">, userId: string): Promise<void> {
  const taken = await foundation.limiter.take(`user:${userId}`, reportLimit);
  if (!taken.allowed) throw rateLimited({}, taken.retryAfterMs);
}

function groupErrors(items: readonly ErrorReport[]): readonly ClientErrorRow[] {
  const byFingerprint = new Map<string, ClientErrorRow>();
  for (const { requestId, ...item } of items.map(storable)) {
    const kind = JSON.stringify([item.name, item.message, item.code, item.page, item.release]);
    const fingerprint = createHash("sha256").update(kind).digest("hex");
    const count = (byFingerprint.get(fingerprint)?.count ?? 0) + item.count;
    byFingerprint.set(fingerprint, { ...item, fingerprint, lastRequestId: requestId, count });
  }
  return [...byFingerprint.values()];
}

function groupMetrics(items: readonly MetricReport[]): readonly ClientMetricRow[] {
  const byName = new Map<string, ClientMetricRow>();
  for (const { name, page, value } of items.map(storable)) {
    const key = JSON.stringify([name, page]);
    const known = byName.get(key) ?? { name, page, count: 0, total: 0, least: value, most: value };
    byName.set(key, {
      ...known,
      count: known.count + 1,
      total: known.total + value,
      least: Math.min(known.least, value),
      most: Math.max(known.most, value),
    });
  }
  return [...byName.values()];
}

/** Text as PostgreSQL can hold it: a message cut in the middle of a character, or with a NUL, is still a message. */
function storable<Item extends object>(item: Item): Item {
  const entries = Object.entries(item).map(([name, value]) => [
    name,
    typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value,
  ]);
  return { ...item, ...Object.fromEntries(entries) };
}
