import type { Foundation } from "../foundation.ts";
import { RegistrationLost, WorkerStopping } from "../jobs/failure.ts";
import { failureFields } from "../jobs/failure-message.ts";
import { buryDeadWorkers, type LivenessLimits, livenessDefaults } from "../jobs/liveness/bury-dead-workers.ts";
import { WorkerRegistration } from "../jobs/liveness/worker-registration.ts";
import type { Schedule } from "../module.ts";
import { pause } from "../pause.ts";
import { DatabaseClock } from "./database-clock.ts";
import { type BegunRunRow, beginRequestedRuns, claimTick, closeDeadRuns, upsertSchedule } from "./queries.ts";
import { runSchedule } from "./run-schedule.ts";
import { type ScheduleMetrics, scheduleMetrics } from "./schedule-metrics.ts";
import { Schedules } from "./schedules.ts";
import { Ticks } from "./ticks.ts";

export interface SchedulerOptions {
  readonly foundation: Foundation;
  readonly schedules: readonly Schedule[];
  readonly liveness?: Partial<LivenessLimits>;
  readonly heartbeatMs?: number;
  /** How late a tick may begin and not count as missed. */
  readonly onTimeMs?: number;
  /** How long a run may go on once its signal was aborted. */
  readonly abortGraceMs?: number;
}

export interface Scheduler {
  /** Its present id in `platform.workers`. */
  readonly id: string;
  /** Begins a run now, here or in another process. Throws NOT_FOUND, or CONFLICT while one is going. */
  readonly runNow: (name: string) => Promise<void>;
  /** Begins no more runs, waits up to `graceMs` (20 s) for those that go, then leaves them to the other processes. */
  readonly stop: (options?: { readonly graceMs?: number }) => Promise<void>;
}

const onTimeMs = 30_000;
const heartbeatMs = 2_000;
const abortGraceMs = 5_000;
const stopGraceMs = 20_000;

/**
 * Runs schedules by the clock of the database in the shop's time zone, together with any number of processes that do the
 * same: each tick once, never two runs of one schedule at a time (the later tick is recorded as skipped), a run whose
 * process died closed and begun once more.
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { foundation, schedules } = options;
  const timeZone = foundation.config.shopTimeZone;
  const clocks = schedules.map((schedule) => ({ schedule, ticks: new Ticks(schedule.cron, timeZone), nextAtMs: 0 }));
  for (const { name, cron } of schedules) await upsertSchedule(foundation.database.db, { name, cron, timeZone });
  const scheduler = new RunningScheduler(options, clocks);
  await scheduler.registered;
  return {
    get id() {
      return scheduler.id;
    },
    runNow: async (name) => {
      await new Schedules(foundation).requestRun(name, null);
      scheduler.wake();
    },
    stop: async ({ graceMs = stopGraceMs } = {}) => scheduler.stop(graceMs),
  };
}

interface ScheduleClock {
  readonly schedule: Schedule;
  readonly ticks: Ticks;
  /** By the database's clock; 0 before it was first looked at. */
  nextAtMs: number;
}

class RunningScheduler {
  readonly #options: SchedulerOptions;
  readonly #clocks: readonly ScheduleClock[];
  readonly #byName: ReadonlyMap<string, Schedule>;
  readonly #time: DatabaseClock;
  readonly #limits: LivenessLimits;
  readonly #metrics: ScheduleMetrics;
  readonly #stopping = new AbortController();
  readonly #runs = new Map<AbortController, Promise<void>>();
  #registration: WorkerRegistration;
  #wakeUp = new AbortController();
  #sweepAt = 0;
  #failures = 0;
  readonly #ticking: Promise<void>;

  constructor(options: SchedulerOptions, clocks: readonly ScheduleClock[]) {
    this.#options = options;
    this.#clocks = clocks;
    this.#byName = new Map(options.schedules.map((schedule) => [schedule.name, schedule]));
    this.#time = new DatabaseClock(options.foundation.database.db);
    this.#limits = { ...livenessDefaults, ...options.liveness };
    this.#metrics = scheduleMetrics(options.foundation.metrics);
    this.#registration = this.#register();
    this.#ticking = this.#tickUntilStopped();
  }

  get id(): string {
    return this.#registration.id;
  }

  get registered(): Promise<void> {
    return this.#registration.registered;
  }

  wake(): void {
    this.#sweepAt = 0;
    this.#wakeUp.abort();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.abort();
    const enough = new AbortController();
    await Promise.race([Promise.all(this.#runs.values()), pause(graceMs, enough.signal)]);
    enough.abort();
    this.#breakOff(new WorkerStopping());
    await Promise.all(this.#runs.values());
    await this.#registration.close();
    await this.#ticking;
  }

  #register(): WorkerRegistration {
    const { foundation } = this.#options;
    const registration = new WorkerRegistration({
      database: foundation.database,
      kind: "schedules",
      poolId: null,
      log: foundation.log,
      heartbeatMs: this.#options.heartbeatMs ?? heartbeatMs,
    });
    registration.lost.addEventListener("abort", () => this.#breakOff(new RegistrationLost()), { once: true });
    return registration;
  }

  #breakOff(reason: Error): void {
    for (const controller of this.#runs.keys()) controller.abort(reason);
  }

  async #tickUntilStopped(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      let pauseMs = this.#limits.sweepIntervalMs;
      try {
        if (this.#registration.isCertain || (await this.#registration.confirm())) {
          pauseMs = await this.#tick();
        } else if (this.#registration.lost.aborted) {
          this.#registration = this.#register();
          await this.#registration.registered;
        }
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        // Once for an outage.
        if (this.#failures === 1)
          this.#options.foundation.log.warn(failureFields(error), "the scheduler missed a beat");
      }
      this.#wakeUp = new AbortController();
      if (this.#stopping.signal.aborted) return;
      await pause(pauseMs, this.#wakeUp.signal);
    }
  }

  /** Takes what is due. Answers how long nothing else is. */
  async #tick(): Promise<number> {
    for (const clock of this.#clocks) {
      const nowMs = await this.#time.now();
      if (nowMs >= clock.nextAtMs) await this.#takeTick(clock, nowMs);
    }
    if (performance.now() >= this.#sweepAt) {
      this.#sweepAt = performance.now() + this.#limits.sweepIntervalMs;
      await this.#sweep();
    }
    const nowMs = await this.#time.now();
    const nextMs = Math.min(...this.#clocks.map((clock) => clock.nextAtMs - nowMs));
    return Math.min(Math.max(nextMs, 1), this.#limits.sweepIntervalMs);
  }

  async #takeTick(clock: ScheduleClock, nowMs: number): Promise<void> {
    const { schedule, ticks } = clock;
    const scheduledAt = ticks.latest(nowMs);
    const nextAt = ticks.next(nowMs);
    if (scheduledAt !== null) {
      const decision = await claimTick(this.#options.foundation.database.db, {
        schedule: schedule.name,
        scheduledAt,
        nextAt,
        workerId: this.#registration.id,
        onTimeMs: this.#options.onTimeMs ?? onTimeMs,
        runMissed: schedule.missedTicks === "latest",
      });
      if (decision === "early") return;
      if (decision === "running") this.#begin(schedule, scheduledAt.toISOString(), scheduledAt);
      else if (decision !== null) this.#metrics.skipped(schedule.name);
    }
    clock.nextAtMs = nextAt?.getTime() ?? Number.POSITIVE_INFINITY;
  }

  async #sweep(): Promise<void> {
    const { foundation } = this.#options;
    const { db } = foundation.database;
    const registration = this.#registration;
    await buryDeadWorkers({ foundation, limits: this.#limits, registration: () => registration });
    const names = [...this.#byName.keys()];
    for (const run of await closeDeadRuns(db, registration.id, names)) {
      foundation.log.warn({ schedule: run.schedule }, "a run's process had died; the run begins anew here");
      this.#beginRow(run);
    }
    for (const run of await beginRequestedRuns(db, registration.id, names)) this.#beginRow(run);
  }

  #beginRow({ schedule, runKey, tickAt }: BegunRunRow): void {
    const known = this.#byName.get(schedule);
    if (known !== undefined) this.#begin(known, runKey, tickAt);
  }

  #begin(schedule: Schedule, runKey: string, tickAt: Date): void {
    // Claimed in the moment of a stop: without its process, it is the others' to begin anew.
    if (this.#stopping.signal.aborted) return;
    const controller = new AbortController();
    const { foundation } = this.#options;
    const registration = this.#registration;
    const runtime = {
      foundation,
      registration,
      metrics: this.#metrics,
      abortGraceMs: this.#options.abortGraceMs ?? abortGraceMs,
    };
    const run = runSchedule({ schedule, runKey, tickAt, breakOff: controller.signal }, runtime).finally(() =>
      this.#runs.delete(controller),
    );
    this.#runs.set(controller, run);
    if (registration.lost.aborted) controller.abort(new RegistrationLost());
  }
}
