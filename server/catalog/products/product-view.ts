import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import { imageView } from "../photos/image-view.ts";
import type { Product } from "../schemas.ts";
import type { ProductRow } from "./queries.ts";

/** A product as the API shows it. */
export function productView(product: ProductRow, store: Pick<ObjectStore, "url">): Product {
  return {
    id: product.id,
    supplierId: product.supplierId,
    sku: product.sku,
    gtin: product.gtin,
    name: product.name,
    description: product.description,
    category: product.category,
    unit: product.unit,
    price: product.price,
    cost: product.cost,
    currency: product.currency,
    minimumPurchase: product.minimumPurchase,
    isActive: product.isActive,
    deletionStatus: product.deletionStatus,
    images: product.images.map((image) => imageView(image, store)),
    imagesRevision: product.imagesRevision,
    createdAt: new Date(product.createdAt).toISOString(),
    updatedAt: new Date(product.updatedAt).toISOString(),
  };
}

/** Changes with the product's own fields and with its photos. */
export const productEtag = (product: { readonly version: number; readonly imagesRevision: number }): string =>
  `"${product.version}.${product.imagesRevision}"`;

/** Whether a tag is of the product's present fields, whatever became of its photos since: thumbnails come by themselves. */
export const isEtagOfVersion = (tag: string, version: number): boolean => tag.startsWith(`"${version}.`);
