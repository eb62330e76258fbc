import { sqlState } from "../database/database.ts";
import { StoreError } from "../storage/object-store.ts";

/**
 * Whether an error says that PostgreSQL (or another part behind a socket) is away or overloaded, rather than that we did
 * something wrong: transient errors of the object store, connection exceptions (class 08), too many connections (53300),
 * shutdown and crash (57P01 to 57P03), statement, lock and idle timeouts (57014, 55P03, 25P03), deadlocks and failures to
 * serialise that outlast the tries (40P01, 40001), and what pg and Node say about sockets that do not open or that break.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreError) return error.isTransient;
  const state = sqlState(error);
  if (state !== null && (state.startsWith("08") || outageStates.has(state))) return true;
  if ("code" in error && typeof error.code === "string" && socketCodes.has(error.code)) return true;
  if (outageMessages.some((message) => error.message.includes(message))) return true;
  return error instanceof AggregateError && error.errors.some(isOutage);
}

const outageStates = new Set(["25P03", "40001", "40P01", "53300", "57P01", "57P02", "57P03", "57014", "55P03"]);
const socketCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "ENOTFOUND", "EAI_AGAIN"]);

/** pg gives these no code (pg 8.23, pg-pool 3). */
const outageMessages = [
  "timeout exceeded when trying to connect",
  "Connection terminated",
  "Client has encountered a connection error",
  "Query read timeout",
  "Cannot use a pool after calling end",
];
