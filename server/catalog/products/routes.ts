import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import { notModified, requireIfMatch } from "../../foundation/http/etag.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { imageStates, newProductSchema, productChangeSchema, productSchema, text } from "../schemas.ts";
import { isEtagOfVersion, productEtag, productView } from "./product-view.ts";
import { listProducts } from "./queries.ts";
import { changeProduct, createProduct, deleteProduct, requireProduct } from "./service.ts";

const idParam = z.object({ id: z.uuid() });
const cursorSchema = z.tuple([z.string().regex(/^\d{1,16}$/), z.uuid()]);

const listRoute = createRoute({
  method: "get",
  path: "/v1/products",
  tags: ["Products"],
  summary: "List and search products",
  description:
    "Newest first, each with its main photo. `query` looks for all its words in name, sku and gtin, accents ignored.",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  request: {
    query: z
      .object({
        query: text.max(200).optional(),
        category: text.max(100).optional(),
        supplierId: z.uuid().optional(),
        imageState: z
          .enum([...imageStates, "missing"])
          .optional()
          .openapi({ description: "State of the main photo; `missing`: there is none." }),
      })
      .extend(pageQuery.shape),
  },
  responses: {
    200: jsonAnswer(pageSchema(productSchema), "A page of products."),
    ...problemResponses(400, 401, 403, 429),
  },
});

const creationRoute = createRoute({
  method: "post",
  path: "/v1/products",
  tags: ["Products"],
  summary: "Create a product",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: { body: jsonBody(newProductSchema) },
  responses: {
    201: jsonAnswer(productSchema, "The product."),
    ...problemResponses(400, 401, 403, 409, 415, 422, 429),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/products/{id}",
  tags: ["Products"],
  summary: "One product with all its photos",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  request: { params: idParam },
  responses: {
    200: jsonAnswer(productSchema, "The product; `ETag` is what a change needs."),
    304: { description: "It is as `If-None-Match` says." },
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/products/{id}",
  tags: ["Products"],
  summary: "Change a product",
  description: "Needs `If-Match` with the ETag that was read, so that nobody overwrites what they have not seen.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: { params: idParam, body: jsonBody(productChangeSchema) },
  responses: {
    200: jsonAnswer(productSchema, "The product."),
    ...problemResponses(400, 401, 403, 404, 409, 412, 415, 422, 428, 429),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/products/{id}",
  tags: ["Products"],
  summary: "Delete a product",
  description: "It leaves the catalogue at once and is purged, with its photos, after the grace time.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: { params: idParam },
  responses: { 204: { description: "It is gone." }, ...problemResponses(400, 401, 403, 404, 429) },
});

export function registerProductRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store } = foundation;

  app.openapi(listRoute, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    const key = decodeCursor(cursorSchema, cursor);
    const after = key === null ? null : { createdAt: key[0], id: key[1] };
    const rows = await database.readAs(c.get("principal"), (tx) => listProducts(tx, filter, after, limit + 1));
    const page = pageOf(rows, limit, (last) => [last.cursor.createdAt, last.cursor.id]);
    return c.json({ ...page, items: page.items.map((product) => productView(product, store)) }, 200);
  });

  app.openapi(creationRoute, async (c) => {
    const product = c.req.valid("json");
    return idempotent(c, foundation, product, async (tx) => {
      const created = await createProduct(tx, product, c.get("principal"));
      const headers = { etag: productEtag(created), location: `/v1/products/${created.id}` };
      return { status: 201, body: productView(created, store), headers };
    });
  });

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    const product = await database.readAs(c.get("principal"), (tx) => requireProduct(tx, id));
    const etag = productEtag(product);
    if (notModified(c, etag) !== null) return c.body(null, 304, { etag });
    return c.json(productView(product, store), 200, { etag });
  });

  app.openapi(changeRoute, async (c) => {
    const { id } = c.req.valid("param");
    const change = c.req.valid("json");
    return idempotent(c, foundation, change, async (tx) => {
      const product = await changeProduct(tx, id, change, (present) =>
        requireIfMatch(c, productEtag(present), (tag) => isEtagOfVersion(tag, present.version)),
      );
      return { status: 200, body: productView(product, store), headers: { etag: productEtag(product) } };
    });
  });

  app.openapi(deleteRoute, async (c) => {
    const { id } = c.req.valid("param");
    return idempotent(c, foundation, {}, async (tx) => {
      await deleteProduct(tx, id);
      return { status: 204 };
    });
  });
}
