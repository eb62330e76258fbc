import { describe, expect, it } from "vitest";
import type { Order } from "./orders-queries.ts";
import { allCame, type CameLine, emptyReceipt, receiptLines, receiptProblems, withLot, withScan } from "./receiving.ts";

const line = (productId: string, quantity: string, received = "0") => ({
  productId,
  sku: productId,
  name: productId,
  gtin: null,
  unit: "unit",
  quantity,
  received,
  unitCost: null,
});
const order: Order = {
  id: "o",
  number: 1,
  supplierId: null,
  locationId: "l",
  locationCode: "DEP",
  status: "sent",
  expectedOn: null,
  note: null,
  createdBy: "me",
  createdAt: "2026-01-01T00:00:00Z",
  sentAt: "2026-01-01T00:00:00Z",
  closedAt: null,
  lines: [line("tea", "10"), line("rice", "4", "1.5"), line("salt", "2", "2")],
  receipts: [],
};
const scan = (productId: string, lot: string | null = null, expiresOn: string | null = null) => ({
  productId,
  quantity: "1",
  lot,
  expiresOn,
});
const figures = (came: readonly CameLine[]) => came.map(({ productId, quantity, lot }) => [productId, quantity, lot]);

describe("receiving an order", () => {
  it("begins with what is missing, and can say that all of it came", () => {
    expect(figures(emptyReceipt(order))).toEqual([
      ["tea", "", ""],
      ["rice", "", ""],
    ]);
    expect(receiptLines(allCame(order, emptyReceipt(order)))).toEqual([
      { productId: "tea", quantity: "10", lot: null, expiresOn: null },
      { productId: "rice", quantity: "2.5", lot: null, expiresOn: null },
    ]);
  });

  it("counts each scan, each lot for itself", () => {
    let came = emptyReceipt(order);
    for (const lot of ["A", "A", "B"]) came = withScan(came, scan("tea", lot, "2027-01-01"));
    came = withScan(came, scan("rice"));
    expect(figures(came)).toEqual([
      ["tea", "2", "A"],
      ["rice", "1", ""],
      ["tea", "1", "B"],
    ]);
    expect(receiptLines(came)[0]).toMatchObject({ lot: "A", expiresOn: "2027-01-01" });
  });

  it("does not put a lot upon what was counted without one", () => {
    let came = withScan(emptyReceipt(order), scan("tea"));
    came = withScan(came, scan("tea", "A"));
    expect(figures(came).filter(([product]) => product === "tea")).toEqual([
      ["tea", "1", ""],
      ["tea", "1", "A"],
    ]);
  });

  it("says of every lot of a product that together they are more than is missing", () => {
    const [tea] = emptyReceipt(order);
    expect(tea).toBeDefined();
    if (tea === undefined) return;
    const came = withLot([{ ...tea, quantity: "6" }], tea).map((each) => ({ ...each, quantity: each.quantity || "5" }));
    expect([...receiptProblems(order, came).values()]).toEqual([
      { kind: "over", missing: "10" },
      { kind: "over", missing: "10" },
    ]);
    expect(receiptProblems(order, [{ ...tea, quantity: "10" }]).size).toBe(0);
    expect(receiptProblems(order, [{ ...tea, quantity: "x" }]).get(tea.key)?.kind).toBe("number");
  });
});
