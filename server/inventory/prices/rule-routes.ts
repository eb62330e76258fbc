import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { answerOnce } from "../answer-once.ts";
import { decimalText, money, percent, text, time } from "../schemas.ts";
import { listMarginRules, listRoundingRules, setMarginRule, setRoundingRule } from "./queries.ts";

const tags = ["Prices"];

const marginRuleSchema = z
  .object({
    category: z.string().openapi({ description: "Empty: every category without a rule of its own." }),
    minimumPercent: decimalText,
    suggestedPercent: decimalText,
    updatedBy: z.string(),
    updatedAt: time,
  })
  .openapi("MarginRule");

const roundingRuleSchema = z
  .object({
    currency: z.string(),
    step: decimalText,
    mode: z.enum(["nearest", "up", "down"]),
    updatedBy: z.string(),
    updatedAt: time,
  })
  .openapi("RoundingRule");

const rulesSchema = z.object({ margins: z.array(marginRuleSchema), rounding: z.array(roundingRuleSchema) });

const readRoute = createRoute({
  method: "get",
  path: "/v1/prices/rules",
  tags,
  summary: "Margins by category, rounding by currency",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  responses: { 200: jsonAnswer(rulesSchema, "The rules."), ...problemResponses(401, 403, 429) },
});

const refusals = problemResponses(400, 401, 403, 415, 422, 429);

const marginRoute = createRoute({
  method: "put",
  path: "/v1/prices/rules/margin",
  tags,
  summary: "Set the minimum and the suggested margin of a category",
  security: bearer,
  middleware: [authorise("prices:write")] as const,
  request: {
    body: jsonBody(
      z
        .strictObject({ category: text.trim().max(100), minimumPercent: percent, suggestedPercent: percent })
        .refine((rule) => Number(rule.suggestedPercent) >= Number(rule.minimumPercent), {
          path: ["suggestedPercent"],
          message: "must not be below the minimum",
        })
        .refine((rule) => Number(rule.minimumPercent) > -100, {
          path: ["minimumPercent"],
          message: "must be more than -100",
        }),
    ),
  },
  responses: { 200: jsonAnswer(rulesSchema, "All rules."), ...refusals },
});

const roundingRoute = createRoute({
  method: "put",
  path: "/v1/prices/rules/rounding",
  tags,
  summary: "Set how prices of a currency are rounded",
  security: bearer,
  middleware: [authorise("prices:write")] as const,
  request: {
    body: jsonBody(
      z.strictObject({
        currency: z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 code such as ARS"),
        step: money.refine((value) => value !== "0", "must be more than 0"),
        mode: z.enum(["nearest", "up", "down"]),
      }),
    ),
  },
  responses: { 200: jsonAnswer(rulesSchema, "All rules."), ...refusals },
});

export function registerPriceRuleRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database } = foundation;
  const rulesOf = async (tx: Parameters<typeof listMarginRules>[0]) => ({
    margins: [...(await listMarginRules(tx))],
    rounding: [...(await listRoundingRules(tx))],
  });

  app.openapi(readRoute, async (c) => c.json(await database.readAs(c.get("principal"), rulesOf), 200));

  app.openapi(marginRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(
      c,
      foundation,
      given,
      async (tx) => {
        await setMarginRule(tx, given.category, given.minimumPercent, given.suggestedPercent);
        return rulesOf(tx);
      },
      { status: 200 },
    );
  });

  app.openapi(roundingRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(
      c,
      foundation,
      given,
      async (tx) => {
        await setRoundingRule(tx, given.currency, given.step, given.mode);
        return rulesOf(tx);
      },
      { status: 200 },
    );
  });
}
