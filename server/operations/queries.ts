import { sql } from "kysely";
import type { Executor } from "../foundation/database/database.ts";

export interface DatabaseFacts {
  readonly version: string;
  readonly connections: number;
  readonly connectionsMax: number;
}

export async function readDatabaseFacts(db: Executor): Promise<DatabaseFacts> {
  const { rows } = await sql<DatabaseFacts>`
    select
      current_setting('server_version') as version,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as "connectionsMax"
  `.execute(db);
  const facts = rows[0];
  if (facts === undefined) throw new Error("PostgreSQL told nothing of itself");
  return facts;
}

export async function listAppliedMigrations(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly name: string }>`
    select name from bodega_migrations.applied order by name
  `.execute(db);
  return rows.map((row) => row.name);
}

export interface SweepRow {
  readonly schedule: string;
  readonly finishedAt: Date;
  readonly report: Readonly<Record<string, number>>;
}

/** The latest run of each schedule that ended well. */
export async function listLatestReports(db: Executor, schedules: readonly string[]): Promise<readonly SweepRow[]> {
  const { rows } = await sql<SweepRow>`
    select wanted.name as schedule, run.finished_at as "finishedAt", coalesce(run.report, '{}') as report
    from unnest(${[...schedules]}::text[]) as wanted (name)
    cross join lateral (
      select finished_at, report
      from platform.schedule_runs
      where schedule = wanted.name and status = 'done'
      order by scheduled_at desc
      limit 1
    ) as run
    order by wanted.name
  `.execute(db);
  return rows;
}

export interface CheckpointRow {
  readonly audit: string;
  readonly rounds: number;
  readonly isUnderWay: boolean;
  readonly updatedAt: Date;
}

/** How far each sweep has come over everything. */
export async function listAuditCheckpoints(db: Executor): Promise<readonly CheckpointRow[]> {
  const { rows } = await sql<CheckpointRow>`
    select audit, rounds::float8 as rounds, position is not null as "isUnderWay", updated_at as "updatedAt"
    from platform.audit_checkpoints
    order by audit
  `.execute(db);
  return rows;
}
