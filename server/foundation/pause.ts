import { setTimeout as delay } from "node:timers/promises";

/** Waits so long, or until `signal` says that it is enough; either way the pause is over, and nothing is thrown. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
