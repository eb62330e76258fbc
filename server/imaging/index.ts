/** Bytes in, bytes out: what a file is, and the thumbnails of a photo. No database, no network, nothing of ours. */
export { configureImaging, type ImagingConfiguration } from "./configure.ts";
export {
  type DerivedImages,
  type DerivedVariant,
  type DeriveOptions,
  deriveVariants,
  type VariantFailure,
} from "./derive.ts";
export { ImageError, type ImageErrorCode } from "./image-error.ts";
export { defaultImageLimits, type ImageLimits, type InspectedImage, inspectImage } from "./inspect.ts";
export { type ImageMimeType, type ImageType, sniffedBytes, sniffImageType } from "./magic-bytes.ts";
export { isRecipeCurrent, thumbnailSignature } from "./signature.ts";
export { essentialVariant, recipeVersion, type VariantBox, type VariantName, variants } from "./variants.ts";
