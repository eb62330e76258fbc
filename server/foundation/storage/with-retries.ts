import { setTimeout as wait } from "node:timers/promises";
import { StoreError } from "./object-store.ts";

export interface RetryOptions {
  readonly signal?: AbortSignal;
  /** How long to wait before each further try; its length is the number of further tries. */
  readonly delaysMs?: readonly number[];
  /** 0 ≤ n < 1; for tests. */
  readonly random?: () => number;
}

/**
 * Tries `work` again, soon and a few times, while it fails with a transient `StoreError`: for the hiccup of a moment.
 * What lasts longer is for the job's own retries. Every wait is shortened at random by up to a half, so that callers who
 * failed together do not come back together.
 *
 * `work` must be repeatable: a stream that was already read is not. Throws what the last try threw, or the signal's
 * reason.
 */
export async function retryTransient<Result>(
  work: (attempt: number) => Promise<Result>,
  { signal, delaysMs = [100, 400, 1000], random = Math.random }: RetryOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      const delayMs = delaysMs[attempt - 1];
      if (delayMs === undefined || !(error instanceof StoreError && error.isTransient)) throw error;
      await pause(delayMs * (1 - random() / 2), signal);
    }
  }
}

async function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(delayMs, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
