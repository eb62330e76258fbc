import type pg from "pg";
import type { Database } from "../database/database.ts";
import type { Logger } from "../telemetry/logger.ts";
import { listen } from "./queries.ts";

export interface NotificationListenerOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly applicationName?: string;
}

const reconnectMinMs = 50;
const reconnectMaxMs = 2_000;

/**
 * The process's one LISTEN connection. A notification says only that something changed, so handlers take no content and
 * are called once more after every reconnection: what was said meanwhile is lost, what it was about is in the tables.
 */
export class NotificationListener {
  readonly #options: NotificationListenerOptions;
  readonly #handlers = new Map<string, (() => void)[]>();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #isClosed = false;

  constructor(options: NotificationListenerOptions) {
    this.#options = options;
  }

  /** Has `handler` called at each notification on `channel`. Register before `start`. */
  on(channel: string, handler: () => void): void {
    this.#handlers.set(channel, [...(this.#handlers.get(channel) ?? []), handler]);
  }

  /** Connects; throws when that fails. Later losses are repaired in the background, within about two seconds. */
  async start(): Promise<void> {
    await this.#connect();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #connect(): Promise<void> {
    const client = await this.#options.database.connectDirect(this.#options.applicationName ?? "bodega-listener");
    try {
      client.on("notification", ({ channel }) => this.#call(this.#handlers.get(channel) ?? []));
      client.on("end", () => this.#lost(client));
      for (const channel of this.#handlers.keys()) await listen(client, channel);
    } catch (error) {
      await client.end();
      throw error;
    }
    if (this.#isClosed) return client.end();
    this.#client = client;
    this.#failures = 0;
    this.#call([...this.#handlers.values()].flat());
  }

  #lost(client: pg.Client): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (this.#isClosed) return;
    const waitMs = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#timer = setTimeout(() => {
      this.#connect().catch((error: unknown) => {
        this.#options.log.warn({ error, failures: this.#failures }, "the database cannot be listened to yet");
        this.#reconnectLater();
      });
    }, waitMs);
    this.#timer.unref();
  }

  #call(handlers: readonly (() => void)[]): void {
    for (const handler of handlers) handler();
  }
}
