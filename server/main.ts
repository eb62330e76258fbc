import "./thread-pool.ts";
import { type Application, startApplication } from "./application.ts";
import { ConfigError, readConfig } from "./config.ts";
import { EmbeddedPostgresError } from "./foundation/database/embedded-postgres/embedded-postgres-error.ts";
import { MigrationError } from "./foundation/database/migrate.ts";
import { createLogger, type Logger } from "./foundation/telemetry/logger.ts";
import { startTracing } from "./foundation/telemetry/tracing.ts";
import { version } from "./version.ts";

/** Longer than a drain takes; after it, whoever waits for us would kill us anyway. */
const stopTimeoutMs = 40_000;

/**
 * Starts the roles of `ROLES` and runs until SIGINT or SIGTERM. What is wrong with the configuration or the database is
 * said in one sentence; the exit code is then 78 (EX_CONFIG), so that supervisors do not try again and again.
 */
export async function main(env: Environment = process.env): Promise<void> {
  let log: Logger | undefined;
  try {
    const config = readConfig(env);
    log = createLogger({ level: config.logLevel });
    const tracing = startTracing({ otlpEndpoint: config.otlpEndpoint, version });
    const application = await startApplication(config, log);
    welcome(application, log);
    stopOnSignals(log, async () => {
      await application.close();
      await tracing.close();
    });
  } catch (error) {
    fail(error, log);
  }
}

function welcome({ server, firstAdmin }: Application, log: Logger): void {
  log.info({ url: server?.url ?? null, version }, "Bodega is running");
  if (server === null || !process.stdout.isTTY) {
    if (firstAdmin?.file)
      log.info({ email: firstAdmin.email, file: firstAdmin.file }, "the first administrator was made");
    return;
  }
  const lines = [`Bodega ${version} is running at ${server.url}  (API reference: ${server.url}/docs)`];
  if (firstAdmin?.password) {
    lines.push(`Sign in as ${firstAdmin.email} with the password ${firstAdmin.password}`);
    lines.push(`(also kept in ${firstAdmin.file}, which only you can read)`);
  }
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join("\n")}\n\n`);
}

function stopOnSignals(log: Logger, close: () => Promise<void>): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) {
      log.warn({ signal }, "asked again to stop: leaving at once");
      process.exit(130);
    }
    isStopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, "stopping did not go well");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function fail(error: unknown, log: Logger | undefined): never {
  const isExplained =
    error instanceof ConfigError || error instanceof EmbeddedPostgresError || error instanceof MigrationError;
  if (isExplained || log === undefined) {
    process.stderr.write(`Bodega cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  } else {
    log.fatal({ error }, "Bodega cannot start");
  }
  process.exit(isExplained ? 78 : 1);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As with `--no-demo`, which stands above the environment. */
export const withoutDemo = (env: Environment): Environment => ({ ...env, BODEGA_DEMO: "false" });

if (import.meta.main) await main(process.argv.includes("--no-demo") ? withoutDemo(process.env) : process.env);
