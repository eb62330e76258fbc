import { expect, vi } from "vitest";
import { type BodegaClient, type Product, UploadQueue } from "../../sdk/index.ts";
import { patienceMs } from "./office.ts";
import type { Photo } from "./photos.ts";

export interface NewShelfItem {
  readonly name: string;
  readonly photos?: readonly Photo[];
  readonly supplierId?: string;
}

/** Puts a product with its photos into the shop, as a program would; resolves once the server has all of it. */
export async function addProduct(api: BodegaClient, { name, photos = [], supplierId }: NewShelfItem): Promise<Product> {
  const sku = `e2e-${crypto.randomUUID()}`;
  const product = await api.products.create({
    sku,
    name,
    price: "12.50",
    currency: "ARS",
    ...(supplierId && { supplierId }),
  });
  for (const photo of photos) await addPhoto(api, product.id, photo);
  return product;
}

/** Answers the photo's id. */
export async function addPhoto(
  api: BodegaClient,
  productId: string,
  { name, mimeType, buffer }: Photo,
): Promise<string> {
  const uploads = new UploadQueue({ client: api });
  const file = new File([new Uint8Array(buffer)], name, { type: mimeType });
  await uploads.add([{ file, fileName: name, target: { productId } }]);
  await uploads.idle();
  const [upload] = uploads.uploads();
  uploads.close();
  if (upload?.imageId == null) throw new Error(`${name} was not taken: ${upload?.error?.code ?? "nobody says why"}`);
  return upload.imageId;
}

/** Waits until the product's main photo is in `state`; answers the product as it is then. */
export async function untilPhoto(
  api: BodegaClient,
  productId: string,
  state: "ready" | "skipped" | "failed" = "ready",
) {
  const read = async () => {
    const { product } = await api.products.read(productId);
    expect(product.images[0]?.thumbnailState).toBe(state);
    return product;
  };
  return vi.waitFor(read, { timeout: patienceMs, interval: 150 });
}

/** All products whose name matches, up to 200. */
export async function productsNamed(api: BodegaClient, pattern: RegExp): Promise<readonly Product[]> {
  const { items } = await api.products.list({ limit: 200 });
  return items.filter(({ name }) => pattern.test(name));
}
