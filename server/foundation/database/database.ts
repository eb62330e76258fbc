import { AsyncLocalStorage } from "node:async_hooks";
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from "kysely";
import pg from "pg";
import type { Principal } from "../auth/principal.ts";
import type { Logger } from "../telemetry/logger.ts";
import { currentTraceparent } from "../telemetry/tracing.ts";

/** What statements run on: the pool, or a transaction. Every function of a `queries.ts` takes one first. */
export type Executor = Kysely<unknown>;

export interface DatabaseOptions {
  /** May lead through a transaction pooler. */
  readonly url: string;
  /** Never through a pooler: LISTEN, session locks and workers need a session. */
  readonly directUrl: string;
  readonly connectionsMax: number;
  readonly log: Logger;
}

/** How long one statement, one wait for a lock, one wait for a connection may take. */
const statementTimeoutMs = 30_000;
const lockTimeoutMs = 10_000;
const connectTimeoutMs = 10_000;
/** A process that is frozen inside a transaction lets go of its locks after this, before its jobs are given to others. */
const idleInTransactionMs = 20_000;

/** serialization_failure, deadlock_detected: nothing happened, the same work may be tried again. */
const retryableStates = new Set(["40001", "40P01"]);
const transactionTriesMax = 5;

/**
 * The way to PostgreSQL. Statements on `db` run as the service role (which owns the tables, so row security does not
 * bind it); user requests run in `actAs`, under `bodega_user` with the caller's claims, where row security does.
 */
export class Database {
  readonly db: Executor;
  readonly pool: pg.Pool;
  readonly url: string;
  readonly directUrl: string;
  readonly #beginning = new AsyncLocalStorage<Principal>();
  readonly #log: Logger;

  constructor(options: DatabaseOptions) {
    this.#log = options.log;
    this.url = options.url;
    this.directUrl = options.directUrl;
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.connectionsMax,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      query_timeout: statementTimeoutMs + 5_000,
    });
    // An idle connection that breaks (PostgreSQL restarted) is replaced by the pool; without a listener it would end us.
    this.pool.on("error", (error) => options.log.warn({ error }, "an idle database connection was lost"));
    // One in use tells its statement as well; its event, unheard, would end the process all the same.
    this.pool.on("connect", (client) =>
      client.on("error", (error) => options.log.debug({ error }, "a database connection broke")),
    );
    const beginning = this.#beginning;
    const pool = this.pool;
    this.db = new Kysely<unknown>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new ClaimsDriver(pool, beginning),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    });
  }

  /**
   * Runs `work` in one transaction as the service role. Deadlocks and serialisation failures are tried again, up to
   * five times with jitter, so `work` must have no effect outside of the database.
   */
  async transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T> {
    return this.#transaction(null, work);
  }

  /** The same under `bodega_user` with `principal`'s claims: row security decides what is seen and changed. */
  async actAs<T>(principal: Principal, work: (transaction: Executor) => Promise<T>): Promise<T> {
    return this.#transaction(principal, work);
  }

  /**
   * The same for reading alone. The answer does not wait for the transaction to end: nothing of it has to last, so
   * row security costs a request one round trip more, not two.
   */
  async readAs<T>(principal: Principal, work: (transaction: Executor) => Promise<T>): Promise<T> {
    const transaction = await this.#beginning.run(principal, () => this.db.startTransaction().execute());
    try {
      return await work(transaction);
    } finally {
      transaction
        .rollback()
        .execute()
        .catch((error: unknown) => this.#log.warn({ error }, "a reading transaction did not end well"));
    }
  }

  /** A connection of its own outside of the pool, for LISTEN and session locks. The caller ends it. */
  async connectDirect(applicationName: string): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.directUrl,
      application_name: applicationName,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
    });
    client.on("error", (error) => this.#log.warn({ error, applicationName }, "a direct database connection was lost"));
    await client.connect();
    return client;
  }

  async close(): Promise<void> {
    await this.db.destroy();
    if (!this.pool.ended) await this.pool.end();
  }

  async #transaction<T>(principal: Principal | null, work: (transaction: Executor) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        const run = () => this.db.transaction().execute(work);
        return await (principal === null ? this.#beginning.exit(run) : this.#beginning.run(principal, run));
      } catch (error) {
        if (tries >= transactionTriesMax || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
      }
    }
  }
}

/** The five-character SQLSTATE of a PostgreSQL error, or null for any other error. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : null;
}

/** The name of the constraint that an error is about, or null. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof Error && "constraint" in error && typeof error.constraint === "string"
    ? error.constraint
    : null;
}

function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && retryableStates.has(state);
}

/** Begins every transaction with its role, claims, trace and time limits in the same round trip. */
class ClaimsDriver extends PostgresDriver {
  readonly #beginning: AsyncLocalStorage<Principal>;

  constructor(pool: pg.Pool, beginning: AsyncLocalStorage<Principal>) {
    super({ pool });
    this.#beginning = beginning;
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : "";
    await connection.executeQuery(
      CompiledQuery.raw(`begin${isolation}; ${preamble(this.#beginning.getStore() ?? null)}`),
    );
  }
}

function preamble(principal: Principal | null): string {
  const traceparent = currentTraceparent();
  const local = [
    ["statement_timeout", String(statementTimeoutMs)],
    ["lock_timeout", String(lockTimeoutMs)],
    ["idle_in_transaction_session_timeout", String(idleInTransactionMs)],
    ...(traceparent === null ? [] : [["bodega.traceparent", traceparent]]),
    ...(principal === null ? [] : [["request.jwt.claims", JSON.stringify(claimsOf(principal))]]),
  ].map(([name, value]) => `set local ${name} = ${pg.escapeLiteral(value ?? "")}`);
  // The role comes last: `bodega_user` may set no more than these.
  return [...local, ...(principal === null ? [] : ["set local role bodega_user"])].join("; ");
}

/** What row security reads (`platform.caller_role()`, `platform.caller_supplier_id()`). */
function claimsOf(principal: Principal): Readonly<Record<string, string | null>> {
  return { sub: principal.userId, role: principal.role, supplier_id: principal.supplierId };
}
