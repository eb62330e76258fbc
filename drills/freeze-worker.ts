import { Customer, imageMadeBy } from "./customer.ts";
import { count, type Drill, times } from "./drill.ts";
import { forEach, until, upTo } from "./patience.ts";
import { countInState, listPhotos, listPhotosInHandsOf, listWorkersOf } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import type { ShopProcess } from "./shop-process.ts";
import { judge, untilQuiet } from "./verdict.ts";

const waitMsMax = 120_000;
/** Every request to the store takes so long, so that a worker is always met in the middle of a photo. */
const storeMs = 150;

export const freezeWorker: Drill = {
  name: "freeze-worker",
  promise: "A worker that was frozen, replaced and thawed changes nothing with its late finish.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const rounds = isQuick ? 1 : 5;
    const batch = 6;
    const plan = upTo(rounds).map(() => random.whole(0, 1));
    tell(
      `${rounds} rounds of ${batch} photos over 2 workers and a slow store; SIGSTOP in the middle, SIGCONT after the`,
    );
    tell(`rescue: ${plan.map((victim) => `worker-${victim + 1}`).join(", ")}`);
    const workerScript = isQuick ? { workerScript: new URL("./impatient-worker.ts", import.meta.url) } : {};

    return inShop({ apis: 1, workers: 2, store: "s3", ...workerScript }, context, async (shop) => {
      if (shop.s3 !== null) shop.s3.faults.slowMs = storeMs;
      const customer = new Customer(shop);
      const rescuesMs: number[] = [];
      const violations: string[] = [];
      let frozenPhotos = 0;
      for (const index of plan) {
        const victim = shop.workers[index];
        if (victim === undefined) throw new Error("There is no such worker.");
        const uploading = uploadBatch(shop, customer, batch);
        const { workerIds, held } = await freezeAtWork(shop, victim);
        const frozenAt = performance.now();
        frozenPhotos += held.length;
        await uploading;
        await until("the photos of the frozen worker were ready", waitMsMax, async () => {
          return (await countInState(shop.database.db, held, "ready")) === held.length;
        });
        rescuesMs.push(performance.now() - frozenAt);
        await untilQuiet(shop);
        const before = JSON.stringify(await listPhotos(shop.database.db));
        victim.thaw();
        await untilRegisteredAnew(shop, victim, workerIds);
        await untilQuiet(shop);
        if (JSON.stringify(await listPhotos(shop.database.db)) !== before) {
          violations.push("the late finish of a frozen worker changed photos or jobs");
        }
      }
      const judgement = await judge(shop, customer);
      const figures = [
        count("freezes", rounds),
        count("photos in frozen hands", frozenPhotos),
        times("until they were ready", rescuesMs),
        ...judgement.figures,
      ];
      return { figures, violations: [...violations, ...judgement.violations] };
    });
  },
};

async function uploadBatch(shop: Shop, customer: Customer, batch: number): Promise<void> {
  const photos = await shop.album.makeMany(batch);
  await forEach(photos, batch, async (photo) => {
    const made = imageMadeBy(await customer.upload(await customer.newProduct(), photo));
    if (made === null) throw new Error("An upload was refused in a shop without faults.");
  });
}

/** Stops the process while it has photos; answers them and the ids that it is registered under. */
async function freezeAtWork(shop: Shop, victim: ShopProcess) {
  const { db } = shop.database;
  const workerIds = await listWorkersOf(db, victim.pid);
  return until(`${victim.name} was at work`, waitMsMax, async () => {
    if ((await listPhotosInHandsOf(db, workerIds)).length === 0) return null;
    victim.freeze();
    const held = await listPhotosInHandsOf(db, workerIds);
    if (held.length > 0) return { workerIds, held };
    victim.thaw();
    return null;
  });
}

/** Thawed, it finds that it was taken for dead, gives up what it had and comes back under another id. */
async function untilRegisteredAnew(shop: Shop, victim: ShopProcess, workerIds: readonly string[]): Promise<void> {
  await until(`${victim.name} had registered anew`, waitMsMax, async () => {
    const now = await listWorkersOf(shop.database.db, victim.pid);
    return now.some((id) => !workerIds.includes(id));
  });
}
