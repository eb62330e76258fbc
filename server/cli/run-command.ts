import { openApplication, startBackground } from "../application.ts";
import { type Config, readConfig } from "../config.ts";
import type { Foundation } from "../foundation/foundation.ts";
import { createLogger, type Logger } from "../foundation/telemetry/logger.ts";
import { startTracing } from "../foundation/telemetry/tracing.ts";
import { version } from "../version.ts";
import { exitCodeOf, exitCodes } from "./failure.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

export interface CommandContext {
  readonly foundation: Foundation;
  readonly terminal: Terminal;
  /** Aborted when the person interrupts; the command then says how far it came. */
  readonly signal: AbortSignal;
  /** Sees to it that somebody works on the queue: starts a worker here while no process has one. */
  readonly ensureWorker: () => Promise<void>;
}

export interface CommandOptions {
  readonly json?: boolean;
}

/** Configuration and a log for a command: on stderr, warnings only unless LOG_LEVEL says otherwise. */
export function readCommandConfig(): { readonly config: Config; readonly log: Logger } {
  const config = readConfig(process.env);
  const level = process.env.LOG_LEVEL ? config.logLevel : "warn";
  return { config, log: createLogger({ level, name: "bodega-cli" }, process.stderr) };
}

/**
 * Runs `work` over the opened application, whether or not a server runs beside it, and closes everything. `work` answers
 * whether all was done, which becomes the exit code. A second interrupt leaves at once.
 */
export async function runCommand(
  options: CommandOptions,
  work: (context: CommandContext) => Promise<boolean>,
): Promise<void> {
  const interruption = interruptible();
  try {
    const { config, log } = readCommandConfig();
    const tracing = startTracing({ otlpEndpoint: config.otlpEndpoint, version });
    const opened = await openApplication(config, log);
    const workers = new OwnWorkers(opened.foundation);
    try {
      const isDone = await work({
        foundation: opened.foundation,
        terminal: openTerminal({ isJson: options.json ?? false }),
        signal: interruption.signal,
        ensureWorker: () => workers.ensure(),
      });
      process.exitCode = interruption.signal.aborted
        ? exitCodes.interrupted
        : isDone
          ? exitCodes.done
          : exitCodes.failed;
    } finally {
      await workers.stop();
      await opened.close();
      await tracing.close();
    }
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  } finally {
    interruption.end();
  }
}

/** Workers of this process, as long as no other one has any. */
class OwnWorkers {
  readonly #foundation: Foundation;
  #stops: (() => Promise<void>)[] = [];
  #checkedAt = Number.NEGATIVE_INFINITY;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
  }

  /** May be called as often as one likes; looks again every two seconds, since a server may stop at any time. */
  async ensure(): Promise<void> {
    if (this.#stops.length > 0 || performance.now() - this.#checkedAt < checkIntervalMs) return;
    this.#checkedAt = performance.now();
    const { jobs } = await this.#foundation.jobs.countWorkers();
    if (jobs === 0) this.#stops = await startBackground(this.#foundation);
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.reverse()) await stop();
    this.#stops = [];
  }
}

const checkIntervalMs = 2_000;

function interruptible(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    end: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
