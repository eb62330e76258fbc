import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openApplication } from "../server/application.ts";
import { readConfig } from "../server/config.ts";
import { Database } from "../server/foundation/database/database.ts";
import { openDataFolder } from "../server/foundation/database/embedded-postgres/data-folder.ts";
import {
  type EmbeddedPostgres,
  openEmbeddedPostgres,
} from "../server/foundation/database/embedded-postgres/embedded-postgres.ts";
import { readPostmaster } from "../server/foundation/database/embedded-postgres/postmaster.ts";
import type { Foundation } from "../server/foundation/foundation.ts";
import { createLogger, type Logger } from "../server/foundation/telemetry/logger.ts";
import { type S3Server, type S3ServerOptions, startS3Server } from "../server/testing/s3-server.ts";
import type { DrillContext } from "./drill.ts";
import { PhotoAlbum } from "./photos.ts";
import { compileCache, newDataFolder } from "./prepared-folder.ts";
import { ShopProcess } from "./shop-process.ts";

export interface ShopOptions {
  readonly apis: number;
  readonly workers: number;
  /** The folder of the shop (the default), or a bucket that can be told to misbehave. */
  readonly store?: "folder" | "s3";
  readonly onStoreAsked?: S3ServerOptions["onAsked"];
  readonly workerScript?: URL;
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes the way by which the processes reach PostgreSQL, from the one that there is; by default they find it themselves. */
  readonly databaseWay?: (url: string) => Promise<string>;
}

/** Of the shop's first administrator, whom the drill acts as. */
export const admin = { email: "drill@bodega.example", password: "a password for drills alone" } as const;

const mainScript = new URL("../server/main.ts", import.meta.url);

/**
 * A whole shop of real processes: PostgreSQL with its durability untouched, `api` and `worker` processes as
 * `server/main.ts` starts them, a store of real files or a bucket behind a real socket.
 */
export class Shop {
  readonly album: PhotoAlbum;
  readonly database: Database;
  readonly apis: readonly ShopProcess[];
  readonly workers: readonly ShopProcess[];
  readonly dataDir: string;
  /** Null with the folder store. */
  readonly s3: S3Server | null;
  readonly #postgres: EmbeddedPostgres;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log: Logger;

  private constructor(parts: ShopParts, options: ShopOptions, context: DrillContext) {
    this.album = new PhotoAlbum(context.random);
    this.dataDir = parts.dataDir;
    this.s3 = parts.s3;
    this.#postgres = parts.postgres;
    this.#log = parts.log;
    const { url } = parts.postgres;
    this.database = new Database({ url, directUrl: url, connectionsMax: 8, log: parts.log });
    this.#environment = environmentOf(parts, options);
    const named = (name: string, role: string, script: URL) =>
      new ShopProcess({
        name,
        script,
        environment: { ...this.#environment, ROLES: role },
        logFolder: logFolderOf(parts.dataDir),
      });
    this.apis = Array.from({ length: options.apis }, (_, index) => named(`api-${index + 1}`, "api", mainScript));
    this.workers = Array.from({ length: options.workers }, (_, index) =>
      named(`worker-${index + 1}`, "worker", options.workerScript ?? mainScript),
    );
  }

  /** Opens the database, then starts all processes at once. */
  static async open(options: ShopOptions, context: DrillContext): Promise<Shop> {
    const dataDir = await newDataFolder();
    await mkdir(logFolderOf(dataDir));
    const log = createLogger({ level: "silent" });
    const s3 =
      options.store === "s3"
        ? await startS3Server({
            random: context.random.next,
            ...(options.onStoreAsked && { onAsked: options.onStoreAsked }),
          })
        : null;
    const postgres = await openEmbeddedPostgres({ dataDir });
    const databaseUrl = (await options.databaseWay?.(postgres.url)) ?? null;
    const shop = new Shop({ dataDir, s3, postgres, databaseUrl, log }, options, context);
    process.once("exit", shop.#endAtExit);
    try {
      await Promise.all([...shop.apis, ...shop.workers].map((each) => each.start()));
    } catch (error) {
      await shop.close();
      throw error;
    }
    return shop;
  }

  /** A drill that is broken off leaves no process behind; PostgreSQL shuts down fast on SIGINT. */
  readonly #endAtExit = (): void => {
    for (const each of this.processes) each.killAtOnce();
    const postmasterFile = join(this.dataDir, "postgres", "postmaster.pid");
    if (!existsSync(postmasterFile)) return;
    const pid = Number.parseInt(readFileSync(postmasterFile, "utf8"), 10);
    if (pid > 1) process.kill(pid, "SIGINT");
  };

  get processes(): readonly ShopProcess[] {
    return [...this.apis, ...this.workers];
  }

  /** kill -9 of PostgreSQL itself; its own processes notice by themselves. Answers when it was. */
  async killDatabase(): Promise<number> {
    const postmaster = await readPostmaster(await openDataFolder(this.dataDir));
    if (postmaster === null) throw new Error("PostgreSQL does not run.");
    process.kill(postmaster.pid, "SIGKILL");
    return performance.now();
  }

  /** Leaves the care for PostgreSQL to the processes of the shop. The drill goes on asking it. */
  async leaveDatabaseToProcesses(): Promise<void> {
    await this.#postgres.close();
  }

  /** The shop from the inside: the same code over the same database and store, for audits, without any role. */
  async inspect<Result>(look: (foundation: Foundation) => Promise<Result>): Promise<Result> {
    const application = await openApplication(readConfig(this.#environment), this.#log);
    try {
      return await look(application.foundation);
    } finally {
      await application.close();
    }
  }

  /** Ends everything and removes the folder; with `keep`, the folder stays for whoever looks into what happened. */
  async close({ keep = false }: { readonly keep?: boolean } = {}): Promise<void> {
    await Promise.all(this.processes.map((each) => each.kill()));
    await this.database.close();
    await this.#postgres.close();
    // Where the processes had the care, nobody is left to have it.
    const last = await openEmbeddedPostgres({ dataDir: this.dataDir });
    await last.close();
    process.off("exit", this.#endAtExit);
    await this.s3?.close();
    if (!keep) await rm(this.dataDir, { recursive: true, force: true });
  }
}

interface ShopParts {
  readonly dataDir: string;
  readonly s3: S3Server | null;
  readonly postgres: EmbeddedPostgres;
  /** Null: the processes find PostgreSQL themselves. */
  readonly databaseUrl: string | null;
  readonly log: Logger;
}

/** Runs `work` in a shop of its own, which is closed afterwards however it ends. */
export async function inShop<Result>(
  options: ShopOptions,
  context: DrillContext,
  work: (shop: Shop) => Promise<Result>,
): Promise<Result> {
  const shop = await Shop.open(options, context);
  let isWell = false;
  try {
    const result = await work(shop);
    isWell = true;
    return result;
  } finally {
    const keep = !isWell && !context.isQuick;
    if (keep) context.tell(`kept for a look: ${shop.dataDir}`);
    await shop.close({ keep });
  }
}

const logFolderOf = (dataDir: string): string => join(dataDir, "logs");

/** Nothing of the caller's own environment but what programs need, so that every run is the same. */
function environmentOf(
  { dataDir, s3, postgres, databaseUrl }: ShopParts,
  options: ShopOptions,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    NODE_COMPILE_CACHE: compileCache,
    DATA_DIR: dataDir,
    BODEGA_DEMO: "false",
    BODEGA_ADMIN_EMAIL: admin.email,
    BODEGA_ADMIN_PASSWORD: admin.password,
    SHOP_TIMEZONE: "UTC",
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: postgres.url }),
    ...(s3 !== null && {
      S3_ENDPOINT: s3.url,
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      S3_FORCE_PATH_STYLE: "true",
    }),
    ...options.environment,
  };
}
