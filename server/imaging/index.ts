/** Bytes in, bytes out: what a file is, and the thumbnails of a photo. No database, no network, nothing of ours. */
export { configureImaging } from "./configure.ts";
export { type DerivedImages, deriveVariants } from "./derive.ts";
export { ImageError } from "./image-error.ts";
export { type InspectedImage, inspectImage } from "./inspect.ts";
export { sniffImageType } from "./magic-bytes.ts";
export { thumbnailSignature } from "./signature.ts";
export { recipeVersion, type VariantBox, type VariantName, variants } from "./variants.ts";
