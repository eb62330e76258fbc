import type { Config } from "../config.ts";
import { readAuthSecret } from "./auth/auth-secret.ts";
import { Authenticator } from "./auth/authenticator.ts";
import { Database } from "./database/database.ts";
import { openEmbeddedPostgres } from "./database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "./database/migrate.ts";
import { Events } from "./events/events.ts";
import type { Foundation } from "./foundation.ts";
import { Incidents } from "./incidents/incidents.ts";
import { Jobs } from "./jobs/jobs.ts";
import { RateLimiter } from "./resilience/rate-limiter.ts";
import { Settings } from "./settings/settings.ts";
import { openObjectStore } from "./storage/open-object-store.ts";
import type { Logger } from "./telemetry/logger.ts";
import { Metrics } from "./telemetry/metrics.ts";

export interface OpenFoundation {
  readonly foundation: Foundation;
  readonly close: () => Promise<void>;
}

export interface DatabaseUrls {
  readonly url: string;
  readonly directUrl: string;
  readonly close: () => Promise<void>;
}

/** Per process; with four workers' own connections and two for LISTEN and locks well under PostgreSQL's usual 100. */
const connectionsMax = 16;

/**
 * Opens everything that modules stand on: the database (embedded, unless `DATABASE_URL` names one), migrated; the
 * object store; and the parts over them. Closes what it opened when it throws.
 */
export async function openFoundation(config: Config, log: Logger): Promise<OpenFoundation> {
  const urls = await openDatabaseServer(config, log);
  try {
    await migrate({ url: urls.directUrl, log });
    const metrics = new Metrics();
    const database = new Database({ url: urls.url, directUrl: urls.directUrl, connectionsMax, log });
    const events = new Events({ database, log, metrics });
    const incidents = new Incidents({ database });
    const foundation: Foundation = {
      config,
      log,
      metrics,
      database,
      store: await openObjectStore({
        dataDir: config.dataDir,
        s3: config.s3,
        publicMediaUrl: config.publicMediaUrl,
        signingSecret: () => readAuthSecret({ secret: config.auth.secret, dataDir: config.dataDir }),
      }),
      events,
      incidents,
      settings: new Settings({ database, log, incidents, notifications: events.notifications }),
      jobs: new Jobs({ database, metrics, log }),
      limiter: new RateLimiter({ database }),
      authenticator: new Authenticator({ config, database, log }),
    };
    await events.start();
    return {
      foundation,
      close: async () => {
        await events.close();
        await database.close();
        await urls.close();
      },
    };
  } catch (error) {
    await urls.close();
    throw error;
  }
}

/** The server that the configuration names, or the embedded one, running until `close`; not migrated. */
export async function openDatabaseServer(config: Config, log: Logger): Promise<DatabaseUrls> {
  if (config.databaseUrl !== null) {
    const directUrl = config.databaseDirectUrl ?? config.databaseUrl;
    return { url: config.databaseUrl, directUrl, close: async () => undefined };
  }
  const server = await openEmbeddedPostgres({ dataDir: config.dataDir, log });
  return { url: server.url, directUrl: server.url, close: () => server.close() };
}
