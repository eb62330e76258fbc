import { expect, test } from "vitest";
import type { ProductImagesEvent } from "../model.ts";
import { dispatchProductImagesReady, isProductImagesEvent, productImagesReady } from "./product-images.ts";

const event: ProductImagesEvent = {
  id: "1",
  productId: "product-1",
  imageId: "image-1",
  phase: "thumbnails_ready",
  attempt: 1,
  previousSignature: "a.1",
  newSignature: "b.1",
  revision: 2,
  traceId: null,
  at: "2026-01-01T00:00:00.000Z",
};

test("code that listens to the DOM hears productImagesReady with the contract's detail", () => {
  const page = new EventTarget();
  const heard: unknown[] = [];
  page.addEventListener(productImagesReady, (dispatched) => {
    if (dispatched instanceof CustomEvent) heard.push(dispatched.detail);
  });
  dispatchProductImagesReady(event, page);
  expect(productImagesReady).toBe("productImagesReady");
  expect(heard).toEqual([event]);
});

test("where there is no page, nobody hears and nothing fails", () => {
  expect(() => dispatchProductImagesReady(event, undefined)).not.toThrow();
});

test("what is no event of photos, or one of a later version, is left alone", () => {
  expect(isProductImagesEvent(event)).toBe(true);
  for (const other of [null, "x", {}, { ...event, phase: "thumbnails_sung" }, { ...event, revision: "2" }]) {
    expect(isProductImagesEvent(other)).toBe(false);
  }
});
