import { TimeLimitExceeded } from "./failure.ts";

export interface TimeLimit {
  readonly timeLimitMs: number;
  /** How long work may go on once it was aborted, before it is left to itself. */
  readonly abortGraceMs: number;
  /** Told when work that was given up ends after all; `error` is undefined when it ended well. */
  readonly onLateEnd: (error: unknown) => void;
}

/** Work under a limit, from the outside. */
export interface LimitedWork<T> {
  readonly result: Promise<T>;
  /** Breaks it off, with the reason that its signal and its result then tell. */
  readonly abort: (reason: Error) => void;
}

/** Work under a limit, from the inside. Most short work never asks for its signal, which is made when it does. */
export interface Limited {
  readonly signal: AbortSignal;
}

/**
 * Runs `work` under a limit. Work that ends in time, or within the grace after the abort, decides the result itself;
 * except that an error after the abort is told as what caused it, the abort's reason. Work that never ends is given up:
 * the result rejects with that reason, whatever the work does.
 */
export function withTimeLimit<T>(limit: TimeLimit, work: (limited: Limited) => Promise<T>): LimitedWork<T> {
  const { promise: result, resolve, reject } = Promise.withResolvers<T>();
  let controller: AbortController | null = null;
  let reason: Error | null = null;
  let grace: NodeJS.Timeout | undefined;
  let isGivenUp = false;
  let hasEnded = false;

  const abort = (because: Error): void => {
    if (reason !== null || hasEnded) return;
    reason = because;
    controller?.abort(because);
    grace = setTimeout(() => {
      isGivenUp = true;
      reject(because);
    }, limit.abortGraceMs);
  };
  const timer = setTimeout(() => abort(new TimeLimitExceeded(limit.timeLimitMs)), limit.timeLimitMs);
  const end = (settle: () => void, error?: unknown): void => {
    hasEnded = true;
    clearTimeout(timer);
    clearTimeout(grace);
    if (isGivenUp) limit.onLateEnd(error);
    else settle();
  };
  const limited: Limited = {
    get signal() {
      if (controller === null) {
        controller = new AbortController();
        if (reason !== null) controller.abort(reason);
      }
      return controller.signal;
    },
  };
  work(limited).then(
    (value) => end(() => resolve(value)),
    (error: unknown) => end(() => reject(reason ?? error), error),
  );
  return { result, abort };
}
