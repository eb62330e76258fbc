import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Product } from "../sdk/index.ts";
import { addGoods, addLocation, addUser, onHand } from "./support/counted-goods.ts";
import { dropFiles } from "./support/drop-files.ts";
import { type Office, openOffice } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";

let office: Office;
let locationId = "";
let tea: Product;
beforeAll(async () => {
  office = await openOffice();
  locationId = await addLocation(office.api, "DEP", "Depósito");
  tea = await addGoods(office.api, { name: "Té en hebras", sku: "te-1" });
});
afterAll(() => office.close());

const drop = async (page: Page, text: string) => {
  await page.getByRole("button", { name: /^Elegir (otro )?archivo$/ }).waitFor();
  await dropFiles(page, [{ name: "existencias.csv", mimeType: "text/csv", buffer: Buffer.from(text) }]);
};

test("a file with errors is told row by row and books nothing; a right one is booked whole, and once", async () => {
  const { page, watch } = await office.enter("/inventory/import");
  await page.getByRole("button", { name: "Elegir archivo" }).waitFor();
  await drop(page, "sku;location;quantity;expires_on\nte-1;DEP;2,5;\nnada;DEP;1;\nte-1;OTRA;x;mañana\n");
  await page.getByRole("status").getByText("Filas bien: 1 · con errores: 2").waitFor();
  await page.getByText("sku: ningún producto tiene este SKU").waitFor();
  await page.getByText(/location: ninguna ubicación en uso tiene este código/).waitFor();
  await page.getByText(/expires_on: no es una fecha como 2026-12-31/).waitFor();
  expect(await page.getByRole("button", { name: "Ingresar 3 filas" }).isDisabled()).toBe(true);
  expect(await onHand(office.api, tea.id, locationId)).toBe("0");

  await drop(page, "sku;location;quantity\nte-1;DEP;2,5\n");
  await page.getByRole("button", { name: "Ingresar 1 fila" }).dblclick();
  await page.getByText("Se ingresó 1 fila.").waitFor();
  expect(await onHand(office.api, tea.id, locationId)).toBe("2.5");
  expect(watch.complaints).toEqual([]);
});

test("lists are given out as es-AR spreadsheets want them, and as English ones do", async () => {
  for (const [language, expected] of [
    ["es", "\uFEFFsku;name"],
    ["en", "\uFEFFsku,name"],
  ] as const) {
    const { page } = await office.enter("/inventory/prices", { language });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    const file = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of file) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString("utf8");
    expect(text.startsWith(expected.slice(0, 4))).toBe(true);
    expect(text.split("\r\n")[0]).toContain(language === "es" ? ";" : ",");
    expect(text).toContain("te-1");
  }
});

test("the import is sound on a phone, in the dark, and nothing for sales", async () => {
  const { page } = await office.enter("/inventory/import", { width: 360, height: 740, colorScheme: "dark" });
  await drop(page, "sku;location;quantity\nte-1;DEP;1\nnada;DEP;1\n");
  await page.getByRole("status").getByText("Filas bien: 1 · con errores: 1").waitFor();
  expect(await reviewPage(page, "import")).toEqual([]);
  const { page: theirs } = await office.enter("/inventory/import", { user: await addUser(office.api, "sales") });
  await drop(theirs, "sku;location;quantity\nte-1;DEP;1\n");
  await theirs.getByRole("alert").getByText("Su rol no permite hacer esto").waitFor();
});
