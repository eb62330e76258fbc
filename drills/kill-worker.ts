import { setTimeout as pause } from "node:timers/promises";
import { Customer, imageMadeBy } from "./customer.ts";
import { count, type Drill, quantile, times } from "./drill.ts";
import type { Operation } from "./history.ts";
import { until, upTo } from "./patience.ts";
import { countInState, listPhotosInHandsOf, listWorkersOf } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import type { ShopProcess } from "./shop-process.ts";
import { judge } from "./verdict.ts";

/** Recovery, as promised; a quick drill shares its machine with other tests and is given more. */
const recoveryMsMax = { full: 3_000, quick: 20_000 } as const;
const recoveryWaitMsMax = 60_000;
const lookMs = 5;

/** Heavy enough to be met in the middle of its road. */
const look = { width: 1600, height: 1200, format: "png" } as const;

export const killWorker: Drill = {
  name: "kill-worker",
  promise: "Every accepted photo ends ready, none twice, whenever its worker is killed.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const kills = isQuick ? 3 : 50;
    const batch = isQuick ? 4 : 8;
    const plan = upTo(kills).map(() => ({ victim: random.whole(0, 1), at: random.next() }));
    tell(`${kills} rounds of ${batch} photos over 1 api and 2 workers; each kills a worker -9 that has`);
    tell("begun, at a share of half the road from then on:");
    tell(plan.map(({ victim, at }) => `worker-${victim + 1} at ${Math.round(at * 100)} %`).join(", "));

    return inShop({ apis: 1, workers: 2 }, context, async (shop) => {
      const customer = new Customer(shop);
      // Cold processes are slower: the second one counts.
      await road(shop, customer, batch);
      const roadMs = await road(shop, customer, batch);
      tell(`the road of ${batch} photos takes ${Math.round(roadMs)} ms`);
      const recoveriesMs: number[] = [];
      let inHands = 0;
      for (const { victim, at } of plan) {
        const uploading = uploadAll(await prepare(shop, customer, batch));
        await untilAtWork(shop, shop.workers[victim], 2 * roadMs);
        await pause((at * roadMs) / 2);
        const lost = await killOne(shop, shop.workers[victim]);
        inHands += lost.ids.length;
        const restarted = shop.workers[victim]?.start();
        if (lost.ids.length > 0) recoveriesMs.push((await untilReady(shop, lost.ids)) - lost.at);
        await Promise.all([uploading, restarted]);
      }
      const judgement = await judge(shop, customer);
      const violations = [...judgement.violations];
      const median = quantile(recoveriesMs, 0.5);
      const reach = isQuick ? recoveryMsMax.quick : recoveryMsMax.full;
      if (median > reach) violations.push(`the median recovery took ${Math.round(median)} ms, more than ${reach}`);
      const figures = [
        count("kills", kills),
        count("photos in the hands of the killed", inHands),
        times("recovery of those", recoveriesMs),
        ...judgement.figures,
      ];
      return { figures, violations };
    });
  },
};

/** One batch from the first byte to the last thumbnail; how long it took. */
async function road(shop: Shop, customer: Customer, batch: number): Promise<number> {
  const uploads = await prepare(shop, customer, batch);
  const startedAt = performance.now();
  const ids = await uploadAll(uploads);
  return (await untilReady(shop, ids)) - startedAt;
}

/** Each photo is the first of a product of its own, so each needs thumbnails. */
async function prepare(shop: Shop, customer: Customer, batch: number): Promise<(() => Promise<Operation>)[]> {
  const photos = await shop.album.makeMany(batch, look);
  const uploads: (() => Promise<Operation>)[] = [];
  for (const photo of photos) {
    const productId = await customer.newProduct();
    uploads.push(() => customer.upload(productId, photo));
  }
  return uploads;
}

async function uploadAll(uploads: readonly (() => Promise<Operation>)[]): Promise<readonly string[]> {
  const made = (await Promise.all(uploads.map((upload) => upload()))).map(imageMadeBy);
  return made.flatMap((image) => (image === null ? [] : [image.id]));
}

/** Until the worker has taken a photo, or has let so much time pass that the other one must have taken them all. */
async function untilAtWork(shop: Shop, worker: ShopProcess | undefined, msMax: number): Promise<void> {
  if (worker === undefined) throw new Error("There is no such worker.");
  const { db } = shop.database;
  const workerIds = await listWorkersOf(db, worker.pid);
  const deadline = performance.now() + msMax;
  while (performance.now() < deadline && (await listPhotosInHandsOf(db, workerIds)).length === 0) await pause(lookMs);
}

async function killOne(
  shop: Shop,
  victim: ShopProcess | undefined,
): Promise<{ readonly at: number; readonly ids: readonly string[] }> {
  if (victim === undefined) throw new Error("There is no such worker.");
  const workerIds = await listWorkersOf(shop.database.db, victim.pid);
  const at = performance.now();
  await victim.kill();
  return { at, ids: await listPhotosInHandsOf(shop.database.db, workerIds) };
}

async function untilReady(shop: Shop, ids: readonly string[]): Promise<number> {
  await until(`${ids.length} photos were ready`, recoveryWaitMsMax, async () => {
    return (await countInState(shop.database.db, ids, "ready")) === ids.length;
  });
  return performance.now();
}
