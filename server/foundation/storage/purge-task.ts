import { z } from "zod";
import type { Executor } from "../database/database.ts";
import type { Foundation } from "../foundation.ts";
import { defineTask } from "../module.ts";
import { retryTransient } from "./with-retries.ts";

export interface PurgeTaskOptions {
  readonly name: string;
  /** Which of the keys no row refers to. */
  readonly findUnreferencedKeys: (db: Executor, keys: readonly string[]) => Promise<readonly string[]>;
}

/**
 * A task that removes objects whose rows were deleted or got others (enqueued in the writer's transaction). A key that
 * ends in `/` stands for all under it. Whatever a row refers to by now stays. May be repeated: what is gone is gone.
 */
export const definePurgeTask = ({ name, findUnreferencedKeys }: PurgeTaskOptions) =>
  defineTask({
    name,
    payload: z.object({ keys: z.array(z.string().min(1).max(1024)).max(1_000) }),
    timeLimitMs: 300_000,
    attemptsMax: 12,

    async run({ keys }, { foundation, signal, log }) {
      let removed = 0;
      for (const key of keys) {
        const found = key.endsWith("/") ? listAll(foundation, key, signal) : [[key]];
        for await (const page of found) {
          for (const unreferenced of await findUnreferencedKeys(foundation.database.db, page)) {
            await retryTransient(() => foundation.store.delete(unreferenced, signal), { signal });
            removed += 1;
          }
        }
      }
      log.debug({ removed }, "objects were removed");
      return { status: "done" };
    },
  });

async function* listAll(
  { store }: Pick<Foundation, "store">,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  for (let after: string | null = ""; after !== null; ) {
    const page: Awaited<ReturnType<typeof store.list>> = await store.list(prefix, {
      ...(after !== "" && { after }),
      signal,
    });
    yield page.objects.map(({ key }) => key);
    after = page.nextAfter;
  }
}
