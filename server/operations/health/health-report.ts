import type { Foundation } from "../../foundation/foundation.ts";
import type { Component, ComponentState, Finding } from "./components.ts";

export interface ExaminedComponent extends Finding {
  readonly name: string;
}

export interface HealthReport {
  /** The worst of its components'. */
  readonly state: ComponentState;
  /** 100: all is well; each component that fails takes its weight away, one that is degraded half of it. */
  readonly score: number;
  readonly checkedAt: Date;
  readonly components: readonly ExaminedComponent[];
}

const componentTimeoutMs = 5_000;

/** Asks every component at once, each for five seconds at most. Never throws: who cannot be asked is failing. */
export async function examineHealth(
  foundation: Foundation,
  components: readonly Component[],
  signal?: AbortSignal,
): Promise<HealthReport> {
  const examined = await Promise.all(components.map((component) => examine(foundation, component, signal)));
  const lost = components.reduce((total, component, index) => {
    const state = examined[index]?.state ?? "failing";
    return total + (state === "failing" ? component.weight : state === "degraded" ? component.weight / 2 : 0);
  }, 0);
  const worst = (["failing", "degraded"] as const).find((state) => examined.some((one) => one.state === state));
  return {
    state: worst ?? "ok",
    score: Math.max(0, Math.round(100 - lost)),
    checkedAt: new Date(),
    components: examined,
  };
}

async function examine(
  foundation: Foundation,
  component: Component,
  outer: AbortSignal | undefined,
): Promise<ExaminedComponent> {
  const limit = AbortSignal.timeout(componentTimeoutMs);
  const signal = outer === undefined ? limit : AbortSignal.any([limit, outer]);
  try {
    const finding = await Promise.race([component.examine(foundation, signal), rejectWhenAborted(signal)]);
    return { name: component.name, ...finding };
  } catch (error) {
    foundation.log.warn({ error, component: component.name }, "a component could not be examined");
    const summary = limit.aborted
      ? `It did not answer within ${componentTimeoutMs / 1000} seconds.`
      : "It could not be examined; the log says why.";
    return { name: component.name, state: "failing", summary, facts: {} };
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
