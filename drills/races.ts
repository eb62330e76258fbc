import { Customer, imageMadeBy, imagesIn, type SeenProduct, type Wanted } from "./customer.ts";
import { count, type Drill, type DrillContext } from "./drill.ts";
import type { Operation } from "./history.ts";
import { forEach, until, upTo } from "./patience.ts";
import type { Photo } from "./photos.ts";
import { listPhotos } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import { judge, untilQuiet } from "./verdict.ts";

const readyMsMax = 60_000;
const resolveMsMax = 60_000;
const insertsAtOnce = 40;
const changersAtOnce = 5;
const firstPhotos = 4;
/** Small, so that the many are quick to send and the changes meet each other. */
const look = { width: 320, height: 240 } as const;

type Change = "upload" | "replace" | "reorder" | "remove";
const changes: readonly Change[] = ["upload", "upload", "replace", "reorder", "reorder", "remove"];

export const races: Drill = {
  name: "races",
  promise:
    "However changes of photos meet, positions have no gap and no double, and thumbnails are of their own photo.",

  async run(context) {
    const { isQuick, tell } = context;
    const inserts = isQuick ? 30 : 200;
    const products = isQuick ? 2 : 4;
    const changesEach = isQuick ? 12 : 120;
    const renewals = isQuick ? 1 : 10;
    tell(`${inserts} inserts at once on an empty product; ${products} products with ${changesEach} changes each, `);
    tell(`${changersAtOnce} at once; ${renewals} times the same name with other bytes, then the same bytes again`);

    return inShop({ apis: 2, workers: 1 }, context, async (shop) => {
      const customer = new Customer(shop);
      const violations = await insertAtOnce(shop, customer, inserts);
      const melees = await Promise.all(upTo(products).map(() => melee(shop, customer, context, changesEach)));
      for (let done = 0; done < renewals; done += 1) violations.push(...(await renew(shop, customer)));
      await customer.history.resolve(resolveMsMax);
      for (const { productId, isExplained } of melees) {
        if (!isExplained()) violations.push(`product ${productId}: no change that was answered 2xx left this list`);
      }
      const judgement = await judge(shop, customer, { uploadsOnly: false });
      const figures = [
        count("inserts at once", inserts),
        ...changes
          .filter((what, index) => changes.indexOf(what) === index)
          .map((what) => count(`${what} ok`, customer.history.count("ok", what))),
        count(
          "product reads under way",
          melees.reduce((total, { reads }) => total + reads, 0),
        ),
        ...judgement.figures,
      ];
      return {
        figures,
        violations: [...violations, ...melees.flatMap(({ faults }) => faults), ...judgement.violations],
      };
    });
  },
};

/** All positions from 0 on, each once, and each photo where its own answer said. */
async function insertAtOnce(shop: Shop, customer: Customer, inserts: number): Promise<string[]> {
  const productId = await customer.newProduct();
  const photos = await shop.album.makeMany(inserts, look);
  const operations: Operation[] = [];
  await forEach(photos, Math.min(insertsAtOnce, inserts), async (photo) => {
    operations.push(await customer.upload(productId, photo));
  });
  await customer.history.resolve(resolveMsMax);
  const made = operations.map(imageMadeBy);
  const there = new Map((await customer.product(productId)).images.map(({ id, position }) => [id, position]));
  const faults = made.flatMap((image) => {
    if (image === null) return ["an insert on an empty product was refused"];
    const position = there.get(image.id);
    return position === image.position ? [] : [`a photo was answered at ${image.position}, and is at ${position}`];
  });
  if (there.size !== inserts) faults.push(`${inserts} photos were inserted, ${there.size} are there`);
  return faults;
}

interface Melee {
  readonly productId: string;
  readonly faults: readonly string[];
  readonly reads: number;
  /** Whether the product's list is what the last change answered. Ask when all is over. */
  readonly isExplained: () => boolean;
}

/** Changes of every kind at once on one product, while somebody looks at it all the time. */
async function melee(shop: Shop, customer: Customer, context: DrillContext, changesEach: number): Promise<Melee> {
  const { random } = context;
  const productId = await customer.newProduct();
  const photos = await shop.album.makeMany(firstPhotos, look);
  await customer.replace(
    productId,
    photos.map((photo) => ({ photo })),
  );
  const plan = upTo(changesEach).map(() => random.pick(changes));
  const faults = new Set<string>();
  let reads = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      for (const fault of lookAt(await customer.product(productId))) faults.add(fault);
      reads += 1;
    }
  })();
  await forEach(plan, changersAtOnce, (change) => applyChange(shop, customer, context, productId, change));
  isOver = true;
  await watching;
  const last = (await customer.product(productId)).images.map(({ id }) => id).join();
  return {
    productId,
    faults: [...faults],
    reads,
    isExplained: () =>
      customer.history.operations.some(
        (operation) =>
          operation.productId === productId &&
          operation.outcome === "ok" &&
          imagesIn(operation.body)
            .map(({ id }) => id)
            .join() === last,
      ),
  };
}

/** What one read of a product must never show. */
function lookAt(product: SeenProduct): string[] {
  const faults: string[] = [];
  for (const [index, image] of product.images.entries()) {
    const name = `product ${product.id}, revision ${product.imagesRevision}, photo ${image.id}`;
    if (image.position !== index) faults.push(`${name}: at ${image.position}, shown as number ${index}`);
    if (index > 0 && image.thumbnails !== null) faults.push(`${name}: has thumbnails and is not the main photo`);
    const foreign = Object.values(image.thumbnails ?? {}).filter((address) => !address.includes(`/${image.id}/`));
    if (foreign.length > 0) faults.push(`${name}: shows the thumbnails of another: ${foreign.join(", ")}`);
    const { thumbnailSignature: signature } = image;
    if (signature !== null && !signature.startsWith(image.sha256.slice(0, 16))) {
      faults.push(`${name}: the signature is not of its bytes`);
    }
  }
  return faults;
}

async function applyChange(
  shop: Shop,
  customer: Customer,
  { random }: DrillContext,
  productId: string,
  change: Change,
): Promise<Operation | undefined> {
  const ids = (await customer.product(productId)).images.map(({ id }) => id);
  switch (change) {
    case "upload":
      return customer.upload(productId, await shop.album.make(look));
    case "replace": {
      const kept: Wanted[] = ids.filter(() => random.next() < 0.7).map((id) => ({ id }));
      return customer.replace(productId, random.shuffled([...kept, { photo: await shop.album.make(look) }]));
    }
    case "reorder":
      return customer.reorder(productId, random.shuffled(ids));
    case "remove":
      return ids.length === 0 ? undefined : customer.remove(productId, random.pick(ids));
  }
}

/** Other bytes under the same name get thumbnails of their own; the same bytes keep what they have. */
async function renew(shop: Shop, customer: Customer): Promise<string[]> {
  const productId = await customer.newProduct();
  const [first, second] = await shop.album.makeMany(2, look);
  if (first === undefined || second === undefined) throw new Error("There are no photos.");
  const before = await replaceAlone(customer, productId, first);
  const after = await replaceAlone(customer, productId, second);
  const faults: string[] = [];
  if (after.id === before.id || after.thumbnailSignature === before.thumbnailSignature) {
    faults.push(`product ${productId}: other bytes under the same name are taken for the old photo`);
  }
  await untilQuiet(shop);
  const attempts = await attemptsAt(shop, after.id);
  const same = await replaceAlone(customer, productId, second);
  await untilQuiet(shop);
  if (same.id !== after.id || JSON.stringify(same.thumbnails) !== JSON.stringify(after.thumbnails)) {
    faults.push(`product ${productId}: the same bytes did not keep their thumbnails`);
  }
  if ((await attemptsAt(shop, same.id)) !== attempts) faults.push(`photo ${same.id}: was made again for nothing`);
  return faults;
}

async function replaceAlone(customer: Customer, productId: string, photo: Photo) {
  await customer.replace(productId, [{ photo, fileName: "front.jpg" }]);
  return until("the main photo was ready", readyMsMax, async () => {
    const main = (await customer.product(productId)).images[0];
    return main?.sha256 === photo.sha256 && main.thumbnailState === "ready" ? main : null;
  });
}

async function attemptsAt(shop: Shop, imageId: string): Promise<number> {
  return (await listPhotos(shop.database.db)).find(({ id }) => id === imageId)?.attempts ?? 0;
}
