import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import { answerOnce } from "../answer-once.ts";
import { type Cell, registerList } from "../list.ts";
import { date, decimalText, orNull, quantity } from "../schemas.ts";
import { expiringDays } from "../settings.ts";
import { listStock, type StockRow, setStockLimits, stockKey, stockSorts, summariseStock } from "./level-queries.ts";

const tag = "Stock";

const stockSchema = z
  .object({
    productId: z.uuid(),
    sku: z.string(),
    name: z.string(),
    unit: z.string(),
    gtin: z.string().nullable(),
    category: z.string().nullable(),
    unitCost: decimalText.nullable().openapi({ description: "The product's cost as it is now." }),
    price: decimalText,
    currency: z.string(),
    thumbnailUrl: z.string().nullable().openapi({ description: "The smallest thumbnail of the main photo." }),
    locationId: z.uuid(),
    locationCode: z.string(),
    locationName: z.string(),
    onHand: decimalText,
    reserved: decimalText,
    available: decimalText.openapi({ description: "On hand and not reserved." }),
    incoming: decimalText.openapi({ description: "Ordered and not yet come." }),
    reorderPoint: decimalText.nullable(),
    maximum: decimalText.nullable(),
    position: z.int().openapi({ description: "Of its ledger; what a count says that it was counted from." }),
    state: z.enum(["ok", "low", "out"]),
    nextExpiry: date.nullable(),
  })
  .openapi("StockLevel");

const days = z.coerce.number().int().min(0).max(3650);

const filter = z.object({
  query: z.string().max(200).optional().openapi({ description: "Words in name, sku and gtin." }),
  category: z.string().max(100).optional(),
  productId: z.uuid().optional(),
  locationId: z.uuid().optional(),
  state: z.enum(["ok", "low", "out"]).optional(),
  reserved: z.enum(["true"]).optional().openapi({ description: "Only where something is reserved." }),
  expiringWithinDays: days.optional().openapi({ description: "Only with stock of a lot that expires by then." }),
  sort: z
    .enum(stockSorts)
    .default("product")
    .openapi({ description: "`expiry`: what expires soonest first, what has no date last." }),
});

const columns: Readonly<Record<string, (row: StockRow) => Cell>> = {
  sku: ({ sku }) => ({ text: sku }),
  name: ({ name }) => ({ text: name }),
  location: ({ locationCode }) => ({ text: locationCode }),
  on_hand: ({ onHand }) => ({ decimal: onHand }),
  reserved: ({ reserved }) => ({ decimal: reserved }),
  available: ({ available }) => ({ decimal: available }),
  incoming: ({ incoming }) => ({ decimal: incoming }),
  reorder_point: ({ reorderPoint }) => ({ decimal: reorderPoint }),
  maximum: ({ maximum }) => ({ decimal: maximum }),
  state: ({ state }) => ({ text: state }),
  next_expiry: ({ nextExpiry }) => ({ text: nextExpiry }),
};

const limitsRoute = createRoute({
  method: "put",
  path: "/v1/stock/limits",
  tags: [tag],
  summary: "Set reorder point and maximum of a product at a location",
  security: bearer,
  middleware: [authorise("stock:write")] as const,
  request: {
    body: jsonBody(
      z.strictObject({
        productId: z.uuid(),
        locationId: z.uuid(),
        reorderPoint: quantity.nullable().openapi(orNull),
        maximum: quantity.nullable().openapi(orNull),
      }),
    ),
  },
  responses: {
    200: jsonAnswer(stockSchema, "The level."),
    ...problemResponses(400, 401, 403, 404, 415, 422, 429),
  },
});

const summarySchema = z
  .object({
    levels: z.int(),
    low: z.int().openapi({ description: "At or below the reorder point, with something free." }),
    out: z.int().openapi({ description: "With nothing free, where there was something or should be." }),
    expiring: z.int().openapi({ description: "Levels with stock of a lot that expires within `alerts.expiringDays`." }),
    reservedLines: z.int(),
    worth: z
      .array(z.object({ currency: z.string(), amount: decimalText }))
      .openapi({ description: "What is on hand at the products' costs as they are now." }),
  })
  .openapi("StockSummary");

const summaryRoute = createRoute({
  method: "get",
  path: "/v1/stock/summary",
  tags: [tag],
  summary: "How much there is of what the filters show",
  security: bearer,
  middleware: [authorise("stock:read")] as const,
  request: { query: z.object({ locationId: z.uuid().optional() }) },
  responses: { 200: jsonAnswer(summarySchema, "The figures."), ...problemResponses(400, 401, 403, 429) },
});

export function registerLevelRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const show = (row: StockRow) => shown(row, foundation.store);
  const levels = { tag, permission: "stock:read", filter, item: stockSchema, keyOf: stockKey, show } as const;
  registerList<z.infer<typeof filter>, StockRow>(app, foundation, {
    ...levels,
    path: "/v1/stock",
    summary: "Stock by product and location",
    fetch: listStock,
    csv: { name: "stock", columns },
  });
  registerList<z.infer<typeof filter>, StockRow>(app, foundation, {
    ...levels,
    path: "/v1/stock/low",
    summary: "Stock that is low or out",
    description: "At or below its reorder point, or with nothing free where there was something.",
    fetch: (tx, wanted, after, limit) => listStock(tx, { ...wanted, onlyLow: true }, after, limit),
    csv: { name: "low-stock", columns },
  });

  app.openapi(summaryRoute, async (c) => {
    const { locationId = null } = c.req.valid("query");
    const within = await foundation.settings.get(expiringDays);
    const summary = await foundation.database.readAs(c.get("principal"), (tx) =>
      summariseStock(tx, locationId, within),
    );
    if (summary === null) throw new Error("a summary of stock has one row");
    return c.json(summary, 200);
  });

  app.openapi(limitsRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(
      c,
      foundation,
      given,
      async (tx) => {
        await setStockLimits(tx, given.productId, given.locationId, given);
        const [level] = await listStock(tx, { productId: given.productId, locationId: given.locationId }, null, 1);
        if (level === undefined) throw problems.NOT_FOUND("There is no such product.");
        return show(level);
      },
      { status: 200 },
    );
  });
}

function shown({ thumbnailKey, ...row }: StockRow, store: Pick<ObjectStore, "url">) {
  return { ...row, thumbnailUrl: thumbnailKey === null ? null : store.url(thumbnailKey) };
}
