import type { Foundation } from "../../foundation/foundation.ts";
import { type BreakerRow, Breakers } from "../../foundation/resilience/breakers.ts";
import type { ProviderName } from "../types.ts";
import { breakerNameOf } from "./breaker-name.ts";
import { daysUntilEnd, type Lifecycle, lifecycleOf, lifecycleWarning } from "./model-lifecycle.ts";
import type { ImageProvider } from "./provider.ts";
import { chosenProviders, providersOf } from "./provider-choice.ts";
import { readMonthSpending } from "./queries.ts";
import { monthlyBudgetUsd } from "./settings.ts";

export interface ProviderFacts {
  readonly name: ProviderName;
  readonly use: "default" | "fallback" | null;
  /** Whether it has a key. */
  readonly isConfigured: boolean;
  readonly model: string;
  readonly lifecycle: Lifecycle;
  /** A day, `2026-12-01`. */
  readonly endsOn: string | null;
  readonly daysUntilEnd: number | null;
  readonly replacement: string | null;
  readonly warning: string | null;
  readonly callsAtOnceMax: number;
  /** Null: it was never asked. */
  readonly breaker: BreakerRow | null;
}

/** What an administrator wants to see of who makes the pictures. */
export interface GatewayFacts {
  readonly defaultProvider: ProviderName;
  readonly fallbackProvider: ProviderName | null;
  readonly providers: readonly ProviderFacts[];
  /** Decimal text, US dollars, since the month began in the shop's time zone. */
  readonly spentThisMonthUsd: string;
  readonly monthlyBudgetUsd: number | null;
}

export async function gatewayFacts(foundation: Foundation, now: Date = new Date()): Promise<GatewayFacts> {
  const { config, database, settings } = foundation;
  const { first, fallback } = await chosenProviders(foundation);
  const breakers = await new Breakers(foundation).list();
  const budget = await settings.get(monthlyBudgetUsd);
  const useOf = ({ name }: ImageProvider) =>
    name === first.name ? "default" : name === fallback?.name ? "fallback" : null;
  return {
    defaultProvider: first.name,
    fallbackProvider: fallback?.name ?? null,
    providers: Object.values(providersOf(config.imageProviders)).map((provider) => ({
      name: provider.name,
      use: useOf(provider),
      isConfigured: provider.isConfigured,
      model: provider.model.id,
      lifecycle: lifecycleOf(provider.model, now),
      endsOn: provider.model.endsOn,
      daysUntilEnd: daysUntilEnd(provider.model, now),
      replacement: provider.model.replacement,
      warning: lifecycleWarning(provider.model, now),
      callsAtOnceMax: provider.callsAtOnce,
      breaker: breakers.find(({ name }) => name === breakerNameOf(provider)) ?? null,
    })),
    spentThisMonthUsd: await readMonthSpending(database.db, config.shopTimeZone),
    monthlyBudgetUsd: budget === "none" ? null : budget,
  };
}
