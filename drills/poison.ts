import { Customer, imageMadeBy } from "./customer.ts";
import { count, type Drill, seconds } from "./drill.ts";
import { forEach, until } from "./patience.ts";
import type { Photo } from "./photos.ts";
import { countInState, findWorkerProcessOf, listOpenIncidents } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import { judge } from "./verdict.ts";

const waitMsMax = 180_000;

export const poison: Drill = {
  name: "poison",
  promise: "A file that kills every worker that opens it ends failed, with the reason; its neighbours finish.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const neighbours = isQuick ? 8 : 60;
    const place = random.whole(0, neighbours);
    tell(
      `${neighbours} good photos over 2 workers, and a bad one after ${place} of them: whoever reads it is killed -9`,
    );

    // Told once the shop stands, since the store asks from its first request on.
    const trap: { poisonSha: string | null; spring: (key: string) => Promise<void> } = {
      poisonSha: null,
      spring: async () => undefined,
    };
    const onStoreAsked = async ({ operation, key }: { readonly operation: string; readonly key: string }) => {
      const isPoison = trap.poisonSha !== null && key.includes(`/original-${trap.poisonSha.slice(0, 16)}`);
      if (operation === "GetObject" && isPoison) await trap.spring(key);
    };

    return inShop({ apis: 1, workers: 2, store: "s3", onStoreAsked }, context, async (shop) => {
      const customer = new Customer(shop);
      const bad = await shop.album.make();
      const restarts: Promise<void>[] = [];
      let kills = 0;
      trap.poisonSha = bad.sha256;
      trap.spring = async (key) => {
        kills += 1;
        const restart = replaceReaderOf(shop, key);
        restarts.push(restart);
        await restart;
      };
      const good = await shop.album.makeMany(neighbours);
      const startedAt = performance.now();
      const uploaded = await uploadInOrder(customer, good.toSpliced(place, 0, bad));
      const badId = uploaded.get(bad.sha256) ?? "";
      const goodIds = [...uploaded.values()].filter((id) => id !== badId);
      await until("the neighbours were ready", waitMsMax, async () => {
        return (await countInState(shop.database.db, goodIds, "ready")) === goodIds.length;
      });
      const neighboursMs = performance.now() - startedAt;
      await until("the bad photo was given up", waitMsMax, async () => {
        return (await countInState(shop.database.db, [badId], "failed")) === 1;
      });
      const givenUpMs = performance.now() - startedAt;
      await Promise.all(restarts);
      const judgement = await judge(shop, customer, { failures: new Map([[badId, "WORKER_DIED"]]) });
      const violations = [...judgement.violations];
      const incidents = await listOpenIncidents(shop.database.db);
      if (!incidents.some((key) => key.startsWith("job:generate-thumbnails:"))) {
        violations.push("nobody was told: there is no incident for the job that died");
      }
      const figures = [
        count("workers killed by it", kills),
        { name: "until the neighbours were ready", value: seconds(neighboursMs) },
        { name: "until it was given up", value: seconds(givenUpMs) },
        ...judgement.figures,
      ];
      return { figures, violations };
    });
  },
};

/** Kills the process that is at this photo, then starts it again. */
async function replaceReaderOf(shop: Shop, key: string): Promise<void> {
  const imageId = key.split("/")[2] ?? "";
  const pid = await findWorkerProcessOf(shop.database.db, imageId);
  const reader = shop.workers.find((worker) => worker.isRunning && worker.pid === pid);
  if (reader === undefined) throw new Error(`No worker is at photo ${imageId}.`);
  await reader.kill();
  await reader.start();
}

/** Photo by hash → its id. */
async function uploadInOrder(customer: Customer, photos: readonly Photo[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  await forEach(photos, 2, async (photo) => {
    const made = imageMadeBy(await customer.upload(await customer.newProduct(), photo));
    if (made === null) throw new Error("An upload was refused in a shop without faults.");
    ids.set(photo.sha256, made.id);
  });
  return ids;
}
