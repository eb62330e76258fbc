import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Metrics } from "../telemetry/metrics.ts";

/**
 * How a try of a job ended. `failed` is tried again, `dead` is not; `returned` was broken off by a stop and does not count
 * as a try; `lost` was given to another worker meanwhile.
 */
export type TryOutcome = "done" | "skipped" | "failed" | "dead" | "returned" | "lost";

export interface JobMetrics {
  /** `queuedSeconds`: from when it was due to when a worker took it, both by the database's clock. */
  readonly started: (task: string, queuedSeconds: number) => void;
  readonly ended: (task: string, outcome: TryOutcome, seconds: number) => void;
}

export function jobMetrics(metrics: Metrics): JobMetrics {
  const total = metrics.counter("bodega_jobs_total", "Tries of jobs, by how they ended.", ["task", "outcome"]);
  const duration = metrics.histogram("bodega_job_duration_seconds", "How long a try of a job took.", ["task"]);
  const queued = metrics.histogram(
    "bodega_job_queue_seconds",
    "How long a job that was due waited for a worker.",
    ["task"],
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  );
  return {
    started: (task, queuedSeconds) => queued.observe({ task }, Math.max(queuedSeconds, 0)),
    ended: (task, outcome, seconds) => {
      total.inc({ task, outcome });
      duration.observe({ task }, seconds);
    },
  };
}

/**
 * Watches that no task keeps the event loop to itself: heartbeats, events and other jobs wait meanwhile. Image work does
 * not show here, since libvips computes on threads of its own; long loops in JavaScript do, and must give way now and
 * then. Answers what ends the watch.
 */
export function watchEventLoop(metrics: Metrics): () => void {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  metrics.gauge(
    "bodega_worker_event_loop_delay_seconds",
    "How late the event loop of a worker was since the last scrape.",
    ["quantile"],
    async (gauge) => {
      for (const quantile of [0.5, 0.99, 1]) {
        const nanoseconds = quantile === 1 ? histogram.max : histogram.percentile(quantile * 100);
        gauge.set({ quantile: String(quantile) }, nanoseconds / 1e9);
      }
      histogram.reset();
    },
  );
  return () => histogram.disable();
}
