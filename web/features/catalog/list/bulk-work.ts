/** What became of a piece of work over many. */
export interface BulkOutcome {
  readonly done: number;
  readonly failures: readonly { readonly id: string; readonly error: unknown }[];
  /** Not begun, because it was stopped. */
  readonly untouched: number;
}

/** Few enough that the shop stays quick for everybody else. */
const atOnce = 4;

/** Does `work` for each, a few at a time, and goes on when one fails. When `signal` aborts, what is begun is finished. */
export async function bulkWork(
  ids: readonly string[],
  work: (id: string) => Promise<void>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<BulkOutcome> {
  const waiting = [...ids];
  const failures: { id: string; error: unknown }[] = [];
  let done = 0;
  const run = async () => {
    while (!signal.aborted) {
      const id = waiting.shift();
      if (id === undefined) return;
      try {
        await work(id);
        done += 1;
      } catch (error) {
        failures.push({ id, error });
      }
      onProgress(done + failures.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  return { done, failures, untouched: waiting.length };
}
