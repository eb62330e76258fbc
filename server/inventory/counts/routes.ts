import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce, requireKey } from "../answer-once.ts";
import { registerList } from "../list.ts";
import { decimalText, idParam, personName, quantity, reason, time } from "../schemas.ts";
import { type CountRow, findCount, findCountLines, listCounts, recordCount } from "./queries.ts";

const tag = "Counts";

const countSchema = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    locationCode: z.string(),
    note: z.string().nullable(),
    createdBy: z.string(),
    createdByName: personName,
    createdAt: time,
    linesCounted: z.int(),
    linesOff: z.int(),
    surplus: decimalText,
    missing: decimalText,
    worth: decimalText.openapi({ description: "Of the variance, at the products' costs of that time." }),
  })
  .openapi("Count");

const reportSchema = countSchema
  .extend({
    lines: z.array(
      z.object({
        productId: z.uuid(),
        sku: z.string(),
        name: z.string(),
        expected: decimalText,
        counted: decimalText,
        variance: decimalText,
        unitCost: decimalText.nullable(),
        worth: decimalText.nullable(),
      }),
    ),
  })
  .openapi("VarianceReport");

const creationRoute = createRoute({
  method: "post",
  path: "/v1/stock/counts",
  tags: [tag],
  summary: "Set stock to what was counted",
  description:
    "Compare-and-set: `countedFrom` is the level's `position` that the counter saw. When any of the products moved since, " +
    "nothing changes and `COUNT_OUTDATED` names them. Differences become adjustments.",
  security: bearer,
  middleware: [authorise("stock:write"), requireKey()] as const,
  request: {
    body: jsonBody(
      z
        .strictObject({
          locationId: z.uuid(),
          lines: z
            .array(
              z.strictObject({
                productId: z.uuid(),
                counted: quantity,
                countedFrom: z.int().min(0).openapi({ description: "0 for a product that never lay there." }),
              }),
            )
            .min(1)
            .max(5000),
          note: reason,
        })
        .openapi("NewCount"),
    ),
  },
  responses: {
    201: jsonAnswer(reportSchema, "The variance report."),
    200: jsonAnswer(reportSchema, "Counted before, under this key."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/stock/counts/{id}",
  tags: [tag],
  summary: "The variance report of a count",
  security: bearer,
  middleware: [authorise("stock:write")] as const,
  request: { params: idParam },
  responses: { 200: jsonAnswer(reportSchema, "The report."), ...problemResponses(400, 401, 403, 404, 429) },
});

const filter = z.object({ locationId: z.uuid().optional() });

export function registerCountRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, CountRow>(app, foundation, {
    path: "/v1/stock/counts",
    tag,
    summary: "Counts",
    permission: "stock:write",
    filter,
    item: countSchema,
    fetch: (tx, wanted, after, limit) => listCounts(tx, wanted, after?.[0] ?? null, limit),
    keyOf: ({ id }) => [id],
    csv: {
      name: "counts",
      columns: {
        at: ({ createdAt }) => ({ text: createdAt }),
        location: ({ locationCode }) => ({ text: locationCode }),
        user: ({ createdBy, createdByName }) => ({ text: createdByName ?? createdBy }),
        lines: ({ linesCounted }) => ({ text: String(linesCounted) }),
        lines_off: ({ linesOff }) => ({ text: String(linesOff) }),
        surplus: ({ surplus }) => ({ decimal: surplus }),
        missing: ({ missing }) => ({ decimal: missing }),
        worth: ({ worth }) => ({ decimal: worth }),
        note: ({ note }) => ({ text: note }),
      },
    },
  });

  app.openapi(creationRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx, key) =>
      reportOf(tx, await recordCount(tx, given.locationId, given.lines, given.note, key)),
    );
  });

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await foundation.database.readAs(c.get("principal"), (tx) => reportOf(tx, id)), 200);
  });
}

async function reportOf(tx: Executor, id: string): Promise<z.infer<typeof reportSchema>> {
  const count = await findCount(tx, id);
  if (count === null) throw problems.NOT_FOUND("No count has this id.");
  return { ...count, lines: [...(await findCountLines(tx, id))] };
}
