/** Who makes pictures: providers behind one door, each wish fulfilled and paid once (docs/stories.md, *Providers*). */
export { warnOfEndingModels } from "./ending-models.ts";
export { gatewayFacts } from "./gateway-facts.ts";
export { gatewayMetrics } from "./gateway-metrics.ts";
export { gatewaySettings } from "./settings.ts";
export { strandedFlights } from "./stranded-flights.ts";
