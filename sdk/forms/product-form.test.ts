import { expect, test } from "vitest";
import { allThumbnails, imageOf, productWith } from "../testing/products.ts";
import { changeOf, openProductForm, rehydrate, setField, setImages } from "./product-form.ts";

const pending = imageOf("p", { id: "i", thumbnailState: "generating" });
const ready = imageOf("p", {
  id: "i",
  thumbnailState: "ready",
  thumbnails: allThumbnails,
  thumbnailUrl: allThumbnails.desktop,
  thumbnailSignature: "s1",
});
const before = productWith([pending], { id: "p" });
const after = productWith([ready], { id: "p", imagesRevision: 2 });

test("an untouched form gains the new thumbnail, and what others changed", () => {
  const form = rehydrate(openProductForm(before), { ...after, price: "11.00" });
  expect(form.images[0]?.thumbnailUrl).toBe(allThumbnails.desktop);
  expect(form.thumbnailSignature).toBe("s1");
  expect(form.values.price).toBe("11.00");
  expect(changeOf(form)).toBeNull();
});

test("a touched form is never overwritten, and still gains the thumbnail of an untouched photo", () => {
  const touched = setField(openProductForm(before), "name", "Mate");
  const form = rehydrate(touched, { ...after, name: "Other", price: "11.00" });
  expect(form.values).toEqual({ ...touched.values });
  expect(form.conflicts).toEqual(["name"]);
  expect(form.images[0]?.thumbnailUrl).toBe(allThumbnails.desktop);
  expect(changeOf(form)).toEqual({ name: "Mate" });
});

test("photos that were put in another order or taken away stay so", () => {
  const second = imageOf("p", { id: "j", position: 1, isMain: false });
  const form = setImages(openProductForm(productWith([pending, second], { id: "p" })), [second]);
  const now = rehydrate(form, productWith([ready, { ...second, thumbnailState: "none" }], { id: "p" }));
  expect(now.images.map(({ id }) => id)).toEqual(["j"]);
});

test("a photo in a touched list shows its thumbnail when that comes, at the place it was given", () => {
  const second = imageOf("p", { id: "j", position: 1, isMain: false });
  const form = setImages(openProductForm(productWith([pending, second], { id: "p" })), [second, pending]);
  const now = rehydrate(form, productWith([ready, second], { id: "p" }));
  expect(now.images.map(({ id, thumbnailUrl }) => [id, thumbnailUrl])).toEqual([
    ["j", null],
    ["i", allThumbnails.desktop],
  ]);
});

test("an answer that says nothing new changes nothing", () => {
  const form = setField(openProductForm(after), "name", "Mate");
  expect(rehydrate(form, after)).toBe(form);
});

test("a field that is put back is no change", () => {
  const form = setField(setField(openProductForm(before), "name", "Mate"), "name", before.name);
  expect(changeOf(form)).toBeNull();
});
