/** `@bodega/sdk/react`: hooks over TanStack Query, and `<ProductImage>`. */
export { englishLabels, type ProductImageLabels, spanishLabels } from "./labels.ts";
export { ProductImage, type ProductImageProps } from "./product-image.tsx";
export { productKeys, productQuery, productsOf, productsQuery } from "./product-queries.ts";
export { BodegaProvider, type BodegaProviderProps, useBodega } from "./provider.tsx";
export type { BodegaServices } from "./services.ts";
export type { ThumbnailDebugEntry, ThumbnailDebugInfo, ThumbnailDebugKind } from "./thumbnail-debug.ts";
export { type InViewportOptions, useInViewport } from "./use-in-viewport.ts";
export { useMutationKey } from "./use-mutation-key.ts";
export { type ProductFormHandle, useProductForm } from "./use-product-form.ts";
export { type QueryOptions, useProduct, useProductImages, useProducts } from "./use-products.ts";
export { useServerEvents, useStreamState } from "./use-server-events.ts";
export { type ThumbnailResult, useThumbnail, useThumbnailDebugInfo } from "./use-thumbnail.ts";
export { type UploadTotals, useUploadQueue } from "./use-upload-queue.ts";
