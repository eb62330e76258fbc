import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "../../database/database.ts";
import { uuidV7 } from "../../database/uuid.ts";
import { pause } from "../../pause.ts";
import type { Logger } from "../../telemetry/logger.ts";
import { RegistrationLost } from "../failure.ts";
import { failureFields } from "../failure-message.ts";
import { deleteWorker, endLockSession, insertWorker, touchWorker, tryWorkerLock } from "./queries.ts";

export interface RegistrationOptions {
  readonly database: Database;
  readonly kind: "jobs" | "schedules";
  /** What marks the jobs of this worker; null when it takes none. */
  readonly poolId: string | null;
  readonly log: Logger;
  readonly heartbeatMs?: number;
}

const heartbeatDefaultMs = 2_000;
/** A server that does not answer within this is taken for lost. */
const answerTimeoutMs = 5_000;
const reconnectMs = { first: 50, max: 500 } as const;

/**
 * The sign by which others know that this process lives: a row in `platform.workers`, a session lock on a connection of
 * its own, and a heartbeat.
 *
 *   connecting ─► registered ◄─► connecting again (connection lost; same row, same lock)
 *                     └────────────────┴─► lost (the row is gone: taken for dead) | closed
 *
 * A process that was stopped for a while, or cut off, may be taken for dead without noticing at once. So before a result
 * counts that only the holder may have, ask `confirm`; it costs a round trip only when the last sign is not fresh.
 */
export class WorkerRegistration {
  readonly id = uuidV7();
  /** Signed: PostgreSQL's keys are. 62 random bits, so that two workers never meet. */
  readonly #lockKey = (BigInt(`0x${randomBytes(8).toString("hex")}`) >> 2n).toString();
  readonly #options: RegistrationOptions;
  readonly #heartbeatMs: number;
  readonly #lost = new AbortController();
  readonly #closed = new AbortController();
  readonly #registered = Promise.withResolvers<void>();
  #client: pg.Client | null = null;
  #isRegistered = false;
  /** Of the session that held the lock last. */
  #backendPid: number | null = null;
  #connections = 0;
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #connectedAt = Number.NEGATIVE_INFINITY;
  #confirming: Promise<boolean> | null = null;
  readonly #running: Promise<void>;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#heartbeatMs = options.heartbeatMs ?? heartbeatDefaultMs;
    this.#running = this.#run();
  }

  /** Resolves when the row is there and the lock is held, however long the database is away; also when closed first. */
  get registered(): Promise<void> {
    return this.#registered.promise;
  }

  /** Aborted when others were given our work. It does not come back; register anew. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** How long the connection that holds the lock stands; 0 while there is none. In milliseconds. */
  get connectedForMs(): number {
    return this.#client === null ? 0 : performance.now() - this.#connectedAt;
  }

  /** Whether the connection was ever lost and made anew. */
  get wasCutOff(): boolean {
    return this.#connections > 1;
  }

  /** True while the last sign from the database is so fresh that nobody can have taken us for dead. */
  get isCertain(): boolean {
    return this.#isFresh && this.#client !== null;
  }

  /** Whether our work is still ours, asked of the database; waits while that is away. False once lost or closed. */
  async confirm(): Promise<boolean> {
    this.#confirming ??= this.#confirm().finally(() => {
      this.#confirming = null;
    });
    return this.#confirming;
  }

  /** Takes the row off the list and frees the lock. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#running;
  }

  get #isOver(): boolean {
    return this.#lost.signal.aborted || this.#closed.signal.aborted;
  }

  get #isFresh(): boolean {
    return !this.#isOver && performance.now() - this.#confirmedAt < this.#heartbeatMs * 3;
  }

  async #confirm(): Promise<boolean> {
    while (!this.#isOver) {
      const client = this.#client;
      if (client !== null && (await this.#beat(client))) return true;
      await this.#pause(reconnectMs.first);
    }
    return false;
  }

  async #run(): Promise<void> {
    let pauseMs: number = reconnectMs.first;
    while (!this.#isOver) {
      try {
        const client = await this.#connect();
        pauseMs = reconnectMs.first;
        await this.#beatUntilEnd(client);
      } catch (error) {
        const told = { ...failureFields(error), workerId: this.id };
        // Once for an outage, not at every try.
        const level = pauseMs === reconnectMs.first ? "warn" : "debug";
        this.#options.log[level](told, "the worker cannot reach its registration; it tries on");
      }
      await this.#pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, reconnectMs.max);
    }
    this.#registered.resolve();
  }

  /** Connects, takes the lock, and puts the row there, or finds that it is gone. The lock comes first. */
  async #connect(): Promise<pg.Client> {
    const client = await this.#options.database.connectDirect(`bodega-${this.#options.kind}`);
    try {
      await this.#takeLock(client);
      if (this.#isOver) return client;
      if (this.#isRegistered) {
        if (!(await answered(touchWorker(client, this.id)))) this.#lose();
      } else {
        const { kind, poolId } = this.#options;
        const worker = { id: this.id, kind, poolId, lockKey: this.#lockKey, host: hostname(), pid: process.pid };
        await answered(insertWorker(client, worker));
        this.#isRegistered = true;
      }
    } catch (error) {
      await endQuietly(client);
      throw error;
    }
    this.#client = client;
    this.#connections += 1;
    this.#connectedAt = performance.now();
    this.#confirmedAt = this.#connectedAt;
    if (!this.#isOver) this.#registered.resolve();
    return client;
  }

  /** A sweep may hold it for a moment, and the server may not know yet that our last connection broke. */
  async #takeLock(client: pg.Client): Promise<void> {
    while (!this.#isOver) {
      const lock = await answered(tryWorkerLock(client, this.#lockKey));
      if (lock.isHeld) {
        this.#backendPid = lock.backendPid;
        return;
      }
      if (this.#backendPid !== null) await answered(endLockSession(client, this.#lockKey, this.#backendPid));
      await this.#pause(reconnectMs.first);
    }
  }

  async #beatUntilEnd(client: pg.Client): Promise<void> {
    const ended = new AbortController();
    client.once("end", () => ended.abort());
    try {
      while (!this.#isOver && !ended.signal.aborted) {
        await this.#pause(this.#heartbeatMs, ended.signal);
        if (this.#isOver || ended.signal.aborted || !(await this.#beat(client))) break;
      }
      if (this.#closed.signal.aborted && !ended.signal.aborted) await answered(deleteWorker(client, this.id));
    } finally {
      this.#client = null;
      await endQuietly(client);
    }
  }

  async #beat(client: pg.Client): Promise<boolean> {
    const askedAt = performance.now();
    try {
      if (await answered(touchWorker(client, this.id))) {
        this.#confirmedAt = askedAt;
        return true;
      }
      this.#lose();
    } catch (error) {
      this.#options.log.warn({ ...failureFields(error), workerId: this.id }, "the worker's heartbeat got no answer");
      // Ends the connection, and with it `#beatUntilEnd`, which connects again.
      await endQuietly(client);
    }
    return false;
  }

  #lose(): void {
    if (this.#isOver) return;
    this.#options.log.warn({ workerId: this.id }, "this worker was taken for dead; it registers anew");
    this.#lost.abort(new RegistrationLost());
  }

  async #pause(ms: number, ended?: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([this.#closed.signal, this.#lost.signal, ...(ended === undefined ? [] : [ended])]);
    await pause(ms, signal);
  }
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${answerTimeoutMs} ms.`)), answerTimeoutMs);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** A connection that hangs is not waited for. */
async function endQuietly(client: pg.Client): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), delay(500)]);
}
