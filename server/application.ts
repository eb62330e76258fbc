import { fileURLToPath } from "node:url";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { catalog } from "./catalog/index.ts";
import type { Config } from "./config.ts";
import { readAuthSecret } from "./foundation/auth/auth-secret.ts";
import { ensureFirstAdmin, type FirstAdmin } from "./foundation/auth/first-admin.ts";
import { createIdentity } from "./foundation/auth/identity.ts";
import { registerEventRoutes } from "./foundation/events/routes.ts";
import type { Foundation } from "./foundation/foundation.ts";
import { createHttpApp } from "./foundation/http/http-app.ts";
import type { HttpEnv } from "./foundation/http/http-env.ts";
import { requestLimitSetting } from "./foundation/http/request-limit.ts";
import { type HttpServer, serve } from "./foundation/http/server.ts";
import { incidentTopic } from "./foundation/incidents/topic.ts";
import { startWorker } from "./foundation/jobs/worker.ts";
import type { Module } from "./foundation/module.ts";
import { openFoundation } from "./foundation/open-foundation.ts";
import { startScheduler } from "./foundation/schedules/scheduler.ts";
import { registerMedia } from "./foundation/storage/media-routes.ts";
import type { Logger } from "./foundation/telemetry/logger.ts";
import { inventory } from "./inventory/index.ts";
import { operations } from "./operations/index.ts";
import { stories } from "./stories/index.ts";
import { version } from "./version.ts";

/** Every module there is; nothing else lists them. */
export const modules: readonly Module[] = [catalog, inventory, stories, operations];

/** Where `npm run build` puts the back office. */
const webRoot = fileURLToPath(new URL("../web/dist/", import.meta.url));

export interface Application {
  readonly foundation: Foundation;
  /** Null when the role `api` was not asked for. */
  readonly server: HttpServer | null;
  /** Made just now, at the very first start, to be shown once; null later. */
  readonly firstAdmin: FirstAdmin | null;
  /** Ends requests, gives running jobs back, and closes everything. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Opens the foundation and lets every module make itself ready; nothing runs yet. */
export async function openApplication(
  config: Config,
  log: Logger,
): Promise<{ readonly foundation: Foundation; readonly close: () => Promise<void> }> {
  const opened = await openFoundation(config, log);
  try {
    const { foundation } = opened;
    await foundation.settings.register([requestLimitSetting, ...modules.flatMap((module) => module.settings ?? [])]);
    for (const module of modules) await module.start?.(foundation);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Starts the roles asked for, in this process. What was started is stopped again when a later part cannot start. */
export async function startApplication(config: Config, log: Logger): Promise<Application> {
  const opened = await openApplication(config, log);
  const stops: (() => Promise<void>)[] = [opened.close];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      for (const stop of stops.reverse()) await stop();
    })();
    return closing;
  };
  try {
    const { foundation } = opened;
    const firstAdmin = config.auth.issuer === null ? await ensureFirstAdmin(foundation) : null;
    for (const module of modules) await module.serve?.(foundation);
    if (config.roles.includes("worker")) stops.push(...(await startBackground(foundation)));
    const server = config.roles.includes("api") ? await startApi(foundation) : null;
    if (server !== null) stops.push(server.close);
    return { foundation, server, firstAdmin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Jobs and schedules of all modules; answers how to stop them, in the order in which they were started. */
export async function startBackground(foundation: Foundation): Promise<(() => Promise<void>)[]> {
  const tasks = modules.flatMap((module) => module.tasks ?? []);
  const schedules = modules.flatMap((module) => module.schedules ?? []);
  const worker = await startWorker({ foundation, tasks, concurrency: foundation.config.workerConcurrency });
  const scheduler = await startScheduler({ foundation, schedules });
  return [() => worker.stop(), () => scheduler.stop()];
}

async function startApi(foundation: Foundation): Promise<HttpServer> {
  const { config, log } = foundation;
  return serve({ app: await createApi(foundation), host: config.host, port: config.port, log });
}

/** All of HTTP: the foundation's own routes and every module's. */
export async function createApi(foundation: Foundation): Promise<OpenAPIHono<HttpEnv>> {
  const { config } = foundation;
  const isEmbeddedIdentity = config.auth.issuer === null;
  const identity = isEmbeddedIdentity
    ? await createIdentity(foundation, await readAuthSecret({ secret: config.auth.secret, dataDir: config.dataDir }))
    : null;
  const own: Module = {
    name: "foundation",
    routes: (app) => {
      registerEventRoutes(app, foundation, [incidentTopic, ...modules.flatMap((module) => module.topics ?? [])]);
      registerMedia(
        app,
        foundation,
        modules.flatMap((module) => module.publicMedia ?? []),
      );
    },
  };
  return createHttpApp({ foundation, modules: [own, ...modules], identity, version, webRoot });
}
