import { ConfigError } from "../config.ts";
import { EmbeddedPostgresError } from "../foundation/database/embedded-postgres/embedded-postgres-error.ts";
import { MigrationError } from "../foundation/database/migrate.ts";
import { Problem } from "../foundation/problem.ts";

/** What a person did wrong on the command line; the message is one sentence for them. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Says on stderr what went wrong, in one sentence where we know one, and answers the exit code. */
export function exitCodeOf(error: unknown): number {
  const isExplained =
    error instanceof UsageError ||
    error instanceof Problem ||
    error instanceof EmbeddedPostgresError ||
    error instanceof MigrationError;
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes.configuration;
  }
  process.stderr.write(`${isExplained ? error.message : describe(error)}\n`);
  return exitCodes.failed;
}

/** `configuration` is EX_CONFIG of sysexits. */
export const exitCodes = { done: 0, failed: 1, configuration: 78, interrupted: 130 } as const;

export const messageOf = (error: unknown): string =>
  error instanceof Problem
    ? `${error.code}: ${error.message}`
    : error instanceof Error && error.message !== ""
      ? error.message
      : error instanceof Error && "code" in error
        ? String(error.code)
        : String(error);

const describe = (error: unknown): string =>
  process.env.LOG_LEVEL === "debug" && error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
