import type { Metrics } from "../telemetry/metrics.ts";

export interface ScheduleMetrics {
  readonly ended: (schedule: string, outcome: "done" | "failed", seconds: number) => void;
  readonly skipped: (schedule: string) => void;
}

export function scheduleMetrics(metrics: Metrics): ScheduleMetrics {
  const total = metrics.counter("bodega_schedule_runs_total", "Runs of schedules, by how they ended.", [
    "schedule",
    "outcome",
  ]);
  const duration = metrics.histogram(
    "bodega_schedule_run_duration_seconds",
    "How long a run of a schedule took.",
    ["schedule"],
    [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
  );
  return {
    ended: (schedule, outcome, seconds) => {
      total.inc({ schedule, outcome });
      duration.observe({ schedule }, seconds);
    },
    skipped: (schedule) => total.inc({ schedule, outcome: "skipped" }),
  };
}
