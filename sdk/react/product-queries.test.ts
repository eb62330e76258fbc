import { expect, test } from "vitest";
import { knownProduct } from "../images/merge-product.ts";
import { allThumbnails, imageOf, productWith } from "../testing/products.ts";
import { type CachedPages, mergePages, productsOf } from "./product-queries.ts";

const pagesOf = (...pages: readonly (readonly ReturnType<typeof knownProduct>[])[]): CachedPages => ({
  pages: pages.map((items) => ({ items, nextCursor: null })),
  pageParams: pages.map(() => null),
});

test("the pages that are there stay the same objects when another one comes", () => {
  const first = pagesOf([knownProduct(productWith([], { id: "a" }))]);
  const [page] = first.pages;
  const both: CachedPages = {
    ...first,
    pages: [...first.pages, ...pagesOf([knownProduct(productWith([], { id: "b" }))]).pages],
  };
  const merged = mergePages(first, both);
  expect(merged.pages[0]).toBe(page);
  expect(productsOf(merged)[0]).toBe(productsOf(first)[0]);
  expect(productsOf(merged).map(({ id }) => id)).toEqual(["a", "b"]);
});

test("an answer that is older than what arrived meanwhile takes nothing away, whatever page it is on", () => {
  const image = imageOf("a", { id: "i", thumbnailState: "generating" });
  const old = productWith([image], { id: "a", imagesRevision: 1 });
  const ready = { ...image, thumbnails: allThumbnails, thumbnailState: "ready" as const };
  const shown = pagesOf([knownProduct(productWith([ready], { id: "a", imagesRevision: 2 }))]);
  const late = pagesOf([], [knownProduct(old)]);
  expect(productsOf(mergePages(shown, late))[0]?.images[0]?.thumbnailState).toBe("ready");
});
