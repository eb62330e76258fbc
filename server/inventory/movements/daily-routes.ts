import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { date, decimalText } from "../schemas.ts";
import { listDays } from "./daily-queries.ts";

const daysSchema = z
  .object({ items: z.array(z.object({ day: date, entries: decimalText, exits: decimalText, balance: decimalText })) })
  .openapi("StockDays");

const dailyRoute = createRoute({
  method: "get",
  path: "/v1/stock/movements/daily",
  tags: ["Stock"],
  summary: "What came, went and was there, day by day",
  description:
    "In the shop's days, the oldest first, today the last; days without movements too. Of one product at one location, or, " +
    "without them, of all together.",
  security: bearer,
  middleware: [authorise("stock:read")] as const,
  request: {
    query: z.object({
      productId: z.uuid().optional(),
      locationId: z.uuid().optional(),
      days: z.coerce.number().int().min(1).max(366).default(30),
    }),
  },
  responses: { 200: jsonAnswer(daysSchema, "A row a day."), ...problemResponses(400, 401, 403, 429) },
});

/** For the chart of a product's ledger. */
export function registerDailyRoutes(app: OpenAPIHono<HttpEnv>, { database }: Foundation): void {
  app.openapi(dailyRoute, async (c) => {
    const { productId = null, locationId = null, days } = c.req.valid("query");
    const rows = await database.readAs(c.get("principal"), (tx) => listDays(tx, { productId, locationId, days }));
    return c.json({ items: [...rows] }, 200);
  });
}
