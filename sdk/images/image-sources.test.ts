import { expect, test } from "vitest";
import { allThumbnails, imageOf } from "../testing/products.ts";
import { imageSources } from "./image-sources.ts";

const ready = imageOf("p", { thumbnails: allThumbnails, thumbnailState: "ready" });

test("every variant is offered with its width, so that the browser picks by size and density", () => {
  expect(imageSources(ready, { width: 190 })).toEqual({
    src: "/media/mobile.jpg",
    srcSet: "/media/minithumb.jpg 40w, /media/mobile.jpg 190w, /media/tablet.jpg 300w, /media/desktop.jpg 320w",
  });
});

test("the original is offered only where it is drawn wider than any variant", () => {
  expect(imageSources(ready, { width: 320 })?.srcSet).not.toContain("original");
  expect(imageSources(ready, { width: 800 })).toMatchObject({ src: "/media/original.jpg" });
  expect(imageSources({ ...ready, width: 200 }, { width: 800 })?.srcSet).not.toContain("original");
});

test("a partial photo is shown by what it has", () => {
  const partial = { ...ready, thumbnails: { desktop: "/media/desktop.jpg" } };
  expect(imageSources(partial, { width: 40 })).toEqual({
    src: "/media/desktop.jpg",
    srcSet: "/media/desktop.jpg 320w",
  });
});

test("without thumbnails, a photo that was skipped is shown as it is; one that is damaged or unseen is not", () => {
  const bare = (thumbnailState: typeof ready.thumbnailState) =>
    imageSources({ ...ready, thumbnails: null, thumbnailState }, { width: 320 });
  expect(bare("skipped")?.src).toBe("/media/original.jpg");
  expect(bare("failed")).toBeNull();
  expect(bare("generating")).toBeNull();
});

test("addresses from the root are the server's, absolute ones are left alone", () => {
  const baseUrl = "https://shop.test";
  expect(imageSources(ready, { width: 40, baseUrl })?.src).toBe("https://shop.test/media/minithumb.jpg");
  const elsewhere = { ...ready, thumbnails: { desktop: "https://cdn.test/d.jpg" } };
  expect(imageSources(elsewhere, { width: 40, baseUrl })?.src).toBe("https://cdn.test/d.jpg");
});
