import { sql } from "kysely";
import type pg from "pg";
import type { Executor } from "../../database/database.ts";

export interface BuriedWorkerRow {
  readonly workerId: string;
  readonly reason: "died" | "frozen";
  readonly jobIds: readonly string[];
}

export async function sweepWorkers(
  db: Executor,
  limits: {
    readonly missingGraceMs: number;
    readonly frozenAfterMs: number;
    readonly restartGraceMs: number;
    readonly killsMax: number;
  },
): Promise<readonly BuriedWorkerRow[]> {
  const { rows } = await sql<BuriedWorkerRow>`
    select worker_id as "workerId", reason, job_ids::text[] as "jobIds"
    from platform.sweep_workers(
      ${limits.missingGraceMs} * interval '1 millisecond', ${limits.frozenAfterMs} * interval '1 millisecond',
      ${limits.restartGraceMs} * interval '1 millisecond', ${limits.killsMax}::int
    )
  `.execute(db);
  return rows;
}

// On the worker's own connection, whose session holds its lock.

/** Ends our own former session, if the server still takes it for alive: it holds the lock that we need. */
export async function endLockSession(client: pg.Client, lockKey: string, backendPid: number): Promise<void> {
  await client.query({
    text: `select pg_terminate_backend(held.pid)
           from pg_locks as held
           where held.pid = $2 and held.locktype = 'advisory' and held.granted and held.objsubid = 1
             and held.database = (select oid from pg_database where datname = current_database())
             and ((held.classid::bigint << 32) | held.objid::bigint) = $1::bigint`,
    values: [lockKey, backendPid],
  });
}

export interface WorkerLockRow {
  readonly isHeld: boolean;
  readonly backendPid: number;
}

export async function tryWorkerLock(client: pg.Client, lockKey: string): Promise<WorkerLockRow> {
  const { rows } = await client.query<WorkerLockRow>({
    text: `select pg_try_advisory_lock($1::bigint) as "isHeld", pg_backend_pid() as "backendPid"`,
    values: [lockKey],
  });
  return rows[0] ?? { isHeld: false, backendPid: 0 };
}

export async function insertWorker(
  client: pg.Client,
  worker: {
    readonly id: string;
    readonly kind: "jobs" | "schedules";
    readonly poolId: string | null;
    readonly lockKey: string;
    readonly host: string;
    readonly pid: number;
  },
): Promise<void> {
  await client.query({
    text: `insert into platform.workers (id, kind, pool_id, lock_key, host, pid) values ($1, $2, $3, $4, $5, $6)
           on conflict (id) do nothing`,
    values: [worker.id, worker.kind, worker.poolId, worker.lockKey, worker.host, worker.pid],
  });
}

/** False when the worker is not on the list any more: it was taken for dead. */
export async function touchWorker(client: pg.Client, id: string): Promise<boolean> {
  const { rowCount } = await client.query({
    text: "update platform.workers set seen_at = clock_timestamp(), lock_missing_since = null where id = $1",
    values: [id],
  });
  return (rowCount ?? 0) > 0;
}

export async function deleteWorker(client: pg.Client, id: string): Promise<void> {
  await client.query({ text: "delete from platform.workers where id = $1", values: [id] });
}
