import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../../foundation/foundation.ts";
import { authorise } from "../../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../../../foundation/http/openapi.ts";
import { shopCurrency } from "../../settings.ts";
import { listCategories, listSupplierIds } from "./queries.ts";

const facetsRoute = createRoute({
  method: "get",
  path: "/v1/products/facets",
  tags: ["Products"],
  summary: "What the list of products can be narrowed by",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  responses: {
    200: jsonAnswer(
      z
        .object({ categories: z.array(z.string()), supplierIds: z.array(z.uuid()), shopCurrency: z.string() })
        .openapi("ProductFacets"),
      "Those that occur among the products that the caller can see, in order; 500 of each at most. And the currency of a " +
        "new product that names none.",
    ),
    ...problemResponses(401, 403, 429),
  },
});

export function registerProductFacetRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openapi(facetsRoute, async (c) => {
    const { database, settings } = foundation;
    const facets = await database.readAs(c.get("principal"), async (tx) => ({
      categories: [...(await listCategories(tx))],
      supplierIds: [...(await listSupplierIds(tx))],
    }));
    return c.json({ ...facets, shopCurrency: await settings.get(shopCurrency) }, 200);
  });
}
