import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import { imageSchema, imageWithHistorySchema } from "../schemas.ts";
import { historyView, imageView } from "./image-view.ts";
import { photosMax } from "./order.ts";
import {
  deleteProductImage,
  describeImage,
  findImage,
  listImageHistory,
  listImages,
  reorderProductImages,
} from "./queries.ts";
import { requireProductOfImage } from "./service.ts";

const imagesSchema = z.object({ images: z.array(imageSchema) });
const idParam = z.object({ id: z.uuid() });
const altMax = 1000;

const reorderRoute = createRoute({
  method: "patch",
  path: "/v1/products/{id}/images/order",
  tags: ["Photos"],
  summary: "Put the photos in another order",
  description: "`ids` names each photo of the product once. The first one is the main photo.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: { params: idParam, body: jsonBody(z.strictObject({ ids: z.array(z.uuid()).max(photosMax) })) },
  responses: {
    200: jsonAnswer(imagesSchema, "All photos in order."),
    ...problemResponses(400, 401, 403, 404, 409, 429),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/images/{id}",
  tags: ["Photos"],
  summary: "One photo: its state, its job and what happened to it",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  request: { params: idParam },
  responses: {
    200: jsonAnswer(imageWithHistorySchema, "The photo with its history, oldest first."),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/images/{id}",
  tags: ["Photos"],
  summary: "Describe a photo: text for those who cannot see it, and the point that matters in it",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: {
    params: idParam,
    body: jsonBody(
      z
        .strictObject({
          alt: z.string().max(altMax),
          focalX: z.number().min(0).max(1),
          focalY: z.number().min(0).max(1),
        })
        .partial(),
    ),
  },
  responses: { 200: jsonAnswer(imageSchema, "The photo."), ...problemResponses(400, 401, 403, 404, 429) },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/images/{id}",
  tags: ["Photos"],
  summary: "Remove a photo, its thumbnails and its original",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: { params: idParam },
  responses: {
    200: jsonAnswer(imagesSchema, "The photos that the product has now."),
    ...problemResponses(400, 401, 403, 404, 409, 429),
  },
});

/** Photos of products: append, replace, reorder, describe, remove, read. */
export function registerPhotoRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store } = foundation;

  app.openapi(reorderRoute, async (c) => {
    const productId = c.req.valid("param").id;
    const { ids } = c.req.valid("json");
    return idempotent(c, foundation, { ids }, async (tx) => {
      await reorderProductImages(tx, productId, ids).catch(rethrowAsProblem);
      const images = await listImages(tx, productId);
      return { status: 200, body: { images: images.map((each) => imageView(each, store)) } };
    });
  });

  app.openapi(readRoute, async (c) => {
    const imageId = c.req.valid("param").id;
    const found = await database.readAs(c.get("principal"), async (tx) => {
      const image = await findImage(tx, imageId);
      return image === null ? null : { image, history: await listImageHistory(tx, imageId) };
    });
    if (found === null) throw problems.NOT_FOUND("No photo has this id.");
    const view = imageView(found.image, store);
    return c.json({ ...view, attempts: view.job?.attempts ?? 0, history: found.history.map(historyView) }, 200);
  });

  app.openapi(changeRoute, async (c) => {
    const imageId = c.req.valid("param").id;
    const change = c.req.valid("json");
    return idempotent(c, foundation, change, async (tx) => {
      await describeImage(tx, imageId, change).catch(rethrowAsProblem);
      const image = await findImage(tx, imageId);
      if (image === null) throw problems.NOT_FOUND("No photo has this id.");
      return { status: 200, body: imageView(image, store) };
    });
  });

  app.openapi(deleteRoute, async (c) => {
    const imageId = c.req.valid("param").id;
    return idempotent(c, foundation, {}, async (tx) => {
      const productId = await requireProductOfImage(tx, imageId);
      await deleteProductImage(tx, imageId).catch(rethrowAsProblem);
      const images = await listImages(tx, productId);
      return { status: 200, body: { images: images.map((each) => imageView(each, store)) } };
    });
  });
}
