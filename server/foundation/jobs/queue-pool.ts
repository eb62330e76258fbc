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

/**
 * The queue's connections: sessions of its own, since behind a transaction pooler there is no LISTEN.
 *
 * graphile-worker takes a failed statement for the end of everything: a job that could not be completed stops the runner,
 * and a lost LISTEN comes back after up to a minute. So this pool waits instead while PostgreSQL is away, and says the end
 * of a job again until it is heard. `giveUp` ends the waiting.
 */
export class QueuePool extends pg.Pool {
  readonly #log: Logger;
  readonly #givenUp = new AbortController();
  #breaks = 0;

  constructor(options: { readonly database: Database; readonly connectionsMax: number; readonly log: Logger }) {
    super({
      connectionString: options.database.directUrl,
      application_name: "bodega-queue",
      max: options.connectionsMax,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      // Taking a job and recording its end need not outlive a crash of PostgreSQL: what is lost of them makes a job run
      // once more, which it must bear anyhow. What the job itself wrote was committed elsewhere.
      options: "-c synchronous_commit=off",
    });
    this.#log = options.log;
    this.on("error", (error) => this.#noteBreak(error));
    // A connection in use tells its query, too; without a listener its event would end the process.
    this.on("connect", (client) => client.on("error", (error) => this.#noteBreak(error)));
  }

  /** How often a connection broke. A job may have been taken over it and never been heard of. */
  get breaks(): number {
    return this.#breaks;
  }

  giveUp(): void {
    this.#givenUp.abort(new Error("The queue's connections are closed."));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback === undefined) return this.#connectTalking();
    this.#connectPatiently().then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    for (let waitMs: number = pauseMs.first; ; waitMs = Math.min(waitMs * 2, pauseMs.max)) {
      this.#givenUp.signal.throwIfAborted();
      try {
        return await super.connect();
      } catch (error) {
        this.#log.debug(failureFields(error), "the queue waits for a connection");
        await delay(waitMs, undefined, { signal: this.#givenUp.signal });
      }
    }
  }

  /** A client that asks on another connection when its own breaks over the end of a job. */
  async #connectTalking(): Promise<pg.PoolClient> {
    let client = await this.#connectPatiently();
    const query = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
      for (;;) {
        try {
          return await client.query(config);
        } catch (error) {
          if (this.#givenUp.signal.aborted || !endOfJob.test(config.name ?? "") || !isConnectionBroken(error))
            throw error;
          client.release(true);
          client = await this.#connectPatiently();
        }
      }
    };
    return new Proxy(client, {
      get: (_target, property) => {
        if (property === "query") return query;
        const value: unknown = Reflect.get(client, property, client);
        return typeof value === "function" ? value.bind(client) : value;
      },
    });
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
    /^(08...|57P0.|E[A-Z]{4,})$/.test(code) || /connection (error|terminated|ended)|not queryable/i.test(error.message)
  );
}
