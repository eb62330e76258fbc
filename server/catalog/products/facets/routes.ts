import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../../foundation/foundation.ts";
import { authorise } from "../../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../../../foundation/http/openapi.ts";
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
      z.object({ categories: z.array(z.string()), supplierIds: z.array(z.uuid()) }).openapi("ProductFacets"),
      "Those that occur among the products that the caller can see, in order; 500 of each at most.",
    ),
    ...problemResponses(401, 403, 429),
  },
});

export function registerProductFacetRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openapi(facetsRoute, async (c) => {
    const facets = await foundation.database.readAs(c.get("principal"), async (tx) => ({
      categories: [...(await listCategories(tx))],
      supplierIds: [...(await listSupplierIds(tx))],
    }));
    return c.json(facets, 200);
  });
}
