import { z } from "zod";
import type { Foundation } from "../../foundation/foundation.ts";
import { defineTask } from "../../foundation/module.ts";
import { retryTransient } from "../../foundation/storage/with-retries.ts";
import { findUnreferencedKeys } from "./queries.ts";

/**
 * Removes objects of stories whose rows were deleted or got others (enqueued in the writer's transaction). A key that ends
 * in `/` stands for all under it. Whatever a row refers to by now stays. May be repeated: what is gone is gone.
 */
export const purgeStoryObjects = defineTask({
  name: "purge-story-objects",
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
    log.debug({ removed }, "objects of stories were removed");
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
