import type { Span } from "@opentelemetry/api";
import type { Foundation } from "../foundation.ts";
import { RegistrationLost, WorkerStopping } from "../jobs/failure.ts";
import { describeFailure, failureFields, storedFailure } from "../jobs/failure-message.ts";
import type { WorkerRegistration } from "../jobs/liveness/worker-registration.ts";
import { withTimeLimit } from "../jobs/time-limit.ts";
import type { Schedule, ScheduleReport } from "../module.ts";
import { pause } from "../pause.ts";
import type { Logger } from "../telemetry/logger.ts";
import { inSpan } from "../telemetry/tracing.ts";
import { finishRun } from "./queries.ts";
import type { ScheduleMetrics } from "./schedule-metrics.ts";

export interface ScheduleRun {
  readonly schedule: Schedule;
  /** `scheduled_at` of its row, as PostgreSQL tells it. */
  readonly runKey: string;
  /** The time that the run is for. */
  readonly tickAt: Date;
  /** Aborted when the process stops or is taken for dead. */
  readonly breakOff: AbortSignal;
}

export interface RunRuntime {
  readonly foundation: Foundation;
  readonly registration: WorkerRegistration;
  readonly metrics: ScheduleMetrics;
  readonly abortGraceMs: number;
}

const finishPauseMs = 500;

/**
 * Runs what was claimed, and writes how it ended. Never rejects. A run that a stop broke off is left to the others: they
 * find it without its process, close it and run it once more.
 */
export async function runSchedule(run: ScheduleRun, runtime: RunRuntime): Promise<void> {
  const { schedule, runKey } = run;
  const attributes = { "schedule.name": schedule.name, "schedule.at": runKey };
  await inSpan(`schedule ${schedule.name}`, { kind: "internal", attributes }, async (span) => {
    const traceId = span.spanContext().traceId;
    const log = runtime.foundation.log.child({ schedule: schedule.name, traceId });
    const startedAt = performance.now();
    try {
      const report = await attempt(run, runtime, log);
      await finish(run, runtime, log, { report, error: null, span });
      runtime.metrics.ended(schedule.name, "done", (performance.now() - startedAt) / 1000);
      log.info({ report }, "a schedule was run");
    } catch (error) {
      if (error instanceof WorkerStopping || error instanceof RegistrationLost) {
        log.warn(failureFields(error), "a run of a schedule was broken off; another process begins it anew");
        return;
      }
      await finish(run, runtime, log, { report: null, error: storedFailure(describeFailure(error)), span });
      runtime.metrics.ended(schedule.name, "failed", (performance.now() - startedAt) / 1000);
      log.error(failureFields(error), "a schedule failed");
    }
  });
}

async function attempt(run: ScheduleRun, runtime: RunRuntime, log: Logger): Promise<ScheduleReport> {
  const { schedule, breakOff, tickAt } = run;
  const { result, abort } = withTimeLimit(
    {
      timeLimitMs: schedule.timeLimitMs,
      abortGraceMs: runtime.abortGraceMs,
      onLateEnd: () => log.warn("a run that was given up has ended after all"),
    },
    async ({ signal }) => schedule.run({ foundation: runtime.foundation, signal, scheduledAt: tickAt, log }),
  );
  breakOff.addEventListener("abort", () => abort(breakOff.reason), { once: true });
  return result;
}

/** Writes the end until it is heard, or the run is not ours any more. */
async function finish(
  run: ScheduleRun,
  { foundation, registration }: RunRuntime,
  log: Logger,
  end: { readonly report: ScheduleReport | null; readonly error: string | null; readonly span: Span },
): Promise<void> {
  const row = {
    schedule: run.schedule.name,
    runKey: run.runKey,
    workerId: registration.id,
    report: end.report,
    error: end.error,
    traceId: end.span.spanContext().traceId,
  };
  while (!registration.lost.aborted) {
    try {
      if (!(await finishRun(foundation.database.db, row))) log.warn("a run ended after it was closed as dead");
      return;
    } catch (error) {
      log.warn(failureFields(error), "the end of a run could not be written; it is tried again");
      await pause(finishPauseMs, run.breakOff);
      if (run.breakOff.reason instanceof WorkerStopping) return;
    }
  }
}
