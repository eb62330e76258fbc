/** Who makes pictures: providers behind one door, each wish fulfilled and paid once (docs/stories.md, *Providers*). */
export { warnOfEndingModels } from "./ending-models.ts";
export { gatewayFacts } from "./gateway-facts.ts";
export { generateImage } from "./generate-image.ts";
export type * from "./image-request.ts";
export { chosenProviders } from "./provider-choice.ts";
export { isChildUploadRestricted } from "./region.ts";
export { gatewaySettings } from "./settings.ts";
export { parseImageSize } from "./sizes.ts";
export { strandedFlights } from "./stranded-flights.ts";
