import { expect, test } from "vitest";
import { filtersOf, readCatalogAddress } from "./address.ts";

test("an address that is old or mistyped still shows the catalogue", () => {
  expect(readCatalogAddress({ q: 12, state: "lost", supplier: "nobody", view: "map", product: 3 })).toEqual({
    q: "12",
  });
});

test("a view that was shared is the same view", () => {
  const address = { q: "té", category: "Bebidas", state: "missing", view: "list" } as const;
  expect(readCatalogAddress(address)).toEqual(address);
  expect(filtersOf(address)).toMatchObject({ query: "té", category: "Bebidas", imageState: "missing" });
});
