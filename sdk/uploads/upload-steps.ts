import type { BodegaClient } from "../client/client.ts";
import type { ProductImage } from "../model.ts";
import { type SendForm, sendPhoto } from "./send-photo.ts";
import { sha256Of } from "./sha256.ts";
import type { StoredUpload, Upload, UploadTarget } from "./upload.ts";

export interface UploadStepsOptions {
  readonly client: Pick<BodegaClient, "baseUrl" | "products" | "tokens">;
  readonly send?: SendForm;
}

/** What an upload consists of. Each step may be repeated at will: the keys are the upload's own. */
export class UploadSteps {
  readonly #options: UploadStepsOptions;

  constructor(options: UploadStepsOptions) {
    this.#options = options;
  }

  /** The SHA-256 of the file. Rejects when it cannot be read any more. */
  async hash({ file }: StoredUpload): Promise<string> {
    if (file === null) throw new DOMException("the file is not there any more", "NotFoundError");
    return sha256Of(file);
  }

  /** The id of the product, which is made where the target asks for one. */
  async product({ upload, target, productKey }: StoredUpload, signal: AbortSignal): Promise<string> {
    if (upload.productId !== null) return upload.productId;
    if ("productId" in target) return target.productId;
    const product = await this.#options.client.products.create(target.product, { idempotencyKey: productKey, signal });
    return product.id;
  }

  /** The photo, as the server has it once it is safe. */
  async photo(
    { alt, file, photoKey, upload }: StoredUpload,
    productId: string,
    signal: AbortSignal,
    onProgress: (sentBytes: number) => void,
  ): Promise<ProductImage> {
    if (file === null) throw new DOMException("the file is not there any more", "NotFoundError");
    const { client, send } = this.#options;
    const request = {
      address: `${client.baseUrl}/v1/products/${productId}/images`,
      file,
      fileName: upload.fileName,
      alt,
      idempotencyKey: photoKey,
      token: await client.tokens.token(),
      signal,
      onProgress,
    };
    return sendPhoto(request, client.tokens, send);
  }

  /**
   * After a cancellation: whether the photo is there all the same, by its bytes; if not, the product that was made for it
   * is removed. A product whose making was under way is found by the same key.
   */
  async undo(stored: StoredUpload): Promise<Partial<Upload>> {
    const { upload, target } = stored;
    if (upload.sha256 === null || upload.attempts === 0) return {};
    const { products } = this.#options.client;
    const productId = await this.product(stored, AbortSignal.timeout(10_000));
    const { product } = await products.read(productId);
    const image = product.images.find(({ sha256 }) => sha256 === upload.sha256);
    if (image !== undefined) {
      return { status: "done", productId, imageId: image.id, sentBytes: upload.sizeBytes, wasCancelledTooLate: true };
    }
    if ("product" in target) await products.remove(productId);
    return { productId: "product" in target ? null : productId };
  }
}

/** Whether two uploads of one file would be a repetition: onto one product, or each as a product of its own. */
export function isSameTarget(one: UploadTarget, other: UploadTarget): boolean {
  if ("productId" in one) return "productId" in other && one.productId === other.productId;
  return "product" in other;
}
