import { TimeLimitExceeded } from "./failure.ts";

export interface TimeLimit {
  readonly timeLimitMs: number;
  /** How long work may go on once its signal was aborted, before it is left to itself. */
  readonly abortGraceMs: number;
  /** Aborted at the limit; whoever holds it may abort earlier, with a reason of their own. */
  readonly controller: AbortController;
  /** Told when work that was given up ends after all; `error` is undefined when it ended well. */
  readonly onLateEnd?: (error: unknown) => void;
}

/**
 * Runs `work` under a limit. Work that ends in time, or within the grace after the abort, decides the result itself;
 * except that an error after the abort is told as what caused it, the abort's reason. Work that never ends is given up:
 * the promise rejects with that reason, whatever the work does.
 */
export async function withTimeLimit<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { controller, timeLimitMs, abortGraceMs } = limit;
  const { signal } = controller;
  return new Promise<T>((resolve, reject) => {
    let isGivenUp = false;
    let grace: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => controller.abort(new TimeLimitExceeded(timeLimitMs)), timeLimitMs);
    const onAbort = () => {
      grace = setTimeout(() => {
        isGivenUp = true;
        reject(signal.reason);
      }, abortGraceMs);
    };
    const settle = (end: () => void, error?: unknown) => {
      clearTimeout(timer);
      clearTimeout(grace);
      signal.removeEventListener("abort", onAbort);
      if (isGivenUp) limit.onLateEnd?.(error);
      else end();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    work(signal).then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(signal.aborted ? signal.reason : error), error),
    );
  });
}
