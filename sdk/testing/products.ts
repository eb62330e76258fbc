import type { Product, ProductImage } from "../model.ts";

/** A product as the API shows it. */
export function productWith(images: ProductImage[], more: Partial<Product> = {}): Product {
  return {
    id: "product-1",
    supplierId: null,
    sku: "SKU-1",
    gtin: null,
    name: "Yerba",
    description: "",
    category: null,
    unit: "unit",
    price: "10.00",
    cost: null,
    currency: "ARS",
    minimumPurchase: "1",
    isActive: true,
    deletionStatus: "active",
    images,
    imagesRevision: 0,
    createdAt: "2025-12-31T00:00:00.000Z",
    updatedAt: "2025-12-31T00:00:00.000Z",
    ...more,
  };
}

/** A photo as the API shows it before it has thumbnails. */
export function imageOf(productId: string, more: Partial<ProductImage> = {}): ProductImage {
  return {
    id: "image-1",
    productId,
    position: 0,
    isMain: true,
    sha256: "0".repeat(64),
    mimeType: "image/jpeg",
    width: 1200,
    height: 900,
    sizeBytes: 100_000,
    url: "/media/original.jpg",
    alt: "",
    focalX: null,
    focalY: null,
    placeholder: null,
    thumbnails: null,
    thumbnailUrl: null,
    thumbnailState: "uploaded",
    thumbnailSignature: null,
    stateChangedAt: "2025-12-31T00:00:00.000Z",
    job: null,
    createdAt: "2025-12-31T00:00:00.000Z",
    updatedAt: "2025-12-31T00:00:00.000Z",
    ...more,
  };
}

export const allThumbnails = {
  minithumb: "/media/minithumb.jpg",
  mobile: "/media/mobile.jpg",
  tablet: "/media/tablet.jpg",
  desktop: "/media/desktop.jpg",
};
