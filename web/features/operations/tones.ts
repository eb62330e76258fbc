import type { Tone } from "../../shared/page/chip.tsx";
import type { JobState } from "./filters.ts";
import type { Breaker, TroubledState } from "./queries.ts";

export const healthTones = { ok: "good", degraded: "warning", failing: "bad" } as const satisfies Record<string, Tone>;

export const jobTones: Readonly<Record<JobState, Tone>> = {
  waiting: "neutral",
  scheduled: "neutral",
  retrying: "warning",
  running: "info",
  dead: "bad",
};

export const runTones = {
  running: "info",
  done: "good",
  failed: "bad",
  skipped: "neutral",
} as const satisfies Record<string, Tone>;

export const breakerTones: Readonly<Record<Breaker["state"], Tone>> = {
  closed: "good",
  half_open: "info",
  open: "bad",
};

export const severityTones = { critical: "bad", warning: "warning", info: "info" } as const satisfies Record<
  string,
  Tone
>;

export const photoTones: Readonly<Record<TroubledState, Tone>> = {
  failed: "bad",
  partial: "warning",
  retry_scheduled: "warning",
  skipped: "neutral",
};
