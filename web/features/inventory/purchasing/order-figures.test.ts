import { expect, it } from "vitest";
import { costOf, missingOf, suggestedOrders } from "./order-figures.ts";
import type { Suggestion } from "./orders-queries.ts";

const suggestion = (change: Partial<Suggestion>): Suggestion => ({
  supplierId: null,
  productId: crypto.randomUUID(),
  sku: "a",
  name: "A",
  locationId: "here",
  locationCode: "DEP",
  available: "1",
  incoming: "0",
  reorderPoint: "5",
  maximum: null,
  suggested: "9",
  unitCost: "2.5",
  ...change,
});

it("suggestions are one order for each supplier and place, at what it costs", () => {
  const orders = suggestedOrders([
    suggestion({ supplierId: "s" }),
    suggestion({ supplierId: "s", locationId: "there" }),
    suggestion({}),
    suggestion({ unitCost: null, suggested: "3" }),
    suggestion({ suggested: "0" }),
  ]);
  expect(orders.map(({ supplierId, locationId, lines, cost }) => [supplierId, locationId, lines.length, cost])).toEqual(
    [
      ["s", "here", 1, "22.5"],
      ["s", "there", 1, "22.5"],
      [null, "here", 2, "22.5"],
    ],
  );
});

it("what is missing is what was ordered and has not come", () => {
  expect(missingOf({ quantity: "2.5", received: "1.25" })).toBe("1.25");
  expect(costOf([{ quantity: "3", unitCost: null }])).toBeNull();
});
