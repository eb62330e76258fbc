import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { Database } from "../foundation/database/database.ts";
import { pendingMigrations } from "../foundation/database/migrate.ts";
import { Jobs } from "../foundation/jobs/jobs.ts";
import { openDatabaseServer } from "../foundation/open-foundation.ts";
import { readDatabaseTime } from "../foundation/schedules/queries.ts";
import type { Logger } from "../foundation/telemetry/logger.ts";
import { Metrics } from "../foundation/telemetry/metrics.ts";
import { type Diagnosis, diagnose, type Examination } from "./diagnosis.ts";
import { messageOf } from "./failure.ts";
import { listTablesWithoutRowSecurity, readServerVersion, readSessionRole } from "./queries.ts";

const clockSkewMsMax = 2_000;
const backlogSecondsMax = 60;

/** Everything that has to be asked of PostgreSQL. Changes nothing; an embedded server that is down is started for it. */
export async function examineDatabase(config: Config, log: Logger): Promise<readonly Diagnosis[]> {
  if (config.databaseUrl === null && !(await exists(join(config.dataDir, "postgres")))) {
    const detail = "the embedded PostgreSQL is not there yet; the first start makes it";
    return [{ name: "database", state: "skipped", detail, remedy: null }];
  }
  let server: Awaited<ReturnType<typeof openDatabaseServer>>;
  try {
    server = await openDatabaseServer(config, log);
  } catch (error) {
    return [{ name: "database", state: "failed", detail: messageOf(error), remedy: unreachable(config).remedy }];
  }
  const database = new Database({ url: server.url, directUrl: server.directUrl, connectionsMax: 4, log });
  try {
    const reached = await diagnose({ ...unreachable(config), examine: () => examineVersion(database) });
    if (reached.state === "failed") return [reached];
    const migrated = await diagnose(migrations(database));
    const others = migrated.state === "failed" ? [] : [rowSecurity(database), queue(database, log)];
    const diagnoses = [reached, migrated];
    for (const examination of [clock(database), ...others]) diagnoses.push(await diagnose(examination));
    return diagnoses;
  } finally {
    await database.close();
    await server.close();
  }
}

const unreachable = ({ databaseUrl, dataDir }: Config) => ({
  name: "database",
  remedy:
    databaseUrl === null
      ? `Read ${join(dataDir, "postgres.log")}.`
      : "Look at DATABASE_URL, and whether PostgreSQL runs there and lets this machine in.",
});

async function examineVersion({ db }: Database) {
  return { state: "ok" as const, detail: `PostgreSQL ${await readServerVersion(db)} answers` };
}

const migrations = ({ directUrl }: Database): Examination => ({
  name: "migrations",
  remedy: "Run bodega migrate.",
  examine: async () => {
    const pending = await pendingMigrations(directUrl);
    return pending.length === 0
      ? { state: "ok", detail: "none pending" }
      : { state: "failed", detail: `${pending.length} pending, the first is ${pending[0]}` };
  },
});

const clock = ({ db }: Database): Examination => ({
  name: "clock",
  remedy: "Let both machines set their clocks by NTP: signed addresses and tokens depend on them.",
  examine: async () => {
    const askedAtMs = Date.now();
    const timeMs = await readDatabaseTime(db);
    const skewMs = Math.abs(Math.round(timeMs - (askedAtMs + Date.now()) / 2));
    return { state: skewMs < clockSkewMsMax ? "ok" : "failed", detail: `${skewMs} ms apart from the database's` };
  },
});

const rowSecurity = (database: Database): Examination => ({
  name: "row security",
  remedy: "Let the user of DATABASE_URL own Bodega's tables and be a member of the role bodega_user.",
  examine: async () => {
    const bare = await listTablesWithoutRowSecurity(database.db);
    if (bare.length > 0) {
      const remedy = bare.map((table) => `alter table ${table} enable row level security;`).join(" ");
      return { state: "failed", detail: `off for ${bare.join(", ")}`, remedy };
    }
    const principal = { userId: "doctor", role: "admin", supplierId: null, email: null } as const;
    const acting = await database.readAs(principal, readSessionRole);
    const isBound = acting.user === "bodega_user" && acting.role === "admin";
    return isBound
      ? { state: "ok", detail: "on for every table, and requests run under bodega_user" }
      : { state: "failed", detail: `requests run as ${acting.user}` };
  },
});

const queue = (database: Database, log: Logger): Examination => ({
  name: "queue",
  remedy: "Start Bodega with the role worker (ROLES=api,worker is the default).",
  examine: async () => {
    const jobs = new Jobs({ database, metrics: new Metrics({ withProcess: false }), log });
    const { byState, oldestWaitingSeconds } = await jobs.counts();
    const workers = (await jobs.countWorkers()).jobs;
    const waitedSeconds = Math.round(oldestWaitingSeconds);
    const detail = `${workers} workers, ${byState.waiting} waiting (the oldest for ${waitedSeconds} s), ${byState.dead} failed for good`;
    if (workers === 0 && byState.waiting > 0) return { state: "failed", detail };
    if (oldestWaitingSeconds > backlogSecondsMax) {
      return { state: "failed", detail, remedy: "Start more workers, or raise WORKER_CONCURRENCY." };
    }
    if (byState.dead > 0) {
      return {
        state: "failed",
        detail,
        remedy: "Read bodega jobs, put right what they say, then bodega jobs retry --all.",
      };
    }
    return workers === 0
      ? { state: "skipped", detail: "no server runs, and nothing waits for one" }
      : { state: "ok", detail };
  },
});

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
