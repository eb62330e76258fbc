import type { Foundation } from "../../foundation/foundation.ts";
import { Breakers } from "../../foundation/resilience/breakers.ts";
import type { Verdict } from "./classification.ts";

/** Every call to a provider, by how it ended; `skipped` is one that was not made (breaker, no place, no key). */
export type CallOutcome = Verdict | "cancelled" | "skipped";

export interface GatewayMetrics {
  readonly called: (provider: string, outcome: CallOutcome, latencyMs: number | null) => void;
  readonly fellBack: (from: string, reason: string) => void;
}

const callSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 25, 30, 40, 55];
const stateValues = { closed: 0, half_open: 0.5, open: 1 } as const;

export function gatewayMetrics({ metrics, database }: Pick<Foundation, "metrics" | "database">): GatewayMetrics {
  const requests = metrics.counter("bodega_image_requests_total", "Calls to picture providers, by how they ended.", [
    "provider",
    "outcome",
  ]);
  const latency = metrics.histogram(
    "bodega_image_request_duration_seconds",
    "How long a call to a picture provider took.",
    ["provider"],
    callSeconds,
  );
  const fallbacks = metrics.counter(
    "bodega_image_fallbacks_total",
    "Pictures for which the fallback was asked, by why.",
    ["from", "reason"],
  );
  const blocks = metrics.counter("bodega_image_policy_blocks_total", "Pictures that a provider refused to make.", [
    "provider",
  ]);
  const breakers = new Breakers({ database });
  metrics.gauge("bodega_breaker_state", "0 closed, 1 open, 0.5 while one call probes.", ["breaker"], async (gauge) => {
    for (const { name, state } of await breakers.list()) gauge.set({ breaker: name }, stateValues[state]);
  });
  return {
    called: (provider, outcome, latencyMs) => {
      requests.inc({ provider, outcome });
      if (latencyMs !== null) latency.observe({ provider }, latencyMs / 1_000);
      if (outcome === "policy") blocks.inc({ provider });
    },
    fellBack: (from, reason) => fallbacks.inc({ from, reason }),
  };
}
