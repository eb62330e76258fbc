import type { ImageModel } from "./models.ts";

export type Lifecycle = "current" | "ending" | "retired" | "unknown";

const dayMs = 86_400_000;
/** How long before its end a model is warned of. */
const noticeDays = 60;

/** Days from `now` to the start (UTC) of the day on which the model is turned off; negative or 0 when it is off. */
export function daysUntilEnd(model: ImageModel, now: Date): number | null {
  if (model.endsOn === null) return null;
  return Math.ceil((Date.parse(`${model.endsOn}T00:00:00Z`) - now.getTime()) / dayMs);
}

export function lifecycleOf(model: ImageModel, now: Date): Lifecycle {
  if (!model.isKnown) return "unknown";
  const days = daysUntilEnd(model, now);
  if (days === null || days > noticeDays) return "current";
  return days > 0 ? "ending" : "retired";
}

/** One sentence for the operator; null when there is nothing to say. */
export function lifecycleWarning(model: ImageModel, now: Date): string | null {
  const instead = model.replacement === null ? "" : ` Set ${variableOf(model)}=${model.replacement}.`;
  switch (lifecycleOf(model, now)) {
    case "retired":
      return `${model.id} was turned off by its provider on ${model.endsOn}.${instead}`;
    case "ending":
      return `${model.id} is turned off by its provider on ${model.endsOn}.${instead}`;
    case "unknown":
      return `${model.id} is not a model that this version of Bodega knows; its sizes, price and end are guessed.`;
    case "current":
      return null;
  }
}

const variableOf = (model: ImageModel): string => `IMAGE_MODEL_ID_${model.provider.toUpperCase()}`;
