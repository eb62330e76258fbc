import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { answerOnce } from "../answer-once.ts";
import { decimalText, idParam, positiveQuantity, text, time } from "../schemas.ts";
import { measuredCodes } from "./measured-code.ts";
import { linkProductCode, listProductCodes, type ProductCodeRow, unlinkProductCode } from "./queries.ts";
import { scan } from "./scan.ts";

const tags = ["Scanned codes"];
const code = text.trim().min(1).max(100);

const scannedProduct = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    gtin: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    category: z.string().nullable(),
    price: decimalText,
    cost: decimalText.nullable(),
    currency: z.string(),
  })
  .openapi("ScannedProduct");

const scanSchema = z
  .object({
    code: z.string().openapi({ description: "As it was scanned." }),
    kind: z.enum(["gtin", "sku", "linked", "measured", "unknown"]).openapi({
      description: "How it was found; `measured`: a scale printed it, whether or not its product is known.",
    }),
    linkCode: z.string().openapi({ description: "What to link to a product so that scans like this one find it." }),
    product: scannedProduct.nullable().openapi({ description: "Null: no product has this code; create or link one." }),
    quantity: decimalText.nullable().openapi({
      description:
        "What one scan stands for: 1, a carton's content, what was weighed, or what the printed price buys. Null when a " +
        "price was printed and the product has none.",
    }),
    price: decimalText.nullable().openapi({ description: "What a scale printed to be paid." }),
  })
  .openapi("Scan");

const codesSchema = z
  .object({
    items: z.array(z.object({ code: z.string(), quantity: decimalText, createdBy: z.string(), createdAt: time })),
  })
  .openapi("ProductCodes");

const scanRoute = createRoute({
  method: "get",
  path: "/v1/scan",
  tags,
  summary: "What a scanned code stands for",
  description:
    "Whole: a product's GTIN (with or without leading zeros), its SKU (whatever the case; one that is written the same " +
    "comes first), or a code linked to it. EAN-13 codes that a scale printed (prefixes 20 to 29) are taken apart as the " +
    "setting `scanner.measuredCodes` says. An unknown code is an answer too, not an error.",
  security: bearer,
  middleware: [authorise("stock:read")] as const,
  request: { query: z.object({ code }) },
  responses: { 200: jsonAnswer(scanSchema, "What it stands for."), ...problemResponses(400, 401, 403, 429) },
});

const listRoute = createRoute({
  method: "get",
  path: "/v1/products/{id}/codes",
  tags,
  summary: "Codes linked to a product",
  security: bearer,
  middleware: [authorise("stock:read")] as const,
  request: { params: idParam },
  responses: { 200: jsonAnswer(codesSchema, "The codes."), ...problemResponses(400, 401, 403, 429) },
});

const linkRoute = createRoute({
  method: "post",
  path: "/v1/products/{id}/codes",
  tags,
  summary: "Link a code to a product",
  description:
    "`quantity`: how much one scan stands for, such as 12 for a carton of twelve. A code that is another product's is " +
    "refused with `CODE_TAKEN`.",
  security: bearer,
  middleware: [authorise("stock:write")] as const,
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ code, quantity: positiveQuantity.default("1") }).openapi("NewProductCode")),
  },
  responses: {
    201: jsonAnswer(codesSchema, "All codes of the product."),
    200: jsonAnswer(codesSchema, "Linked before, under this key."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const unlinkRoute = createRoute({
  method: "delete",
  path: "/v1/products/{id}/codes/{code}",
  tags,
  summary: "Take a code from a product",
  security: bearer,
  middleware: [authorise("stock:write")] as const,
  request: { params: idParam.extend({ code }) },
  responses: { 200: jsonAnswer(codesSchema, "Those left."), ...problemResponses(400, 401, 403, 404, 422, 429) },
});

export function registerCodeRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, settings } = foundation;

  app.openapi(scanRoute, async (c) => {
    const scanned = c.req.valid("query").code;
    const schemes = await settings.get(measuredCodes);
    return c.json(await database.readAs(c.get("principal"), (tx) => scan(tx, scanned, schemes)), 200);
  });

  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await database.readAs(c.get("principal"), (tx) => codesOf(tx, id)), 200);
  });

  app.openapi(linkRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx) => {
      await linkProductCode(tx, id, given.code, given.quantity);
      return codesOf(tx, id);
    });
  });

  app.openapi(unlinkRoute, (c) => {
    const { id, code: linked } = c.req.valid("param");
    const work = async (tx: Executor) => {
      await unlinkProductCode(tx, id, linked);
      return codesOf(tx, id);
    };
    return answerOnce(c, foundation, {}, work, { status: 200 });
  });
}

async function codesOf(tx: Executor, id: string): Promise<{ items: ProductCodeRow[] }> {
  return { items: [...(await listProductCodes(tx, id))] };
}
