import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Database } from "../database/database.ts";
import type { Logger } from "../telemetry/logger.ts";
import { failureFields } from "./failure-message.ts";

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

const pauseMs = { first: 50, max: 500 } as const;
/** graphile-worker's names of the statements that record how jobs ended. Saying them twice changes nothing. */
const endOfJob = /^(complete|fail|return)_job/;

/** Batches of ends go one after the other; two are under way when one is slow. */
const endConnectionsMax = 2;

/**
 * The queue's connections: sessions of its own, since behind a transaction pooler there is no LISTEN.
 *
 * graphile-worker takes a failed statement for the end of everything: a job that could not be completed stops the runner,
 * and a lost LISTEN comes back after up to a minute. So this pool waits instead while PostgreSQL is away, and says the end
 * of a job again until it is heard. `giveUp` ends the waiting.
 *
 * A job starts without waiting for the disk: if PostgreSQL crashes within the next half second, the job may be taken a
 * second time while its first run goes on, which the compare-and-set at its end must bear anyhow. How a job ended is
 * durable before it counts.
 */
export class QueuePool extends pg.Pool {
  readonly #log: Logger;
  readonly #ends: pg.Pool;
  readonly #givenUp = new AbortController();
  #breaks = 0;

  constructor(options: { readonly database: Database; readonly connectionsMax: number; readonly log: Logger }) {
    const connection = {
      connectionString: options.database.directUrl,
      application_name: "bodega-queue",
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    };
    super({ ...connection, max: options.connectionsMax, options: "-c synchronous_commit=off" });
    this.#log = options.log;
    this.#ends = new pg.Pool({ ...connection, max: endConnectionsMax });
    for (const pool of [this, this.#ends]) {
      pool.on("error", (error) => this.#noteBreak(error));
      // A connection in use tells its query, too; without a listener its event would end the process.
      pool.on("connect", (client) => client.on("error", (error) => this.#noteBreak(error)));
    }
  }

  /** How often a connection broke. A job may have been taken over it and never been heard of. */
  get breaks(): number {
    return this.#breaks;
  }

  giveUp(): void {
    this.#givenUp.abort(new Error("The queue's connections are closed."));
  }

  /** Waits for no one: `giveUp` first. */
  async close(): Promise<void> {
    await Promise.all([this.end(), this.#ends.end()]);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback === undefined) return this.#connectForStatement();
    this.#untilReached(() => super.connect()).then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connectForStatement(): Promise<pg.PoolClient> {
    const client = await this.#untilReached(() => super.connect());
    const query = async (config: pg.QueryConfig): Promise<pg.QueryResult> =>
      endOfJob.test(config.name ?? "")
        ? this.#untilReached(async () => this.#ends.query(config))
        : client.query(config);
    return new Proxy(client, {
      get: (target, property) => {
        if (property === "query") return query;
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  /** Tries while PostgreSQL is away; any other error is thrown on. */
  async #untilReached<T>(ask: () => Promise<T>): Promise<T> {
    for (let waitMs: number = pauseMs.first; ; waitMs = Math.min(waitMs * 2, pauseMs.max)) {
      this.#givenUp.signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        if (!isConnectionBroken(error)) throw error;
        this.#log.debug(failureFields(error), "the queue waits for PostgreSQL");
        await delay(waitMs, undefined, { signal: this.#givenUp.signal });
      }
    }
  }

  #noteBreak(error: Error): void {
    this.#breaks += 1;
    this.#log.warn(failureFields(error), "a connection of the queue broke");
  }
}

/** Class 08 and 57P of PostgreSQL (connection exceptions, shutdowns), and what the socket itself says. */
function isConnectionBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    /^(08...|57P0.|E[A-Z]{4,})$/.test(code) ||
    /connection (error|terminated|ended|timeout)|timeout exceeded when trying to connect|not queryable/i.test(
      error.message,
    )
  );
}
