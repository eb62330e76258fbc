import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce } from "../answer-once.ts";
import { registerList } from "../list.ts";
import { decimalText, idParam, money, percent, time } from "../schemas.ts";
import { registerPriceListRoutes } from "./list-routes.ts";
import { applyPrice, listPriceChanges, type PriceChangeRow, suggestPrice } from "./queries.ts";
import { registerPriceRuleRoutes } from "./rule-routes.ts";

const tag = "Prices";

const changeSchema = z
  .object({
    id: z.uuid(),
    productId: z.uuid(),
    costBefore: decimalText.nullable(),
    cost: decimalText,
    priceBefore: decimalText,
    price: decimalText,
    currency: z.string(),
    marginPercent: decimalText.openapi({ description: "Of the rounded price, in per cent of the cost." }),
    createdBy: z.string(),
    createdAt: time,
  })
  .openapi("PriceChange");

const suggestionSchema = z
  .object({
    cost: decimalText.nullable(),
    currency: z.string(),
    price: decimalText.openapi({ description: "As it is now." }),
    marginPercent: decimalText.nullable().openapi({ description: "Of the price as it is now." }),
    minimumPercent: decimalText,
    suggestedPercent: decimalText,
    minimumPrice: decimalText.nullable(),
    suggestedPrice: decimalText.nullable(),
    preview: z
      .object({
        price: decimalText,
        marginPercent: decimalText.openapi({ description: "Of the rounded price." }),
        isBelowMinimum: z.boolean().openapi({ description: "It would be refused." }),
      })
      .nullable()
      .openapi({ description: "The very price that `POST …/price` would set with `marginPercent`." }),
  })
  .openapi("PriceSuggestion");

const priceRoute = createRoute({
  method: "post",
  path: "/v1/products/{id}/price",
  tags: [tag],
  summary: "Set a product's cost, and its price by the margin",
  description:
    "The margin is in per cent of the cost: 100 with 30 % costs 130. The price is rounded as its currency is. " +
    "`MARGIN_BELOW_MINIMUM` when the margin is below what the product's category must have.",
  security: bearer,
  middleware: [authorise("prices:write")] as const,
  request: {
    params: idParam,
    body: jsonBody(
      z.strictObject({
        cost: money.refine((value) => value !== "0", "must be more than 0"),
        marginPercent: percent.refine((value) => Number(value) > -100, "must be more than -100"),
      }),
    ),
  },
  responses: {
    200: jsonAnswer(changeSchema, "What was changed."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const suggestionRoute = createRoute({
  method: "get",
  path: "/v1/products/{id}/price-suggestion",
  tags: [tag],
  summary: "What the product's category suggests",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: { params: idParam, query: z.object({ cost: money.optional(), marginPercent: percent.optional() }) },
  responses: { 200: jsonAnswer(suggestionSchema, "The suggestion."), ...problemResponses(400, 401, 403, 404, 429) },
});

const filter = z.object({ productId: z.uuid().optional() });

export function registerPriceRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openapi(priceRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, (tx) => applyPrice(tx, id, given.cost, given.marginPercent), {
      status: 200,
    });
  });

  app.openapi(suggestionRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { cost = null, marginPercent = null } = c.req.valid("query");
    const suggestion = await foundation.database.readAs(c.get("principal"), (tx) =>
      suggestPrice(tx, id, cost, marginPercent),
    );
    if (suggestion === null) throw problems.NOT_FOUND("No product has this id.");
    return c.json(suggestion, 200);
  });

  registerList<z.infer<typeof filter>, PriceChangeRow>(app, foundation, {
    path: "/v1/prices/changes",
    tag,
    summary: "What prices were set, and from what",
    description: "Newest first; of one product with `productId`.",
    permission: "stock:reserve",
    filter,
    item: changeSchema,
    fetch: (tx, { productId }, after, limit) => listPriceChanges(tx, productId, after?.[0] ?? null, limit),
    keyOf: ({ id }) => [id],
    csv: {
      name: "price-changes",
      columns: {
        at: ({ createdAt }) => ({ text: createdAt }),
        product_id: ({ productId }) => ({ text: productId }),
        cost_before: ({ costBefore }) => ({ decimal: costBefore }),
        cost: ({ cost }) => ({ decimal: cost }),
        price_before: ({ priceBefore }) => ({ decimal: priceBefore }),
        price: ({ price }) => ({ decimal: price }),
        currency: ({ currency }) => ({ text: currency }),
        margin_percent: ({ marginPercent }) => ({ decimal: marginPercent }),
        user: ({ createdBy }) => ({ text: createdBy }),
      },
    },
  });

  registerPriceListRoutes(app, foundation);
  registerPriceRuleRoutes(app, foundation);
}
