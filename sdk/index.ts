/** `@bodega/sdk`: the typed client of Bodega, for browsers and Node. React lives in `@bodega/sdk/react`. */
export { BodegaError, type BodegaErrorDetail, type LocalErrorCode } from "./client/bodega-error.ts";
export { dataOf } from "./client/call.ts";
export { type BodegaClient, type CallOptions, type ClientOptions, createClient } from "./client/client.ts";
export type { Credentials, SessionState, SignedInUser } from "./client/cookie-session.ts";
export type { ImageDescription } from "./client/images-api.ts";
export { createMutationKey, type KeyStorage, type MutationKey, memoryKeyStorage } from "./client/mutation-key.ts";
export type { ReadProduct } from "./client/products-api.ts";
export { type CoalesceOptions, Coalescer } from "./events/coalesce.ts";
export {
  EventStream,
  type EventStreamOptions,
  type EventStreamTimes,
  type StreamedEvent,
  type StreamState,
} from "./events/event-stream.ts";
export {
  coalesceByProduct,
  coalesceMs,
  dispatchProductImagesReady,
  isProductImagesEvent,
  productImagesReady,
  productImagesTopic,
} from "./events/product-images.ts";
export {
  changeOf,
  openProductForm,
  type ProductForm,
  type ProductFormValues,
  productFormFields,
  rehydrate,
  setField,
  setImages,
} from "./forms/product-form.ts";
export { type ImageSources, type ImageSourcesOptions, imageSources, variantWidths } from "./images/image-sources.ts";
export {
  type KnownProduct,
  knownProduct,
  mergeEvent,
  mergeProduct,
  needsAnswer,
  productOf,
} from "./images/merge-product.ts";
export { type PhotoStatus, photoStatus } from "./images/photo-status.ts";
export { type Placeholder, placeholderOf } from "./images/placeholder.ts";
export type * from "./model.ts";
export {
  type ClientErrorReport,
  type ClientMetricReport,
  ClientReports,
  type ClientReportsOptions,
} from "./reports/client-reports.ts";
export type { components, paths } from "./schema.gen.ts";
export { sha256Of } from "./uploads/sha256.ts";
export {
  isOver,
  type NewUpload,
  type StoredUpload,
  type Upload,
  type UploadError,
  type UploadStatus,
  type UploadStore,
  type UploadTarget,
} from "./uploads/upload.ts";
export { UploadQueue, type UploadQueueOptions } from "./uploads/upload-queue.ts";
export { indexedDbUploadStore, memoryUploadStore } from "./uploads/upload-stores.ts";
