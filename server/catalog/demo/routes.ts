import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { demoProducts } from "./demo-catalogue.ts";
import { closeDemoShop, countDemoProducts, deleteDemoProducts, findDemoShop } from "./queries.ts";

const demoSchema = z
  .object({
    state: z
      .enum(["none", "seeding", "ready", "declined", "removed"])
      .openapi({ description: "`seeding`: products are being made; `declined`: there never was a demo shop." }),
    products: z.int().openapi({ description: "Demo products that are in the catalogue now." }),
    total: z.int().openapi({ description: "How many there will be when all are made." }),
  })
  .openapi("DemoShop");

const readRoute = createRoute({
  method: "get",
  path: "/v1/demo",
  tags: ["Demo shop"],
  summary: "Whether this is a demo shop",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  responses: { 200: jsonAnswer(demoSchema, "The demo shop."), ...problemResponses(401, 403, 429) },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/v1/demo",
  tags: ["Demo shop"],
  summary: "Remove the demo shop",
  description:
    "Deletes every product that the demo shop made, those too that somebody changed since. Products that people made " +
    "stay. It does not come back.",
  security: bearer,
  middleware: [authorise("operations:manage")] as const,
  responses: {
    200: jsonAnswer(z.object({ removed: z.int() }), "How many products were deleted."),
    ...problemResponses(401, 403, 409, 429),
  },
});

export function registerDemoRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database } = foundation;

  app.openapi(readRoute, async (c) => {
    const shop = await findDemoShop(database.db);
    const products = await countDemoProducts(database.db);
    return c.json({ state: shop?.state ?? ("none" as const), products, total: demoProducts("es").length }, 200);
  });

  app.openapi(removeRoute, async (c) =>
    idempotent(
      c,
      foundation,
      {},
      async (tx) => {
        // First, so that none is made after those that there are now were deleted.
        await closeDemoShop(tx);
        return { status: 200, body: { removed: await deleteDemoProducts(tx) } };
      },
      { as: "service" },
    ),
  );
}
