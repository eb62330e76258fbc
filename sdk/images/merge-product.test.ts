import fc from "fast-check";
import { expect, test } from "vitest";
import type { Product, ProductImage, ProductImagesEvent } from "../model.ts";
import { imageOf, productWith } from "../testing/products.ts";
import { type KnownProduct, knownProduct, mergeEvent, mergeProduct, productOf } from "./merge-product.ts";

/** What a server does to the photos of one product, one revision after the other. */
type Change = "add" | "ready" | "fail" | "reorder" | "remove" | "rename";

interface History {
  /** The product after each change, as an answer would show it. */
  readonly answers: readonly Product[];
  readonly events: readonly ProductImagesEvent[];
}

function historyOf(changes: readonly Change[]): History {
  const answers = [productWith([])];
  const events: ProductImagesEvent[] = [];
  for (const [index, change] of changes.entries()) {
    const before = answers.at(-1) ?? productWith([]);
    const revision = before.imagesRevision + 1;
    const at = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
    const main = before.images[0];
    const event = (phase: ProductImagesEvent["phase"], imageId: string, more: Partial<ProductImagesEvent> = {}) =>
      events.push({ id: `e${index}`, productId: before.id, imageId, phase, revision, traceId: null, at, ...more });
    let images: ProductImage[] = before.images;
    switch (change) {
      case "add": {
        const added = imageOf(before.id, { id: `image-${index}`, thumbnailState: "generating" });
        images = [...images, added];
        event("base_insert", added.id);
        break;
      }
      case "ready": {
        if (main === undefined) continue;
        const thumbnails = { desktop: `/d/${index}`, mobile: `/m/${index}` };
        const made = { thumbnails, thumbnailUrl: thumbnails.desktop, thumbnailSignature: `s${index}` };
        images = [{ ...main, ...made, thumbnailState: "ready" }, ...images.slice(1)];
        event("thumbnails_ready", main.id, { thumbnails, newSignature: `s${index}` });
        break;
      }
      case "fail":
        if (main === undefined) continue;
        images = [{ ...main, thumbnailState: "failed" }, ...images.slice(1)];
        event("thumbnails_failed", main.id, { reason: "INVALID_IMAGE" });
        break;
      case "reorder":
        images = [...images].reverse();
        break;
      case "remove":
        images = images.slice(1);
        break;
      case "rename":
        answers.push({ ...before, name: `${before.name}'`, updatedAt: at });
        continue;
    }
    answers.push({ ...before, images, imagesRevision: revision, updatedAt: at });
  }
  return { answers, events };
}

const change = fc.constantFrom<Change>("ready", "ready", "fail", "add", "reorder", "remove", "rename");
const changes = fc.array(change, { maxLength: 10 }).map((list): readonly Change[] => ["add", ...list]);
const often = { numRuns: 1_000 };

/** A history, and some of its answers and events as they arrive: in any order, some late, some twice, some never. */
const arrivals = changes.chain((list) => {
  const history = historyOf(list);
  const news = [...history.answers, ...history.events];
  return fc.record({
    history: fc.constant(history),
    first: fc.constantFrom(...history.answers),
    arriving: fc.array(fc.constantFrom<Product | ProductImagesEvent>(...news), { minLength: 2, maxLength: 20 }),
  });
});

const isEvent = (news: Product | ProductImagesEvent): news is ProductImagesEvent => "phase" in news;

const take = (known: KnownProduct, news: Product | ProductImagesEvent): KnownProduct =>
  isEvent(news) ? mergeEvent(known, news) : mergeProduct(known, news);

test("a late answer never takes away what arrived: each photo shows the newest that was said of it", () => {
  fc.assert(
    fc.property(arrivals, ({ first, arriving }) => {
      const shown = productOf(arriving.reduce(take, knownProduct(first)));
      const answers = [first, ...arriving.filter((news): news is Product => !isEvent(news))];
      const newest = answers.reduce((one, other) => (other.imagesRevision >= one.imagesRevision ? other : one));
      expect(shown.images.map(({ id }) => id)).toEqual(newest.images.map(({ id }) => id));
      for (const image of shown.images) {
        const told = arriving
          .filter(isEvent)
          .filter(({ imageId, revision, phase }) => {
            return imageId === image.id && revision > newest.imagesRevision && phase !== "base_insert";
          })
          .sort((one, other) => other.revision - one.revision);
        const answered = newest.images.find(({ id }) => id === image.id);
        const picture = told.find(({ phase }) => phase === "thumbnails_ready");
        expect(image.thumbnails).toEqual(picture === undefined ? answered?.thumbnails : picture.thumbnails);
        const [latest] = told;
        const state = latest?.phase === "thumbnails_ready" ? "ready" : "failed";
        expect(image.thumbnailState).toBe(latest === undefined ? answered?.thumbnailState : state);
      }
    }),
    often,
  );
});

test("in whatever order the same news arrives, the same is shown", () => {
  fc.assert(
    fc.property(arrivals, fc.infiniteStream(fc.nat()), ({ first, arriving }, keys) => {
      const shuffled = arriving
        .map((news) => ({ news, key: keys.next().value ?? 0 }))
        .sort((one, other) => one.key - other.key)
        .map(({ news }) => news);
      const inOrder = productOf(arriving.reduce(take, knownProduct(first)));
      expect(productOf(shuffled.reduce(take, knownProduct(first)))).toEqual(inOrder);
    }),
    often,
  );
});

test("news that arrives twice changes nothing", () => {
  fc.assert(
    fc.property(arrivals, ({ first, arriving }) => {
      const once = arriving.reduce(take, knownProduct(first));
      expect(productOf(arriving.reduce(take, once))).toEqual(productOf(once));
    }),
    often,
  );
});

test("when all has arrived, what is shown is what the server has", () => {
  fc.assert(
    fc.property(changes, fc.infiniteStream(fc.nat()), (list, keys) => {
      const { answers, events } = historyOf(list);
      const news = [...answers, ...events]
        .map((each) => ({ each, key: keys.next().value ?? 0 }))
        .sort((one, other) => one.key - other.key)
        .map(({ each }) => each);
      const [first] = answers;
      const last = answers.at(-1);
      if (first === undefined || last === undefined) return;
      expect(productOf(news.reduce(take, knownProduct(first)))).toEqual(last);
    }),
    often,
  );
});

test("a failure after a success, heard before any answer, does not take the thumbnails away", () => {
  const { answers, events } = historyOf(["add", "ready", "fail"]);
  const [, first] = answers;
  const last = answers.at(-1);
  if (first === undefined || last === undefined) throw new Error("no history");
  expect(productOf(events.reduce(take, knownProduct(first))).images).toEqual(last.images);
});

test("the same knowledge is shown as the same object, so that nothing renders for nothing", () => {
  const image = imageOf("p", { id: "i" });
  const known = mergeEvent(knownProduct(productWith([image], { id: "p" })), {
    id: "e",
    productId: "p",
    imageId: "i",
    phase: "thumbnails_ready",
    revision: 9,
    thumbnails: { desktop: "/d" },
    traceId: null,
    at: "2026-01-01T00:00:00.000Z",
  });
  expect(productOf(known)).toBe(productOf(known));
});
