import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "../../foundation/auth/principal.ts";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { ImportNotApplied, type ImportReport, importProducts, productColumns } from "./import-products.ts";
import { findProduct, findProductIdBySku } from "./queries.ts";

let test: TestDatabase;
const admin: Principal = { userId: "admin", role: "admin", supplierId: null, email: null };

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

/** The report of an import, applied or not. */
async function run(csv: string, options: { isDryRun?: boolean; principal?: Principal } = {}): Promise<ImportReport> {
  const { isDryRun = false, principal = admin } = options;
  const content = new TextEncoder().encode(csv);
  try {
    return await test.database.actAs(principal, (tx) => importProducts(tx, content, { isDryRun, principal }));
  } catch (error) {
    if (error instanceof ImportNotApplied) return error.report;
    throw error;
  }
}

async function product(sku: string) {
  const id = await findProductIdBySku(test.database.db, sku);
  return id === null ? null : findProduct(test.database.db, id);
}

const newSku = () => `sku-${randomUUID()}`;
const errorsOf = (report: ImportReport) => report.rows.map(({ errors }) => errors.map(({ column }) => column));

describe("importProducts", () => {
  it("takes every column that there is", async () => {
    const sku = newSku();
    const supplierId = randomUUID();
    const cells = {
      sku,
      name: "Yerba",
      description: "Suave",
      category: "té",
      gtin: "7791234567898",
      unit: "kg",
      price: "12.5",
      cost: "10",
      currency: "ARS",
      minimum_purchase: "0.5",
      supplier_id: supplierId,
      is_active: "sí",
    } satisfies Record<keyof typeof productColumns, string>;
    expect(Object.keys(cells)).toEqual(Object.keys(productColumns));
    expect(await run(`${Object.keys(cells).join()}\n${Object.values(cells).join()}\n`)).toMatchObject({ created: 1 });
    const { minimum_purchase: minimumPurchase, ...said } = cells;
    expect(await product(sku)).toMatchObject({
      ...{ sku, name: said.name, description: said.description, category: said.category, gtin: said.gtin, unit: "kg" },
      ...{ price: "12.50", cost: "10.00", currency: "ARS", minimumPurchase, supplierId, isActive: true },
    });
  });

  it("an empty cell clears what may be none, and leaves the rest", async () => {
    const sku = newSku();
    await run(`sku,name,category,cost,price,is_active\n${sku},Yerba,té,3,4,no\n`);
    await run(`sku,name,category,cost,price,is_active\n${sku},,,,,\n`);
    expect(await product(sku)).toMatchObject({
      name: "Yerba",
      category: null,
      cost: null,
      price: "4.00",
      isActive: false,
    });
  });

  it.each([
    ["true", true],
    ["VERDADERO", true],
    ["Sí", true],
    ["1", true],
    ["No", false],
    ["FALSO", false],
    ["0", false],
  ])("%s is %s", async (cell, isActive) => {
    const sku = newSku();
    await run(`sku,name,is_active\n${sku},Yerba,${cell}\n`);
    expect(await product(sku)).toMatchObject({ isActive });
  });

  it.each([
    ["is_active", "perhaps"],
    ["price", "12,5"],
    ["price", "99999999999"],
    ["cost", "-1"],
    ["currency", "$"],
    ["unit", "bucket"],
    ["gtin", "7791234567899"],
    ["supplier_id", "me"],
    ["minimum_purchase", "0"],
  ])("%s = %s is refused at its row and column, new product or known", async (column, cell) => {
    const known = newSku();
    await run(`sku,name\n${known},Yerba\n`);
    const report = await run(`sku,name,${column}\n${known},A,"${cell}"\n${newSku()},B,"${cell}"\n`);
    expect([report.isApplied, errorsOf(report)]).toEqual([false, [[column], [column]]]);
    expect(await product(known)).toMatchObject({ name: "Yerba" });
  });

  it("a SKU that comes twice is refused the second time, with the line of the first", async () => {
    const sku = newSku();
    const report = await run(`sku,name\n\n${sku},A\n${sku},B\n${sku},C\n`);
    expect(report.rows.map(({ line, action }) => [line, action])).toEqual([
      [3, "created"],
      [4, "refused"],
      [5, "refused"],
    ]);
    expect(report.rows[2]?.errors).toEqual([{ column: "sku", message: "comes twice; first on line 3" }]);
    expect(await product(sku)).toBeNull();
  });

  it("a dry run tells the same as the run, and changes nothing", async () => {
    const known = newSku();
    await run(`sku,name\n${known},Yerba\n`);
    const csv = `sku,name\n${known},Changed\n${newSku()},New\n`;
    const dry = await run(csv, { isDryRun: true });
    expect(await product(known)).toMatchObject({ name: "Yerba" });
    const real = await run(csv);
    expect(dry.rows).toEqual(real.rows);
    expect([dry.isApplied, real.isApplied]).toEqual([false, true]);
  });

  it("a row that does not fit the database's own rules takes the others with it", async () => {
    const sku = newSku();
    await expect(run(`sku,name\n${sku},A\n${newSku()},${"x".repeat(301)}\n`)).resolves.toMatchObject({
      isApplied: false,
    });
    expect(await product(sku)).toBeNull();
  });

  it("another seller's SKU, or one of a product that was deleted, is not to be changed", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    const seller: Principal = { userId: "seller", role: "supplier", supplierId: mine, email: null };
    const taken = newSku();
    await run(`sku,name,supplier_id\n${taken},Theirs,${theirs}\n`);
    const report = await run(`sku,name\n${newSku()},Mine\n${taken},Stolen\n`, { principal: seller });
    expect([report.isApplied, errorsOf(report)]).toEqual([false, [[], ["sku"]]]);
    expect(await product(taken)).toMatchObject({ name: "Theirs", supplierId: theirs });
    const pretended = await run(`sku,name,supplier_id\n${newSku()},Mine,${theirs}\n`, { principal: seller });
    expect(errorsOf(pretended)).toEqual([["supplier_id"]]);
  });

  it("many imports of the same SKUs at once, each in another order: all or nothing, and none waits for ever", async () => {
    const [known, fresh] = [Array.from({ length: 40 }, newSku), Array.from({ length: 40 }, newSku)];
    const csv = (skus: readonly string[]) => `sku,name\n${skus.map((sku) => `${sku},A`).join("\n")}\n`;
    await run(csv(known));
    const skus = [...known, ...fresh];
    const orders = [skus, [...skus].reverse(), [...fresh, ...known], [...fresh].reverse().concat(known)];
    const reports = await Promise.all(orders.map((order) => run(csv(order))));
    expect(reports.filter(({ isApplied, created }) => isApplied && created === 40)).toHaveLength(1);
    for (const { isApplied, updated, refused } of reports) expect(isApplied ? updated : refused).toBeGreaterThan(0);
    for (const sku of skus) expect(await product(sku)).not.toBeNull();
  });
});
