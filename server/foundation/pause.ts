import { setTimeout as delay } from "node:timers/promises";

/** Waits so long, or until `signal` says that it is enough; either way the pause is over, and nothing is thrown. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  // What `delay` throws is the signal alone.
  delay(ms, undefined, { signal }).catch(() => undefined);
