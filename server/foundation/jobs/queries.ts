import { sql } from "kysely";
import type { Executor } from "../database/database.ts";
import type { Task } from "../module.ts";

// Statements of the queue. What must be atomic is a function in `database/routines/platform/`.

export interface EnqueueValues {
  readonly task: string;
  readonly payload: string;
  readonly key: string | null;
  readonly runAt: Date | null;
  readonly priority: number;
}

export async function enqueueJob(db: Executor, job: EnqueueValues): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select platform.enqueue_job(
      ${job.task}, ${job.payload}::jsonb, ${job.key}, ${job.runAt}::timestamptz, ${job.priority}::int
    )::text as id
  `.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("platform.enqueue_job answered no row.");
  return id;
}

/** Written only where it differs, so that many starts at once do not wait for one another. */
export async function upsertTaskKinds(db: Executor, tasks: readonly Task[]): Promise<void> {
  await sql`
    insert into platform.task_kinds as kind (name, attempts_max)
    select name, attempts_max
    from unnest(${tasks.map((task) => task.name)}::text[], ${tasks.map((task) => task.attemptsMax)}::smallint[])
      as declared (name, attempts_max)
    order by name
    on conflict (name) do update
    set attempts_max = excluded.attempts_max
    where kind.attempts_max <> excluded.attempts_max
  `.execute(db);
}

export const jobStates = ["waiting", "scheduled", "retrying", "running", "dead"] as const;
export type JobState = (typeof jobStates)[number];

/** How a row of the queue is told. `retrying` waits for its next try, `scheduled` for its time. */
const stateOf = sql<JobState>`
  case
    when job.locked_at is not null then 'running'
    when job.attempts >= job.max_attempts then 'dead'
    when job.run_at <= now() then 'waiting'
    when job.attempts > 0 then 'retrying'
    else 'scheduled'
  end
`;

export interface JobRow {
  readonly id: string;
  readonly task: string;
  readonly state: JobState;
  readonly key: string | null;
  readonly attempts: number;
  readonly attemptsMax: number;
  /** How many workers died while they ran it. */
  readonly kills: number;
  readonly lastError: string | null;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly workerId: string | null;
  readonly payload: unknown;
}

const jobColumns = sql`
  job.id::text as id, task.identifier as task, ${stateOf} as state, job.key, job.attempts,
  job.max_attempts as "attemptsMax", coalesce(trouble.kills, 0) as kills, job.last_error as "lastError",
  job.run_at as "runAt", job.created_at as "createdAt", job.locked_at as "startedAt",
  worker.id as "workerId", job.payload
`;

const jobTables = sql`
  graphile_worker._private_jobs as job
  join graphile_worker._private_tasks as task on task.id = job.task_id
  left join platform.job_troubles as trouble on trouble.job_id = job.id
  left join platform.workers as worker on worker.pool_id = job.locked_by
`;

export interface JobFilter {
  readonly state: JobState | null;
  readonly task: string | null;
  /** Jobs older than this one. */
  readonly beforeId: string | null;
  readonly limit: number;
}

export async function listJobs(db: Executor, filter: JobFilter): Promise<readonly JobRow[]> {
  const { rows } = await sql<JobRow>`
    select ${jobColumns}
    from ${jobTables}
    where (${filter.state}::text is null or ${stateOf} = ${filter.state}::text)
      and (${filter.task}::text is null or task.identifier = ${filter.task}::text)
      and (${filter.beforeId}::bigint is null or job.id < ${filter.beforeId}::bigint)
    order by job.id desc
    limit ${filter.limit}
  `.execute(db);
  return rows;
}

export async function findJob(db: Executor, id: string): Promise<JobRow | null> {
  const { rows } = await sql<JobRow>`
    select ${jobColumns} from ${jobTables} where job.id = ${id}::bigint
  `.execute(db);
  return rows[0] ?? null;
}

export async function retryJob(db: Executor, id: string): Promise<"retried" | "running" | "missing"> {
  const { rows } = await sql<{ readonly result: "retried" | "running" | "missing" }>`
    select platform.retry_job(${id}::bigint) as result
  `.execute(db);
  return rows[0]?.result ?? "missing";
}

export async function deleteIdleJob(db: Executor, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from graphile_worker._private_jobs where id = ${id}::bigint and locked_at is null returning id
  `.execute(db);
  return rows.length > 0;
}

export async function settleJobTroubles(db: Executor): Promise<void> {
  await sql`select platform.settle_job_troubles()`.execute(db);
}

export interface JobCountRow {
  readonly state: JobState;
  readonly count: number;
  /** Seconds since the one that is due for longest could have started; null when none waits. */
  readonly oldestSeconds: number | null;
}

export async function countJobs(db: Executor): Promise<readonly JobCountRow[]> {
  const { rows } = await sql<JobCountRow>`
    select state, count(*)::int as count,
      case when state = 'waiting' then extract(epoch from now() - min(run_at))::float8 end as "oldestSeconds"
    from (select ${stateOf} as state, job.run_at from graphile_worker._private_jobs as job) as told
    group by state
  `.execute(db);
  return rows;
}

export interface WorkerCountRow {
  readonly kind: "jobs" | "schedules";
  readonly count: number;
}

/** Processes that live: they gave a sign lately and hold their lock, which goes with them. */
export async function countLiveWorkers(db: Executor, seenWithinMs: number): Promise<readonly WorkerCountRow[]> {
  const { rows } = await sql<WorkerCountRow>`
    select worker.kind, count(*)::int as count
    from platform.workers as worker
    where worker.seen_at > clock_timestamp() - ${seenWithinMs} * interval '1 millisecond'
      and exists (
        select from pg_locks as held
        where held.locktype = 'advisory' and held.granted and held.objsubid = 1
          and held.database = (select oid from pg_database where datname = current_database())
          and ((held.classid::bigint << 32) | held.objid::bigint) = worker.lock_key
      )
    group by worker.kind
  `.execute(db);
  return rows;
}

/** Uses up the tries of a job that the worker still holds; its failure, recorded next, then makes it dead. */
export async function useUpTries(db: Executor, id: string, poolId: string, lastError: string): Promise<void> {
  await sql`
    update graphile_worker._private_jobs
    set attempts = max_attempts, last_error = ${lastError}
    where id = ${id}::bigint and locked_by = ${poolId}
  `.execute(db);
}

export async function giveBackJob(db: Executor, id: string, poolId: string): Promise<void> {
  await sql`select platform.give_back_job(${id}::bigint, ${poolId})`.execute(db);
}

export async function isJobHeldBy(db: Executor, id: string, poolId: string): Promise<boolean> {
  const { rows } = await sql`
    select from graphile_worker._private_jobs where id = ${id}::bigint and locked_by = ${poolId}
  `.execute(db);
  return rows.length > 0;
}

export interface DeadJobRow {
  readonly jobId: string;
  readonly task: string;
  readonly payload: unknown;
  readonly lastError: string;
  readonly attempts: number;
}

export async function claimDeadJobs(
  db: Executor,
  claim: { readonly tasks: readonly string[]; readonly leaseMs: number; readonly limit: number },
): Promise<readonly DeadJobRow[]> {
  const { rows } = await sql<DeadJobRow>`
    select job_id::text as "jobId", task, payload, last_error as "lastError", attempts
    from platform.claim_dead_jobs(${[...claim.tasks]}::text[], ${claim.leaseMs} * interval '1 millisecond', ${claim.limit})
  `.execute(db);
  return rows;
}

export async function markDeadJobHandled(db: Executor, id: string): Promise<void> {
  await sql`
    update platform.job_troubles set handled_at = clock_timestamp()
    where job_id = ${id}::bigint and dead_at is not null
  `.execute(db);
}

/**
 * Gives jobs back that are held by no worker on the list. There are none unless someone else's code took them: workers
 * register before they take a job, and burying them frees what they had.
 */
export async function freeForeignJobs(db: Executor, heldForMs: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    with foreign_holders as (
      select distinct locked_by
      from graphile_worker._private_jobs as job
      where locked_at < now() - ${heldForMs} * interval '1 millisecond'
        and not exists (select from platform.workers as worker where worker.pool_id = job.locked_by)
    )
    update graphile_worker._private_jobs as job
    set locked_at = null, locked_by = null
    from foreign_holders
    where job.locked_by = foreign_holders.locked_by
    returning job.id::text as id
  `.execute(db);
  return rows.map((row) => row.id);
}

/**
 * Gives back what `poolId` holds for longer than the time without knowing of it. `arePending`: it holds others, which
 * are not to be judged yet.
 */
export async function freeLostClaims(
  db: Executor,
  claims: { readonly poolId: string; readonly accountedFor: readonly string[]; readonly lostAfterMs: number },
): Promise<{ readonly jobIds: readonly string[]; readonly arePending: boolean }> {
  const { rows } = await sql<{ readonly id: string; readonly isFreed: boolean | null }>`
    select
      id::text as id,
      case
        when locked_at < now() - ${claims.lostAfterMs} * interval '1 millisecond'
          and id <> all (${[...claims.accountedFor]}::bigint[])
        then platform.give_back_job(id, ${claims.poolId})
      end as "isFreed"
    from graphile_worker._private_jobs
    where locked_by = ${claims.poolId}
  `.execute(db);
  return {
    jobIds: rows.filter((row) => row.isFreed === true).map((row) => row.id),
    arePending: rows.some((row) => row.isFreed === null),
  };
}

/** Whether a fifth of the queue, and more than 2,000 rows, changed since PostgreSQL last looked at its statistics. */
export async function isQueueAnalysisDue(db: Executor): Promise<boolean> {
  const { rows } = await sql<{ readonly isDue: boolean }>`
    select n_mod_since_analyze > 2000 + n_live_tup / 5 as "isDue"
    from pg_stat_user_tables where relid = 'graphile_worker._private_jobs'::regclass
  `.execute(db);
  return rows[0]?.isDue ?? false;
}

export async function analyzeQueue(db: Executor): Promise<void> {
  await sql`analyze graphile_worker._private_jobs`.execute(db);
}
