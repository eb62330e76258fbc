import { setTimeout as pause } from "node:timers/promises";
import type { S3Faults } from "../server/testing/s3-faults.ts";
import { Customer, imageMadeBy } from "./customer.ts";
import { count, type Drill } from "./drill.ts";
import { forEach, until } from "./patience.ts";
import { listPhotos } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import { judge, untilQuiet } from "./verdict.ts";

const resolveMsMax = 120_000;
const waitMsMax = 120_000;
const atOnce = 4;
const awayMs = 3_000;
const watchPauseMs = 100;

interface Trouble {
  readonly what: string;
  readonly begin: (faults: S3Faults) => void;
  /** How long it lasts; without it, until the uploads are done and worked on. */
  readonly forMs?: number;
}

const troubles: readonly Trouble[] = [
  {
    what: "500 and 503 now and then",
    begin: (faults) => {
      faults.fail({ chance: 0.15, status: 503 });
      faults.fail({ chance: 0.15, status: 500 });
    },
  },
  { what: "says yes and keeps nothing", begin: (faults) => faults.lose({ chance: 0.3 }) },
  { what: "cuts what it sends", begin: (faults) => faults.cut({ chance: 0.4 }) },
  {
    what: "never answers, some times",
    begin: (faults) => {
      faults.hang({ operations: ["PutObject"], times: 2 });
      faults.hang({ operations: ["GetObject"], times: 2 });
    },
  },
  { what: `is away for ${awayMs / 1000} s`, begin: (faults) => faults.fail({ status: 503 }), forMs: awayMs },
  {
    what: "is slow",
    begin: (faults) => {
      faults.slowMs = 80;
    },
  },
];

export const storeFaults: Drill = {
  name: "store-faults",
  promise: "Whatever the object store does, a photo ends ready or failed with a reason, and no address leads nowhere.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const photosEach = isQuick ? 3 : 40;
    const plan = random.shuffled(troubles);
    tell(`${photosEach} uploads under each trouble of the store: ${plan.map(({ what }) => what).join("; ")}`);
    tell("then one original vanishes before it is read, and one thumbnail after it was confirmed");

    const vanishing = { sha: "", take: (_key: string) => undefined as unknown };
    const onStoreAsked = ({ operation, key }: { readonly operation: string; readonly key: string }) => {
      const isIt = vanishing.sha !== "" && key.includes(`/original-${vanishing.sha.slice(0, 16)}`);
      if (operation === "GetObject" && isIt) vanishing.take(key);
    };

    return inShop({ apis: 1, workers: 1, store: "s3", onStoreAsked }, context, async (shop) => {
      const { s3 } = shop;
      if (s3 === null) throw new Error("This drill needs a bucket.");
      const customer = new Customer(shop);
      const watch = watchAddresses(shop, customer);
      for (const trouble of plan) {
        await underTrouble(shop, customer, s3.faults, trouble, photosEach);
      }
      const unknown = await customer.history.resolve(resolveMsMax);

      const lost = await shop.album.make();
      vanishing.take = (key) => s3.objects.delete(key);
      vanishing.sha = lost.sha256;
      const made = imageMadeBy(await customer.upload(await customer.newProduct(), lost));
      await untilQuiet(shop);
      const watched = await watch.end();
      // The row still names the original that has gone, as it should: the shop must not forget what it was given.
      const lostKey = (await listPhotos(shop.database.db)).find(({ id }) => id === made?.id)?.originalKey ?? "";
      const judgement = await judge(shop, customer, { failures: new Map([[made?.id ?? "", "SOURCE_MISSING"]]) });
      const violations = [
        ...watched.violations,
        ...judgement.violations.filter((each) => each !== `the store does not have ${lostKey}`),
        ...(await repairFaults(shop, customer)),
      ];
      const figures = [
        count("troubles", plan.length),
        count("uploads without a yes, resolved by their keys", unknown),
        count("addresses fetched under way", watched.fetched),
        ...judgement.figures,
      ];
      return { figures, violations };
    });
  },
};

async function underTrouble(
  shop: Shop,
  customer: Customer,
  faults: S3Faults,
  trouble: Trouble,
  uploads: number,
): Promise<void> {
  const photos = await shop.album.makeMany(uploads);
  const products: string[] = [];
  for (const _ of photos) products.push(await customer.newProduct());
  trouble.begin(faults);
  const uploading = forEach(photos.entries(), atOnce, ([index, photo]) =>
    customer.upload(products[index] ?? "", photo),
  );
  if (trouble.forMs !== undefined) {
    await pause(trouble.forMs);
    faults.clear();
  }
  await uploading;
  await untilQuiet(shop);
  faults.clear();
}

/** As soon as a photo shows addresses, fetches each: it may fail, but it must never be nothing. */
function watchAddresses(shop: Shop, customer: Customer) {
  const seen = new Set<string>();
  const violations: string[] = [];
  const ending = new AbortController();
  const look = async () => {
    for (const { id, thumbnails } of await listPhotos(shop.database.db)) {
      for (const key of Object.values(thumbnails ?? {})) {
        if (seen.has(key)) continue;
        const answer = await fetch(new URL(`/media/${key}`, customer.nextApi()), {
          signal: AbortSignal.timeout(60_000),
        });
        await answer.arrayBuffer().catch(() => undefined);
        if (answer.status < 500) seen.add(key);
        if (answer.status === 404) violations.push(`photo ${id} shows ${key}, which is nowhere`);
      }
    }
  };
  const watching = (async () => {
    while (!ending.signal.aborted) {
      await look();
      await pause(watchPauseMs);
    }
  })();
  return {
    end: async () => {
      ending.abort();
      await watching;
      return { violations, fetched: seen.size };
    },
  };
}

/** A thumbnail that the store loses later is reported by whoever misses it, and is made again. */
async function repairFaults(shop: Shop, customer: Customer): Promise<string[]> {
  const ready = (await listPhotos(shop.database.db)).find(({ state }) => state === "ready");
  const key = ready?.thumbnails?.desktop;
  if (ready === undefined || key === undefined) return ["there is no photo to lose a thumbnail of"];
  shop.s3?.objects.delete(key);
  const repair = await customer.repair(ready.id);
  if (repair.status !== 202) return [`a missing thumbnail was reported, and answered ${repair.status}`];
  await until("the lost thumbnail was there again", waitMsMax, async () => {
    const { images } = await customer.product(ready.productId);
    const address = images[0]?.thumbnails?.desktop;
    return address !== undefined && (await fetch(new URL(address, customer.nextApi()))).status === 200;
  });
  return [];
}
