import type { Readable } from "node:stream";
import type { Foundation } from "../../foundation/foundation.ts";
import { findActiveProductsBySku } from "../products/queries.ts";
import { createProduct } from "../products/service.ts";
import { newProductSchema } from "../schemas.ts";
import { discardReceived, inspectReceived, receiveOriginal } from "./original.ts";
import { type PhotoProgress, progressOf } from "./progress.ts";
import { listImages } from "./queries.ts";
import { appendReceived } from "./service.ts";

export interface ImportedPhoto {
  readonly productId: string;
  /** False: the product had a photo of these very bytes, and was given no second one. */
  readonly isNew: boolean;
  readonly progress: PhotoProgress;
}

/**
 * Puts a photo on the product of `sku`, which is made when there is none. May be repeated: the same bytes are not
 * appended twice. A file that cannot be used leaves nothing behind, no empty product either.
 *
 * @throws Problem PAYLOAD_TOO_LARGE, UNSUPPORTED_IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS, INVALID_IMAGE, CONFLICT (the SKU is
 * that of a deleted product), VALIDATION_FAILED
 */
export async function importPhoto(
  foundation: Foundation,
  photo: { readonly sku: string; readonly name: string; readonly body: Readable },
): Promise<ImportedPhoto> {
  const file = await receiveOriginal(foundation, photo.body);
  try {
    await inspectReceived(foundation, file);
    const productId = await productOfSku(foundation, photo.sku, photo.name);
    const images = await listImages(foundation.database.db, productId);
    const present = images.find(({ sha256 }) => sha256 === file.sha256);
    if (present !== undefined) return { productId, isNew: false, progress: progressOf(present) };
    const image = await appendReceived(foundation, productId, file);
    return { productId, isNew: true, progress: progressOf(image) };
  } finally {
    await discardReceived(file);
  }
}

async function productOfSku({ database }: Foundation, sku: string, name: string): Promise<string> {
  const known = await findActiveProductsBySku(database.db, [sku]);
  const id = known.get(sku);
  if (id !== undefined) return id;
  const product = newProductSchema.parse({ sku, name });
  return (await database.transaction((tx) => createProduct(tx, product, null))).id;
}
