import type { Foundation } from "../../foundation/foundation.ts";
import { lifecycleOf, lifecycleWarning } from "./model-lifecycle.ts";
import type { ImageProvider } from "./provider.ts";
import { chosenProviders, providersOf } from "./provider-choice.ts";

/**
 * Opens an incident for every model in use whose provider turns it off soon, or has, and resolves those of models that
 * are not in use any more. For a daily schedule; answers how many models are ending. `now`: for tests.
 */
export async function warnOfEndingModels(foundation: Foundation, now: Date = new Date()): Promise<number> {
  const { first, fallback } = await chosenProviders(foundation);
  const used = [first, fallback].filter((provider) => provider !== null);
  let ending = 0;
  for (const provider of Object.values(providersOf(foundation.config.imageProviders))) {
    const isUsed = used.some(({ name }) => name === provider.name);
    if (await tellOfEnd(foundation, provider, isUsed, now)) ending += 1;
  }
  return ending;
}

async function tellOfEnd(
  { incidents, database: { db } }: Foundation,
  { name, model }: ImageProvider,
  isUsed: boolean,
  now: Date,
): Promise<boolean> {
  const key = `image-model:${name}`;
  const lifecycle = lifecycleOf(model, now);
  if (!isUsed || (lifecycle !== "ending" && lifecycle !== "retired")) {
    await incidents.resolve(db, key);
    return false;
  }
  await incidents.open(db, {
    key,
    kind: "image_model_ending",
    severity: lifecycle === "retired" ? "critical" : "warning",
    title: lifecycleWarning(model, now) ?? `${model.id} ends`,
    evidence: { provider: name, model: model.id, endsOn: model.endsOn, replacement: model.replacement },
  });
  return true;
}
