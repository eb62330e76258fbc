import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { registerList } from "../list.ts";
import { date, decimalText } from "../schemas.ts";
import { expiringDays } from "../settings.ts";
import { registerLevelRoutes } from "./level-routes.ts";
import { type ExpiringRow, listExpiring, listSuggestions, type SuggestionRow } from "./queries.ts";

const tag = "Stock";

export function registerStockRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerLevelRoutes(app, foundation);
  registerExpiring(app, foundation);
  registerSuggestions(app, foundation);
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
