import { setTimeout as delay } from "node:timers/promises";
import type { Span } from "@opentelemetry/api";
import type { Job } from "graphile-worker";
import type { Foundation } from "../foundation.ts";
import type { Outcome, Task } from "../module.ts";
import type { Logger } from "../telemetry/logger.ts";
import { inSpan } from "../telemetry/tracing.ts";
import { PermanentFailure, RegistrationLost, WorkerStopping } from "./failure.ts";
import { describeFailure, failureFields, storedFailure } from "./failure-message.ts";
import type { JobMetrics, TryOutcome } from "./job-metrics.ts";
import type { WorkerRegistration } from "./liveness/worker-registration.ts";
import { giveBackJob, isJobHeldBy, useUpTries } from "./queries.ts";
import type { RunningJobs } from "./running-jobs.ts";
import { withTimeLimit } from "./time-limit.ts";

export interface JobRuntime {
  readonly foundation: Foundation;
  readonly metrics: JobMetrics;
  readonly registration: WorkerRegistration;
  readonly poolId: string;
  readonly abortGraceMs: number;
  readonly running: RunningJobs;
}

/**
 * One try of a job. Resolves when it is done or skipped; rejects with `CODE: message` when the queue is to record a
 * failure, which it does only while the job is still this worker's.
 *
 * Nothing is written for a job that goes well: the row's end is the queue's own.
 */
export async function runJob(task: Task, job: Job, runtime: JobRuntime): Promise<void> {
  const { traceparent, payload } = splitPayload(job.payload);
  const startedAt = performance.now();
  if (job.locked_at !== null) {
    runtime.metrics.started(task.name, (job.locked_at.getTime() - job.run_at.getTime()) / 1000);
  }
  const attributes = { "job.id": job.id, "job.task": task.name, "job.attempt": job.attempts };
  await inSpan(`job ${task.name}`, { kind: "consumer", traceparent, attributes }, async (span) => {
    const log = lazily(() => logOf(runtime.foundation.log, task, job, span));
    const end = (outcome: TryOutcome) =>
      runtime.metrics.ended(task.name, outcome, (performance.now() - startedAt) / 1000);
    try {
      const outcome = await attempt(task, job, payload, { runtime, span, log });
      end(outcome.status);
      if (runtime.foundation.log.isLevelEnabled("debug")) log().debug({ outcome }, "a job was done");
    } catch (error) {
      end(await settleFailure(error, job, runtime, log()));
      throw new Error(storedFailure(describeFailure(error)), { cause: error });
    }
  });
}

async function attempt(task: Task, job: Job, payload: unknown, { runtime, span, log }: Attempt): Promise<Outcome> {
  const { registration, abortGraceMs } = runtime;
  runtime.running.throwIfBrokenOff();
  const onLateEnd = (error: unknown) =>
    log().warn(error === undefined ? {} : failureFields(error), "a job that was given up has ended after all");
  const { result, abort } = withTimeLimit({ timeLimitMs: task.timeLimitMs, abortGraceMs, onLateEnd }, async (limited) =>
    task.run(payload, {
      foundation: runtime.foundation,
      get signal() {
        return limited.signal;
      },
      jobId: job.id,
      attempt: job.attempts,
      attemptsMax: job.max_attempts,
      isLastAttempt: job.attempts >= job.max_attempts,
      workerId: registration.id,
      traceId: span.spanContext().traceId,
      get log() {
        return log();
      },
    }),
  );
  const ended = runtime.running.add(job.id, abort);
  const outcome = await result.finally(ended);
  // The queue deletes a job that succeeded without looking whose it is by now: another may be at it.
  if (!registration.isCertain && !(await isStillOurs(job, runtime))) throw new RegistrationLost();
  return outcome;
}

interface Attempt {
  readonly runtime: JobRuntime;
  readonly span: Span;
  /** Most jobs that go well never ask for it. */
  readonly log: () => Logger;
}

async function isStillOurs(job: Job, { registration, foundation, poolId }: JobRuntime): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    if (!(await registration.confirm())) return false;
    try {
      return await isJobHeldBy(foundation.database.db, job.id, poolId);
    } catch (error) {
      // The database has just come back; the pool may still hold connections of before.
      if (tries >= askTriesMax) throw error;
      await delay(tries * 100);
    }
  }
}

const askTriesMax = 5;

/** Prepares what the queue will record, and says how the try ended. */
async function settleFailure(error: unknown, job: Job, runtime: JobRuntime, log: Logger): Promise<TryOutcome> {
  const { db } = runtime.foundation.database;
  const failure = describeFailure(error);
  try {
    if (error instanceof RegistrationLost) {
      log.warn({ code: failure.code }, "a job was given to another worker");
      return "lost";
    }
    if (error instanceof WorkerStopping) {
      await giveBackJob(db, job.id, runtime.poolId);
      log.info("a job was given back because the worker stops");
      return "returned";
    }
    if (error instanceof PermanentFailure) await useUpTries(db, job.id, runtime.poolId, storedFailure(failure));
  } catch (settleError) {
    // The queue will record an ordinary failure, so the job comes back and meets the same end then.
    log.error(failureFields(settleError), "the end of a job could not be prepared");
  }
  const isDead = error instanceof PermanentFailure || job.attempts >= job.max_attempts;
  log[isDead ? "error" : "warn"](
    { ...failureFields(error), attempt: job.attempts },
    isDead ? "a job is dead" : "a job failed",
  );
  return isDead ? "dead" : "failed";
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function logOf(log: Logger, task: Task, job: Job, span: Span): Logger {
  return log.child({ jobId: job.id, task: task.name, traceId: span.spanContext().traceId });
}

/** `traceparent` is the queue's own (`platform.enqueue_job`); the task sees what its caller gave. */
export function splitPayload(stored: unknown): { readonly traceparent: string | null; readonly payload: unknown } {
  if (typeof stored !== "object" || stored === null || !("traceparent" in stored)) {
    return { traceparent: null, payload: stored };
  }
  const { traceparent, ...payload } = stored;
  return { traceparent: typeof traceparent === "string" ? traceparent : null, payload };
}
