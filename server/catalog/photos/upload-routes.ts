import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { type IdempotentAnswer, idempotent } from "../../foundation/http/idempotency.ts";
import { type Multipart, readMultipart } from "../../foundation/http/multipart.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { findProduct } from "../products/queries.ts";
import { imageSchema } from "../schemas.ts";
import { imageView } from "./image-view.ts";
import { type PhotoOrder, photosMax, readPhotoOrder } from "./order.ts";
import { discardReceived, type ReceivedFile, receiveOriginal, type StoredOriginal } from "./original.ts";
import type { WantedImage } from "./queries.ts";
import { recordPhoto, recordReplacement, withStoredOriginals } from "./service.ts";

const idParam = z.object({ id: z.uuid() });
const altMax = 1000;
const orderBytesMax = 256 * 1024;

const fileField = z.any().openapi({ type: "string", format: "binary" });

const appendRoute = createRoute({
  method: "post",
  path: "/v1/products/{id}/images",
  tags: ["Photos"],
  summary: "Append one photo",
  description:
    "Once answered, the photo is safe: its thumbnails are made in the background, whatever happens to the caller. " +
    "Follow `product-images` at `/v1/events`, or `GET /v1/images/{id}`.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      content: {
        "multipart/form-data": { schema: z.object({ file: fileField, alt: z.string().max(altMax).optional() }) },
      },
    },
  },
  responses: {
    201: jsonAnswer(z.object({ image: imageSchema, images: z.array(imageSchema) }), "The photo, and all in order."),
    ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
  },
});

const replaceRoute = createRoute({
  method: "put",
  path: "/v1/products/{id}/images",
  tags: ["Photos"],
  summary: "Replace all photos at once",
  description:
    "`order` lists what the product shall have: photos that stay (`id`) and files sent along (`file`, the name of " +
    "their field). What is not named is removed. Thumbnails are kept where the main photo's bytes are the same.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: z
            .object({
              order: z.string().openapi({ example: '[{"file":"front"},{"id":"0195…"}]' }),
            })
            .catchall(fileField),
        },
      },
    },
  },
  responses: {
    200: jsonAnswer(z.object({ images: z.array(imageSchema) }), "All photos in order."),
    ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
  },
});

/**
 * The two routes that take files. They are registered by hand, since validation by schema would read whole bodies into
 * memory before the first byte is looked at.
 */
export function registerUploadRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openAPIRegistry.registerPath(appendRoute);
  app.openAPIRegistry.registerPath(replaceRoute);

  app.post("/v1/products/:id/images", authorise("catalog:write"), async (c) => {
    const productId = productIdOf(c);
    const { fields, files } = await receivePhotos(c, foundation, productId, 1);
    const alt = await orDiscard(files, () => readAlt(fields.get("alt")));
    await orDiscard(files, () => requireSingleFile(files));
    return record(c, foundation, productId, files, { alt }, async (tx, originals) => {
      const { image, images } = await recordPhoto(tx, productId, originalAt(originals, 0), alt);
      const view = imageView(image, foundation.store);
      const body = { image: view, images: images.map((each) => imageView(each, foundation.store)) };
      return { status: 201, body, headers: { location: `/v1/images/${image.id}` } };
    });
  });

  app.put("/v1/products/:id/images", authorise("catalog:write"), async (c) => {
    const productId = productIdOf(c);
    const { fields, files } = await receivePhotos(c, foundation, productId, photosMax);
    const names = files.map(({ field }) => field);
    const order = await orDiscard(files, () => readPhotoOrder(fields.get("order"), names));
    return record(c, foundation, productId, files, { order }, async (tx, originals) => {
      const images = await recordReplacement(tx, productId, wantedImages(order, names, originals));
      return { status: 200, body: { images: images.map((each) => imageView(each, foundation.store)) } };
    });
  });
}

type Received = Multipart<ReceivedFile>["files"];

function productIdOf(c: Context<HttpEnv>): string {
  // As the database writes it: keys of objects begin with it.
  const parsed = z.uuid().toLowerCase().safeParse(c.req.param("id"));
  if (!parsed.success) {
    throw problems.VALIDATION_FAILED({
      detail: "The address is not that of a product.",
      errors: [{ path: "id", message: "must be a UUID" }],
    });
  }
  return parsed.data;
}

/** Takes the files in, once it is clear that the caller can see a product to put them on. */
async function receivePhotos(
  c: Context<HttpEnv>,
  foundation: Foundation,
  productId: string,
  filesMax: number,
): Promise<Multipart<ReceivedFile>> {
  const product = await foundation.database.readAs(c.get("principal"), (tx) => findProduct(tx, productId));
  if (product === null || product.deletionStatus !== "active") throw problems.NOT_FOUND("No product has this id.");
  return readMultipart(
    c.req.raw,
    { filesMax, fieldsMax: 4, fieldBytesMax: orderBytesMax },
    ({ body }) => receiveOriginal(foundation, body),
    discardReceived,
  );
}

/** Stores the originals and records them in the caller's transaction, once for an `Idempotency-Key`. */
async function record(
  c: Context<HttpEnv>,
  foundation: Foundation,
  productId: string,
  files: Received,
  said: object,
  work: (tx: Executor, originals: readonly StoredOriginal[]) => Promise<IdempotentAnswer>,
): Promise<Response> {
  const received = files.map((file) => file.received);
  const fingerprint = { ...said, files: files.map(({ field, received: { sha256 } }) => ({ field, sha256 })) };
  return withStoredOriginals(foundation, productId, received, async (originals) => {
    const response = await idempotent(c, foundation, fingerprint, (tx) => work(tx, originals));
    return { result: response, isRecorded: response.headers.get("idempotency-replayed") === null };
  });
}

/** What fails after files were received takes them away from the disk. */
async function orDiscard<Value>(files: Received, read: () => Value): Promise<Value> {
  try {
    return read();
  } catch (error) {
    await Promise.all(files.map(({ received }) => discardReceived(received)));
    throw error;
  }
}

function readAlt(text = ""): string {
  if (text.length > altMax) throw problems.VALIDATION_FAILED(`The field alt may have ${altMax} characters at most.`);
  return text;
}

function requireSingleFile(files: Received): void {
  if (files.length === 1 && files[0]?.field === "file") return;
  throw problems.VALIDATION_FAILED({
    detail: "Send one photo in the field named file.",
    errors: [{ path: "file", message: "must be there once" }],
  });
}

function wantedImages(
  order: PhotoOrder,
  names: readonly string[],
  originals: readonly StoredOriginal[],
): readonly WantedImage[] {
  return order.map((entry) =>
    "id" in entry ? entry : { ...originalAt(originals, names.indexOf(entry.file)), alt: entry.alt ?? "" },
  );
}

function originalAt(originals: readonly StoredOriginal[], index: number): StoredOriginal {
  const original = originals[index];
  if (original === undefined) throw new Error("an original went missing between the store and its row");
  return original;
}
