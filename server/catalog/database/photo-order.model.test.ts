import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { anyHash, type PhotoRow, Photos, signatureOf } from "./photos.testing.ts";

let testing: TestDatabase;
let photos: Photos;

beforeAll(async () => {
  testing = await testDatabase();
  photos = new Photos(testing.database);
});

afterAll(async () => testing.drop());

interface ModelPhoto {
  readonly id: string;
  readonly sha256: string;
}

/** What a list of photos is, in one line: ids in order; whether the main one's thumbnails are there. */
class Model {
  photos: readonly ModelPhoto[] = [];
  isMainReady = false;
  revision = 0;

  /** Every change of the list goes through here. */
  become(next: readonly ModelPhoto[], isChanged: boolean): void {
    if (next[0]?.id !== this.photos[0]?.id) this.isMainReady = false;
    if (isChanged) this.revision += 1;
    this.photos = next;
  }
}

interface Real {
  readonly productId: string;
}

type Command = fc.AsyncCommand<Model, Real>;

/** Few hashes, so that the same bytes come again often. */
const hashes = Array.from({ length: 4 }, anyHash);
const isSame = (a: readonly ModelPhoto[], b: readonly ModelPhoto[]) =>
  a.length === b.length && a.every(({ id }, place) => id === b[place]?.id);

async function expectAgreement(model: Model, { productId }: Real): Promise<void> {
  const list: PhotoRow[] = await photos.list(productId);
  expect(list.map(({ id, sha256 }) => ({ id, sha256 }))).toEqual(model.photos);
  expect(list.map(({ position }) => position)).toEqual(list.map((_, place) => place));
  list.forEach((photo, place) => {
    expect(photo.thumbnail_state).toBe(place > 0 ? "none" : model.isMainReady ? "ready" : "uploaded");
    expect(photo.thumbnail_signature).toBe(place === 0 && model.isMainReady ? signatureOf(photo) : null);
  });
  expect(await photos.revision(productId)).toBe(model.revision);
  expect(await photos.isSaidToHavePhoto(productId)).toBe(model.photos.length > 0);
}

const insert = (hash: number): Command => ({
  check: () => true,
  run: async (model, real) => {
    const row = await photos.insert(real.productId, photos.newPhoto(real.productId, hashes[hash]));
    model.become([...model.photos, { id: row.id, sha256: row.sha256 }], true);
    await expectAgreement(model, real);
  },
  toString: () => `insert(${hash})`,
});

const remove = (place: number, isPlain: boolean): Command => ({
  check: ({ photos: list }) => list.length > 0,
  run: async (model, real) => {
    const gone = model.photos[place % model.photos.length];
    if (gone === undefined) return;
    if (isPlain) await photos.rows("delete from catalog.product_images where id = $1", [gone.id]);
    else await photos.remove(gone.id);
    model.become(
      model.photos.filter(({ id }) => id !== gone.id),
      true,
    );
    await expectAgreement(model, real);
  },
  toString: () => `remove(${place}, ${isPlain ? "plain SQL" : "function"})`,
});

const reorder = (keys: readonly number[]): Command => ({
  check: () => true,
  run: async (model, real) => {
    const next = shuffled(model.photos, keys);
    await photos.reorder(
      real.productId,
      next.map(({ id }) => id),
    );
    model.become(next, !isSame(next, model.photos));
    await expectAgreement(model, real);
  },
  toString: () => `reorder(${keys})`,
});

/** Keeps those photos whose key is even, adds the hashes as new files, and puts all in another order. */
const replace = (keys: readonly number[], added: readonly number[]): Command => ({
  check: () => true,
  run: async (model, real) => {
    const kept = model.photos.filter((_, place) => (keys[place % keys.length] ?? 0) % 2 === 0);
    const files = added.map((hash) => photos.newPhoto(real.productId, hashes[hash]));
    const list = shuffled<{ readonly id: string } | (typeof files)[number]>(
      [...kept.map(({ id }) => ({ id })), ...files],
      keys,
    );
    const free = model.photos.filter(({ id }) => !kept.some((photo) => photo.id === id));
    const next: ModelPhoto[] = list.map((entry) => {
      if ("id" in entry) return model.photos.find(({ id }) => id === entry.id) ?? { id: entry.id, sha256: "" };
      const same = free.findIndex(({ sha256 }) => sha256 === entry.sha256);
      const [taken] = same === -1 ? [] : free.splice(same, 1);
      return taken ?? { id: entry.imageId, sha256: entry.sha256 };
    });
    await photos.replace(real.productId, list);
    model.become(next, !isSame(next, model.photos));
    await expectAgreement(model, real);
  },
  toString: () => `replace(${keys} + ${added})`,
});

const generate: Command = {
  check: ({ photos: list, isMainReady }) => list.length > 0 && !isMainReady,
  run: async (model, real) => {
    const [main] = await photos.list(real.productId);
    if (main === undefined) throw new Error("the model has a main photo");
    await photos.generate(main);
    model.isMainReady = true;
    // Two changes that clients may see: generating, ready.
    model.revision += 2;
    await expectAgreement(model, real);
  },
  toString: () => "generate",
};

function shuffled<T>(list: readonly T[], keys: readonly number[]): T[] {
  return list
    .map((item, place) => ({ item, key: keys[place % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const keys = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 });
const hash = fc.nat(hashes.length - 1);

test("any sequence of changes leaves the list that its model says: gapless, thumbnails only of the main photo's bytes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [
          hash.map(insert),
          fc.tuple(fc.nat(9), fc.boolean()).map(([place, isPlain]) => remove(place, isPlain)),
          keys.map(reorder),
          fc.tuple(keys, fc.array(hash, { maxLength: 3 })).map(([order, added]) => replace(order, added)),
          fc.constant(generate),
        ],
        { maxCommands: 25 },
      ),
      async (commands) => {
        const productId = await photos.createProduct();
        await fc.asyncModelRun(() => ({ model: new Model(), real: { productId } }), commands);
      },
    ),
    { numRuns: 40 },
  );
});
