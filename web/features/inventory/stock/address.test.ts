import { expect, it } from "vitest";
import { readStockAddress } from "./address.ts";

it("an address of the stock keeps what is valid and leaves out the rest", () => {
  const location = "0198a1b2-0000-7000-8000-000000000001";
  expect(readStockAddress({ q: 779, location, view: "low", sort: "-available" })).toEqual({
    q: "779",
    location,
    view: "low",
    sort: "-available",
  });
  expect(readStockAddress({ q: " ", location: "x", view: "all", sort: "name", other: 1 })).toEqual({});
});
