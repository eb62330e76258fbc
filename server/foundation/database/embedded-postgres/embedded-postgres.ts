import type pg from "pg";
import { pause } from "../../pause.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { isPostmasterAlive, readPostmaster } from "./postmaster.ts";
import { connectToServer, isLastUser, serverUrl } from "./server-connection.ts";
import type { ServerSettings } from "./server-settings.ts";
import { adoptOrStart, type ServerInUse, stopServer } from "./server-start.ts";
import { withStartLock } from "./start-lock.ts";

/** What a pino logger offers of it. */
interface EmbeddedPostgresLog {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
}

export interface EmbeddedPostgresOptions {
  /** Holds the server's data, password, port and log. Created if needed. */
  readonly dataDir: string;
  readonly log?: EmbeddedPostgresLog;
  /** Added to the server's settings when this process starts it; an adopted server keeps its own. */
  readonly settings?: ServerSettings;
}

export interface EmbeddedPostgres {
  /** Superuser, database `bodega`, loopback. Stays valid when the server is restarted. */
  readonly url: string;
  /** Whether this process started the server; false: it adopted one that ran already. */
  readonly started: boolean;
  /**
   * Leaves the server, and stops it when nobody else uses it. Close your own connections first: a server that stops
   * cuts them. May be called again.
   */
  readonly close: () => Promise<void>;
}

/**
 * Runs a real PostgreSQL inside a folder, shared by any number of processes: the first one starts it, others adopt it
 * (even when its starter was killed), and the last to leave stops it. If it dies while in use, one of its users starts
 * it again on the same port.
 *
 * Throws `EmbeddedPostgresError`, whose message is one sentence for whoever runs Bodega.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await openDataFolder(options.dataDir);
  const settings = options.settings ?? {};
  const beganAt = performance.now();
  const { server, url } = await withStartLock(folder.lockFile, null, async () => {
    const opened = await adoptOrStart(folder, { port: null, settings });
    return { server: opened, url: await serverUrl(folder, opened.port) };
  });
  options.log?.info(
    { port: server.port, started: server.started, durationMs: Math.round(performance.now() - beganAt) },
    server.started ? "embedded PostgreSQL started" : "embedded PostgreSQL adopted",
  );
  const use = new ServerUse(folder, server, settings, options.log);
  return { url, started: server.started, close: () => use.close() };
}

const recoveryPauseMsMax = 2_000;

/** Our place among the users of a server, from the first connection until we leave. */
class ServerUse {
  readonly #folder: DataFolder;
  readonly #port: number;
  readonly #settings: ServerSettings;
  readonly #log: EmbeddedPostgresLog | undefined;
  readonly #leaving = new AbortController();
  #client: pg.Client | null = null;
  #recovery: Promise<void> = Promise.resolve();
  #left: Promise<void> | null = null;

  constructor(folder: DataFolder, server: ServerInUse, settings: ServerSettings, log: EmbeddedPostgresLog | undefined) {
    this.#folder = folder;
    this.#port = server.port;
    this.#settings = settings;
    this.#log = log;
    this.#hold(server.client);
  }

  close(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  /** Keeps the connection that holds our place; when it breaks, the server is looked after. */
  #hold(client: pg.Client): void {
    this.#client = client;
    client.once("end", () => {
      this.#client = null;
      if (this.#leaving.signal.aborted) return;
      this.#log?.warn({ port: this.#port }, "the embedded PostgreSQL was lost");
      this.#recovery = this.#recover();
    });
  }

  /** Adopts or starts the server again on the port that everyone knows, until it is back or we leave. */
  async #recover(): Promise<void> {
    const signal = this.#leaving.signal;
    for (let pauseMs = retryPauseMs(0), tries = 1; !signal.aborted; tries += 1, pauseMs = retryPauseMs(tries)) {
      try {
        const server = await withStartLock(this.#folder.lockFile, signal, () =>
          adoptOrStart(this.#folder, { port: this.#port, settings: this.#settings }),
        );
        this.#hold(server.client);
        this.#log?.warn(
          { port: server.port, expectedPort: this.#port, started: server.started, tries },
          server.port === this.#port
            ? "the embedded PostgreSQL is back"
            : "the embedded PostgreSQL is back on another port: restart this process",
        );
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#log?.warn({ error, tries }, "the embedded PostgreSQL could not be brought back yet");
      }
      await pause(pauseMs, signal);
    }
  }

  async #leave(): Promise<void> {
    this.#leaving.abort();
    await this.#recovery;
    await withStartLock(this.#folder.lockFile, null, async () => {
      if (!(await this.#isLast())) return;
      await stopServer(this.#folder);
      this.#log?.info({ port: this.#port }, "embedded PostgreSQL stopped");
    });
  }

  /** Whether the server runs and nobody else uses it; our own place is given up. */
  async #isLast(): Promise<boolean> {
    const postmaster = await readPostmaster(this.#folder);
    if (postmaster === null || !(await isPostmasterAlive(this.#folder, postmaster.pid))) {
      await this.#client?.end();
      return false;
    }
    let client = this.#client;
    try {
      client ??= await connectToServer(this.#folder, postmaster.port);
      return await isLastUser(client);
    } catch (error) {
      // It is starting, recovering or ending: whoever uses it next will also leave it.
      this.#log?.warn({ error }, "the embedded PostgreSQL could not be asked for its users, so it was not stopped");
      return false;
    } finally {
      await client?.end();
    }
  }
}

function retryPauseMs(tries: number): number {
  return Math.min(100 * 2 ** tries, recoveryPauseMsMax);
}
