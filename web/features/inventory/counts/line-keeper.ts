import type { CountLine } from "./count-line.ts";

export interface LineKeeper {
  /** Lines by their place in the list, as they are from now on. */
  readonly keep: (changed: ReadonlyMap<number, CountLine>) => void;
  /** Once nothing waits to be written any more. */
  readonly idle: () => Promise<void>;
}

type Write = (lines: readonly { readonly order: number; readonly line: CountLine }[]) => Promise<void>;

/** As many as a phone writes without missing a frame or two; a scan is one, and written at once. */
const linesAtOnce = 250;

/**
 * Has changed lines written one after another, thousands of them some at a time, each as it is when its turn comes: what
 * was changed again meanwhile is not written over by what it was. What could not be written is told, and the rest goes on.
 */
export function lineKeeper(write: Write, onError: (error: unknown) => void): LineKeeper {
  const waiting = new Map<number, CountLine>();
  let writing: Promise<void> | null = null;
  const writeAll = async () => {
    while (waiting.size > 0) {
      const next = [...waiting].slice(0, linesAtOnce).map(([order, line]) => ({ order, line }));
      for (const { order } of next) waiting.delete(order);
      await write(next).catch(onError);
    }
    writing = null;
  };
  return {
    keep: (changed) => {
      for (const [order, line] of changed) waiting.set(order, line);
      writing ??= writeAll();
    },
    idle: async () => {
      await writing;
    },
  };
}
