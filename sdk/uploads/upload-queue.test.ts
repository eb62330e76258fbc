import { IDBFactory } from "fake-indexeddb";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type BodegaClient, indexedDbUploadStore, UploadQueue, type UploadStore } from "../index.ts";
import { newPhoto } from "../testing/photos.ts";
import { type RunningShop, startShop } from "../testing/running-shop.ts";
import { type SendForm, sendByFetch } from "./send-photo.ts";
import type { TabOwnership } from "./tab-ownership.ts";

let shop: RunningShop;
let client: BodegaClient;
const queues: UploadQueue[] = [];

beforeAll(async () => {
  shop = await startShop();
  client = await shop.client();
});

afterEach(() => {
  for (const queue of queues.splice(0)) queue.close();
});

afterAll(() => shop.stop());

const quick = { firstMs: 1, maxMs: 5 };

function newQueue(options: Partial<ConstructorParameters<typeof UploadQueue>[0]> = {}): UploadQueue {
  const queue = new UploadQueue({ client, backoff: quick, ...options });
  queues.push(queue);
  return queue;
}

const newProduct = () => ({ sku: `SKU-${crypto.randomUUID()}`, name: "Subida" });

async function aProduct(): Promise<string> {
  return (await client.products.create(newProduct())).id;
}

const photosOf = async (productId: string) => (await client.products.read(productId)).product.images;

const upload = (file: File, productId: string) => ({ file, fileName: file.name, target: { productId } });

const only = (queue: UploadQueue) => {
  const [first] = queue.uploads();
  if (first === undefined) throw new Error("the queue is empty");
  return first;
};

/** Sends, and then loses the answer. */
const losing = (times: number): SendForm => {
  let lost = 0;
  return async (request) => {
    const answer = await sendByFetch(request);
    if (lost++ < times) throw new TypeError("the connection broke off");
    return answer;
  };
};

test("files become photos, and products where they are to, a few at a time", async () => {
  let now = 0;
  let most = 0;
  const queue = newQueue({
    concurrency: 2,
    send: async (request) => {
      most = Math.max(most, ++now);
      return sendByFetch(request).finally(() => now--);
    },
  });
  const productId = await aProduct();
  const files = [newPhoto(), newPhoto(), newPhoto(), newPhoto()];
  const [existing, ...others] = files;
  if (existing === undefined) throw new Error("no file");
  await queue.add([
    upload(existing, productId),
    ...others.map((file) => ({ file, fileName: file.name, target: { product: newProduct() } })),
  ]);
  await queue.idle();
  expect(queue.uploads().map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
  expect(most).toBe(2);
  const ids = queue.uploads().map((each) => each.productId ?? "");
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(await photosOf(id)).toHaveLength(1);
});

test("an answer that is lost makes no second photo", async () => {
  const productId = await aProduct();
  const queue = newQueue({ send: losing(2) });
  await queue.add([upload(newPhoto(), productId)]);
  await queue.idle();
  expect(only(queue)).toMatchObject({ status: "done", attempts: 3 });
  expect(await photosOf(productId)).toHaveLength(1);
});

test("after a reload the queue goes on with the same files and the same keys", async () => {
  const factory = new IDBFactory();
  const store = () => indexedDbUploadStore("uploads", factory);
  const productId = await aProduct();
  const before = newQueue({
    store: store(),
    send: losing(Number.POSITIVE_INFINITY),
    backoff: { firstMs: 1e6, maxMs: 1e6 },
  });
  await before.add([upload(newPhoto(), productId)]);
  await vi.waitFor(() => expect(only(before).error).toMatchObject({ code: "NETWORK" }), { timeout: 10_000 });
  before.close();
  const after = newQueue({ store: store() });
  await after.resume();
  await after.idle();
  expect(only(after)).toMatchObject({ status: "done", productId });
  expect(await photosOf(productId)).toHaveLength(1);
  const [kept] = await store().all();
  expect(kept?.file).toBeNull();
});

test("uploads of a tab that is still there are left to it", async () => {
  const store = sharedStore();
  const tab = (ownerId: string, alive: readonly string[]): TabOwnership => ({
    ownerId,
    alive: async (ids) => new Set(ids.filter((id) => alive.includes(id))),
    release: () => undefined,
  });
  const never: SendForm = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const one = newQueue({ store, ownership: tab("one", ["one"]), send: never });
  await one.add([upload(newPhoto(), await aProduct())]);
  const two = newQueue({ store, ownership: tab("two", ["one", "two"]) });
  await two.resume();
  expect(two.uploads()).toEqual([]);
  one.close();
  const three = newQueue({ store, ownership: tab("three", ["three"]) });
  await three.resume();
  await three.idle();
  expect(only(three).status).toBe("done");
});

test("the same file is sent once, and the second says which one it repeats", async () => {
  const productId = await aProduct();
  const file = newPhoto();
  const queue = newQueue();
  await queue.add([upload(file, productId), upload(new File([file], "another-name.png"), productId)]);
  await queue.idle();
  const [first, second] = queue.uploads();
  expect([first?.status, second?.status].sort()).toEqual(["done", "skipped"]);
  const [done, skipped] = first?.status === "done" ? [first, second] : [second, first];
  expect(skipped?.duplicateOf).toBe(done?.id);
  const [photo] = await photosOf(productId);
  expect(photo?.sha256).toBe(done?.sha256);
  const again = newQueue();
  await again.add([{ ...upload(file, productId), knownSha256: [photo?.sha256 ?? ""] }]);
  await again.idle();
  expect(only(again)).toMatchObject({ status: "skipped", duplicateOf: null });
});

test("a file that is no picture fails with the server's reason, and is not tried again", async () => {
  const queue = newQueue();
  await queue.add([upload(new File(["no picture"], "text.png", { type: "image/png" }), await aProduct())]);
  await queue.idle();
  expect(only(queue)).toMatchObject({
    status: "failed",
    attempts: 1,
    error: { code: "UNSUPPORTED_IMAGE_TYPE", retryable: false },
  });
});

test("cancelling in time leaves nothing, not even the product that was made for it", async () => {
  const queue = newQueue({
    send: ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  const product = newProduct();
  const file = newPhoto();
  const [id = ""] = await queue.add([{ file, fileName: file.name, target: { product } }]);
  await vi.waitFor(() => expect(only(queue).productId).not.toBeNull(), { timeout: 10_000 });
  expect(await queue.cancel(id)).toMatchObject({ status: "cancelled", wasCancelledTooLate: false, productId: null });
  expect((await client.products.list({ query: product.sku })).items).toEqual([]);
});

test("cancelling too late says that the photo is there", async () => {
  const productId = await aProduct();
  let hasArrived = false;
  const queue = newQueue({
    send: async (request) => {
      // As when the whole body has left and the answer is on its way.
      await sendByFetch({ ...request, signal: new AbortController().signal });
      hasArrived = true;
      return new Promise((_, reject) => {
        const abort = () => reject(request.signal.reason);
        if (request.signal.aborted) abort();
        request.signal.addEventListener("abort", abort);
      });
    },
  });
  const [id = ""] = await queue.add([upload(newPhoto(), productId)]);
  await vi.waitFor(() => expect(hasArrived).toBe(true), { timeout: 10_000 });
  expect(await queue.cancel(id)).toMatchObject({ status: "done", wasCancelledTooLate: true });
  expect(await photosOf(productId)).toHaveLength(1);
});

test("what failed for want of a network is tried again when asked", async () => {
  const productId = await aProduct();
  let isOnline = false;
  const queue = newQueue({
    attemptsMax: 2,
    send: async (request) => {
      if (!isOnline) throw new TypeError("no network");
      return sendByFetch(request);
    },
  });
  await queue.add([upload(newPhoto(), productId)]);
  await queue.idle();
  expect(only(queue)).toMatchObject({ status: "failed", attempts: 2, error: { code: "NETWORK", retryable: true } });
  isOnline = true;
  await queue.retry();
  await queue.idle();
  expect(only(queue).status).toBe("done");
  await queue.clearFinished();
  expect(queue.uploads()).toEqual([]);
});

test("a store that refuses costs the reload, not the upload", async () => {
  const full: UploadStore = {
    all: async () => [],
    put: async () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    remove: async () => undefined,
  };
  const queue = newQueue({ store: full });
  await queue.add([upload(newPhoto(), await aProduct())]);
  await queue.idle();
  expect(only(queue)).toMatchObject({ status: "done", isKept: false });
});

function sharedStore(): UploadStore {
  return indexedDbUploadStore("shared", new IDBFactory());
}
