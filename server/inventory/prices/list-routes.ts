import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { registerList } from "../list.ts";
import { decimalText, time } from "../schemas.ts";
import { listPrices, type PriceRow, priceStates } from "./list-queries.ts";

const priceSchema = z
  .object({
    productId: z.uuid(),
    sku: z.string(),
    gtin: z.string().nullable(),
    name: z.string(),
    category: z.string().nullable(),
    unit: z.string(),
    currency: z.string(),
    cost: decimalText.nullable(),
    price: decimalText,
    marginPercent: decimalText.nullable().openapi({ description: "Of the price, in per cent of the cost." }),
    minimumPercent: decimalText.openapi({ description: "Of its category." }),
    suggestedPercent: decimalText,
    minimumPrice: decimalText.nullable(),
    suggestedPrice: decimalText.nullable(),
    state: z.enum(priceStates),
    changedAt: time.nullable().openapi({ description: "When its price was last set by cost and margin." }),
  })
  .openapi("ProductPrice");

const filter = z.object({
  query: z.string().max(200).optional().openapi({ description: "Words in name, sku and gtin." }),
  category: z.string().max(100).optional(),
  state: z.enum(priceStates).optional(),
});

export function registerPriceListRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, PriceRow>(app, foundation, {
    path: "/v1/prices",
    tag: "Prices",
    summary: "Prices and margins",
    description: "By name. `state` tells which are below the minimum, or the suggestion, of their category.",
    permission: "stock:reserve",
    filter,
    item: priceSchema,
    fetch: listPrices,
    keyOf: ({ name, productId }) => [name, productId],
    csv: {
      name: "prices",
      columns: {
        sku: ({ sku }) => ({ text: sku }),
        name: ({ name }) => ({ text: name }),
        category: ({ category }) => ({ text: category }),
        cost: ({ cost }) => ({ decimal: cost }),
        price: ({ price }) => ({ decimal: price }),
        currency: ({ currency }) => ({ text: currency }),
        margin_percent: ({ marginPercent }) => ({ decimal: marginPercent }),
        minimum_percent: ({ minimumPercent }) => ({ decimal: minimumPercent }),
        minimum_price: ({ minimumPrice }) => ({ decimal: minimumPrice }),
        suggested_price: ({ suggestedPrice }) => ({ decimal: suggestedPrice }),
        state: ({ state }) => ({ text: state }),
      },
    },
  });
}
