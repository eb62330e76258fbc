import type { Logger } from "../../foundation/telemetry/logger.ts";

/** A quarter of the shortest lease, so that one lost sign of life costs nothing. */
const beatMs = 4_000;

/** Gives signs of life while `work` goes on. One that fails is told, and the next one tries again. */
export async function withHeartbeat<T>(beat: () => Promise<unknown>, log: Logger, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ error }, "a lease could not be renewed"));
  }, beatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
