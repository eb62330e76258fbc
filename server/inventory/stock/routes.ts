import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce } from "../answer-once.ts";
import { type Cell, registerList } from "../list.ts";
import { date, decimalText, quantity } from "../schemas.ts";
import { expiringDays } from "../settings.ts";
import {
  type ExpiringRow,
  listExpiring,
  listStock,
  listSuggestions,
  type StockRow,
  type SuggestionRow,
  setStockLimits,
} from "./queries.ts";

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

const filter = z.object({
  query: z.string().max(200).optional().openapi({ description: "Words in name, sku and gtin." }),
  category: z.string().max(100).optional(),
  productId: z.uuid().optional(),
  locationId: z.uuid().optional(),
  state: z.enum(["ok", "low", "out"]).optional(),
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
        reorderPoint: quantity.nullable(),
        maximum: quantity.nullable(),
      }),
    ),
  },
  responses: {
    200: jsonAnswer(stockSchema, "The level."),
    ...problemResponses(400, 401, 403, 404, 415, 422, 429),
  },
});

export function registerStockRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const levels = { tag, permission: "stock:read", filter, item: stockSchema } as const;
  registerList<z.infer<typeof filter>, StockRow>(app, foundation, {
    ...levels,
    path: "/v1/stock",
    summary: "Stock by product and location",
    fetch: listStock,
    keyOf: ({ productId, locationId }) => [productId, locationId],
    csv: { name: "stock", columns },
  });
  registerList<z.infer<typeof filter>, StockRow>(app, foundation, {
    ...levels,
    path: "/v1/stock/low",
    summary: "Stock that is low or out",
    description: "At or below its reorder point, or with nothing free where there was something.",
    fetch: (tx, wanted, after, limit) => listStock(tx, { ...wanted, onlyLow: true }, after, limit),
    keyOf: ({ productId, locationId }) => [productId, locationId],
    csv: { name: "low-stock", columns },
  });
  registerExpiring(app, foundation);
  registerSuggestions(app, foundation);

  app.openapi(limitsRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(
      c,
      foundation,
      given,
      async (tx) => {
        await setStockLimits(tx, given.productId, given.locationId, given);
        const [level] = await listStock(tx, given, null, 1);
        if (level === undefined) throw problems.NOT_FOUND("There is no such product.");
        return level;
      },
      { status: 200 },
    );
  });
}

const expiringSchema = z
  .object({
    lotId: z.uuid(),
    lot: z.string(),
    expiresOn: date,
    daysLeft: z.int().openapi({ description: "In the shop's days; below 0: expired." }),
    productId: z.uuid(),
    sku: z.string(),
    name: z.string(),
    locationId: z.uuid(),
    locationCode: z.string(),
    onHand: decimalText,
  })
  .openapi("ExpiringLot");

const expiringFilter = z.object({
  days: z.coerce
    .number()
    .int()
    .min(0)
    .max(3650)
    .optional()
    .openapi({ description: "Within how many days; default: the setting `alerts.expiringDays`." }),
  productId: z.uuid().optional(),
  locationId: z.uuid().optional(),
});

function registerExpiring(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof expiringFilter>, ExpiringRow>(app, foundation, {
    path: "/v1/stock/expiring",
    tag,
    summary: "Lots that expire soon, or have",
    permission: "stock:read",
    filter: expiringFilter,
    item: expiringSchema,
    fetch: async (tx, wanted, after, limit) => {
      const days = wanted.days ?? (await foundation.settings.get(expiringDays));
      return listExpiring(tx, { ...wanted, days }, after, limit);
    },
    keyOf: ({ expiresOn, lotId }) => [expiresOn, lotId],
    csv: {
      name: "expiring",
      columns: {
        sku: ({ sku }) => ({ text: sku }),
        name: ({ name }) => ({ text: name }),
        location: ({ locationCode }) => ({ text: locationCode }),
        lot: ({ lot }) => ({ text: lot }),
        expires_on: ({ expiresOn }) => ({ text: expiresOn }),
        days_left: ({ daysLeft }) => ({ text: String(daysLeft) }),
        on_hand: ({ onHand }) => ({ decimal: onHand }),
      },
    },
  });
}

const suggestionSchema = z
  .object({
    supplierId: z.uuid().nullable(),
    productId: z.uuid(),
    sku: z.string(),
    name: z.string(),
    locationId: z.uuid(),
    locationCode: z.string(),
    available: decimalText,
    incoming: decimalText,
    reorderPoint: decimalText,
    maximum: decimalText.nullable(),
    suggested: decimalText,
    unitCost: decimalText.nullable(),
  })
  .openapi("ReorderSuggestion");

const suggestionFilter = z.object({ supplierId: z.uuid().optional(), locationId: z.uuid().optional() });

function registerSuggestions(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof suggestionFilter>, SuggestionRow>(app, foundation, {
    path: "/v1/stock/suggestions",
    tag,
    summary: "What to order, by supplier",
    description:
      "Where what is free and incoming is at or below the reorder point: as much as fills it to the maximum, or to twice " +
      "the reorder point.",
    permission: "stock:write",
    filter: suggestionFilter,
    item: suggestionSchema,
    fetch: listSuggestions,
    keyOf: ({ supplierId, productId, locationId }) => [supplierId ?? "", productId, locationId],
    csv: {
      name: "reorder-suggestions",
      columns: {
        supplier_id: ({ supplierId }) => ({ text: supplierId }),
        sku: ({ sku }) => ({ text: sku }),
        name: ({ name }) => ({ text: name }),
        location: ({ locationCode }) => ({ text: locationCode }),
        available: ({ available }) => ({ decimal: available }),
        incoming: ({ incoming }) => ({ decimal: incoming }),
        reorder_point: ({ reorderPoint }) => ({ decimal: reorderPoint }),
        suggested: ({ suggested }) => ({ decimal: suggested }),
        unit_cost: ({ unitCost }) => ({ decimal: unitCost }),
      },
    },
  });
}
