export { generateImage } from "./generate-image.ts";
export type * from "./image-request.ts";
export { isChildUploadRestricted } from "./region.ts";
export { gatewaySettings } from "./settings.ts";
export { parseImageSize } from "./sizes.ts";
