import { sql } from "kysely";
import type { Executor } from "../database/database.ts";

// Statements of the schedules. What must be atomic is a function in `database/routines/platform/`.

export async function readDatabaseTime(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly timeMs: number }>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as "timeMs"
  `.execute(db);
  const timeMs = rows[0]?.timeMs;
  if (timeMs === undefined) throw new Error("PostgreSQL told no time.");
  return timeMs;
}

/** A schedule whose clock changed begins anew: ticks of the past are nobody's. */
export async function upsertSchedule(
  db: Executor,
  schedule: { readonly name: string; readonly cron: string; readonly timeZone: string },
): Promise<void> {
  await sql`
    insert into platform.schedules as known (name, cron, time_zone)
    values (${schedule.name}, ${schedule.cron}, ${schedule.timeZone})
    on conflict (name) do update
    set cron = excluded.cron, time_zone = excluded.time_zone, next_at = null, ticks_since = clock_timestamp()
    where (known.cron, known.time_zone) <> (excluded.cron, excluded.time_zone)
  `.execute(db);
}

export type TickDecision = "running" | "overlap" | "missed" | "early";

export async function claimTick(
  db: Executor,
  tick: {
    readonly schedule: string;
    readonly scheduledAt: Date;
    readonly nextAt: Date | null;
    readonly workerId: string;
    readonly onTimeMs: number;
    readonly runMissed: boolean;
  },
): Promise<TickDecision | null> {
  const { rows } = await sql<{ readonly decision: TickDecision | null }>`
    select platform.claim_schedule_tick(
      ${tick.schedule}, ${tick.scheduledAt}::timestamptz, ${tick.nextAt}::timestamptz, ${tick.workerId}::uuid,
      ${tick.onTimeMs} * interval '1 millisecond', ${tick.runMissed}
    ) as decision
  `.execute(db);
  return rows[0]?.decision ?? null;
}

/** Times of the run log as text: PostgreSQL's have microseconds, and they are keys. */
export interface BegunRunRow {
  readonly schedule: string;
  readonly runKey: string;
  readonly tickAt: Date;
}

export async function closeDeadRuns(
  db: Executor,
  workerId: string,
  schedules: readonly string[],
): Promise<readonly BegunRunRow[]> {
  const { rows } = await sql<BegunRunRow>`
    select schedule, scheduled_at::text as "runKey", tick_at as "tickAt"
    from platform.close_dead_schedule_runs(${workerId}::uuid, ${[...schedules]}::text[])
  `.execute(db);
  return rows;
}

export async function beginRequestedRuns(
  db: Executor,
  workerId: string,
  schedules: readonly string[],
): Promise<readonly BegunRunRow[]> {
  const { rows } = await sql<BegunRunRow>`
    select schedule, scheduled_at::text as "runKey", scheduled_at as "tickAt"
    from platform.begin_requested_schedule_runs(${workerId}::uuid, ${[...schedules]}::text[])
  `.execute(db);
  return rows;
}

export async function finishRun(
  db: Executor,
  run: {
    readonly schedule: string;
    readonly runKey: string;
    readonly workerId: string;
    readonly report: object | null;
    readonly error: string | null;
    readonly traceId: string;
  },
): Promise<boolean> {
  const { rows } = await sql<{ readonly isOurs: boolean }>`
    select platform.finish_schedule_run(
      ${run.schedule}, ${run.runKey}::timestamptz, ${run.workerId}::uuid,
      ${run.report === null ? null : JSON.stringify(run.report)}::jsonb, ${run.error}, ${run.traceId}
    ) as "isOurs"
  `.execute(db);
  return rows[0]?.isOurs ?? false;
}

export interface ScheduleRunRow {
  readonly schedule: string;
  readonly scheduledAt: Date;
  readonly cause: "tick" | "manual" | "retry";
  readonly status: "running" | "done" | "failed" | "skipped";
  readonly reason: "overlap" | "missed" | null;
  readonly workerId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly report: Readonly<Record<string, number>> | null;
  readonly error: string | null;
  readonly traceId: string | null;
}

const runColumns = sql`
  run.schedule, run.scheduled_at as "scheduledAt", run.cause, run.status, run.reason, run.worker_id as "workerId",
  run.started_at as "startedAt", run.finished_at as "finishedAt", run.report, run.error, run.trace_id as "traceId"
`;

export async function listRuns(
  db: Executor,
  filter: { readonly schedule: string; readonly before: Date | null; readonly limit: number },
): Promise<readonly ScheduleRunRow[]> {
  const { rows } = await sql<ScheduleRunRow>`
    select ${runColumns}
    from platform.schedule_runs as run
    where run.schedule = ${filter.schedule}
      and (${filter.before}::timestamptz is null or run.scheduled_at < ${filter.before}::timestamptz)
    order by run.scheduled_at desc
    limit ${filter.limit}
  `.execute(db);
  return rows;
}

export interface ScheduleRow {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly nextAt: Date | null;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly lastRun: ScheduleRunRow | null;
}

export async function listSchedules(db: Executor): Promise<readonly ScheduleRow[]> {
  const { rows } = await sql<Omit<ScheduleRow, "lastRun"> & Partial<ScheduleRunRow>>`
    select
      definition.name, definition.cron, definition.time_zone as "timeZone", definition.next_at as "nextAt",
      definition.paused_at as "pausedAt", definition.paused_by as "pausedBy", ${runColumns}
    from platform.schedules as definition
    left join lateral (
      select * from platform.schedule_runs
      where schedule = definition.name
      order by scheduled_at desc
      limit 1
    ) as run on true
    order by definition.name
  `.execute(db);
  return rows.map(({ name, cron, timeZone, nextAt, pausedAt, pausedBy, ...run }) => ({
    name,
    cron,
    timeZone,
    nextAt,
    pausedAt,
    pausedBy,
    lastRun: isRun(run) ? run : null,
  }));
}

/** An outer join gives every column, each null where there is no run. */
const isRun = (run: Partial<ScheduleRunRow>): run is ScheduleRunRow => typeof run.schedule === "string";

export async function pauseSchedule(db: Executor, name: string, by: string): Promise<boolean> {
  const { rows } = await sql`
    update platform.schedules
    set paused_at = coalesce(paused_at, clock_timestamp()), paused_by = coalesce(paused_by, ${by})
    where name = ${name}
    returning name
  `.execute(db);
  return rows.length > 0;
}

/** What was due meanwhile stays undone. */
export async function resumeSchedule(db: Executor, name: string): Promise<boolean> {
  const { rows } = await sql`
    update platform.schedules
    set
      ticks_since = case when paused_at is null then ticks_since else clock_timestamp() end,
      paused_at = null, paused_by = null
    where name = ${name}
    returning name
  `.execute(db);
  return rows.length > 0;
}

export async function requestRun(
  db: Executor,
  name: string,
  by: string | null,
): Promise<"requested" | "running" | "missing"> {
  const { rows } = await sql<{ readonly isRunning: boolean }>`
    update platform.schedules as definition
    set
      requested_at = case when going.is_running then requested_at else clock_timestamp() end,
      requested_by = case when going.is_running then requested_by else ${by}::text end
    from (
      select exists (
        select from platform.schedule_runs where schedule = ${name} and status = 'running'
      ) as is_running
    ) as going
    where definition.name = ${name}
    returning going.is_running as "isRunning"
  `.execute(db);
  const row = rows[0];
  if (row === undefined) return "missing";
  return row.isRunning ? "running" : "requested";
}

export async function deleteOldRuns(db: Executor, keepDays: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.schedule_runs
    where ctid in (
      select ctid from platform.schedule_runs
      where status <> 'running' and started_at < now() - ${keepDays} * interval '1 day'
      limit ${limit}
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}
