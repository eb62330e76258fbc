import { type DestinationStream, pino } from "pino";

/** One JSON line an event. Bound fields (`requestId`, `traceId`, `jobId`, …) come with every line of a child. */
export type Logger = import("pino").Logger;

/** Members that never reach a log, at the top of a line or one step down. */
const secrets = ["password", "token", "authorization", "cookie", "secret", "secretAccessKey", "apiKey", "databaseUrl"];

/** Makes the process's logger. Tests pass a `destination` of their own. */
export function createLogger(
  options: { readonly level: string; readonly name?: string },
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.name ?? "bodega", pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: "message",
      errorKey: "error",
      serializers: { error: withoutClient },
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}

/** Errors of PostgreSQL may carry their whole connection; a log needs the error alone. */
function withoutClient(error: Error): unknown {
  const { client: _connection, ...shown } = pino.stdSerializers.err(error);
  return shown;
}
