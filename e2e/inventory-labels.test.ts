import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Product } from "../sdk/index.ts";
import { addGoods, addUser, ean13 } from "./support/counted-goods.ts";
import { readEan13 } from "./support/ean13-reader.ts";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";
import { pagesOfPdf } from "./support/pdf-pages.ts";
import { scan } from "./support/scanner.ts";

/** As patient as everything else here. */
const soon = { timeout: patienceMs };
const teaGtin = ean13("779000003001");
let office: Office;
let tea: Product;
let cheese: Product;
beforeAll(async () => {
  office = await openOffice();
  tea = await addGoods(office.api, { name: "Té en hebras de Misiones", gtin: teaGtin, price: "1234.5" });
  cheese = await addGoods(office.api, { name: "Queso rallado", sku: "queso-1", unit: "g", price: "1.25" });
});
afterAll(() => office.close());

const copies = (page: Page, { name }: Product) => page.getByLabel(`Copias de ${name}`);

/** A row of pixels through the middle of the first barcode of `code` that is printed, at `scale` pixels a CSS pixel. */
async function printedRow(page: Page, code: string): Promise<readonly boolean[]> {
  await page.emulateMedia({ media: "print" });
  const picture = await page.locator(`[data-printed] svg[data-code="${code}"]`).first().screenshot();
  await page.emulateMedia({ media: "screen" });
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  const middle = Math.floor(info.height / 2) * info.width * info.channels;
  return Array.from({ length: info.width }, (_, x) => (data[middle + x * info.channels] ?? 255) < 128);
}

test("labels are scanned together, seen to scale, and printed on A4 from where the sheet was left", async () => {
  const { page, watch } = await office.enter("/inventory/labels", { deviceScaleFactor: 4 });
  await page.getByText("Todavía no hay etiquetas").waitFor();
  for (let time = 0; time < 2; time++) await scan(page, teaGtin);
  await expect.poll(() => copies(page, tea).inputValue(), soon).toBe("2");
  await page.getByRole("textbox", { name: "Añadir un producto" }).fill("queso");
  await page.getByRole("option", { name: /Queso rallado/ }).waitFor();
  await page.keyboard.press("Enter");
  await copies(page, cheese).fill("23");
  await page.getByRole("button", { name: "Imprimir 25 etiquetas" }).waitFor();
  await page.getByText(/^Hoja 1 de 2, al \d+/).waitFor();
  // As es-AR writes it; grammes are compared by the kilo.
  const preview = page.locator("figure");
  await preview.getByText("$ 1.234,50", { exact: true }).first().waitFor();
  await preview.getByText("$ 1.250,00 / kg", { exact: true }).first().waitFor();

  const pages = pagesOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  expect(pages).toHaveLength(2);
  for (const { widthMm, heightMm } of pages) {
    expect(widthMm).toBeCloseTo(210, 0);
    expect(heightMm).toBeCloseTo(297, 0);
  }
  await page.getByLabel("Empezar en la etiqueta").fill("24");
  await expect.poll(() => page.locator("[data-printed] [data-sheet]").count(), soon).toBe(3 - 1);
  expect(await page.locator("[data-printed] [data-sheet]").first().locator("[data-place]").count()).toBe(1);
  expect(await page.locator('[data-printed] [data-place="24"]').count()).toBe(2);
  // Where Avery says that its 24th label lies, in CSS pixels of 1/96 inch.
  await page.emulateMedia({ media: "print" });
  const sheet = await page.locator("[data-printed] [data-sheet]").first().boundingBox();
  const last = await page.locator('[data-printed] [data-place="24"]').first().boundingBox();
  const mm = (pixels: number) => (pixels * 25.4) / 96;
  expect(mm((last?.x ?? 0) - (sheet?.x ?? 0))).toBeCloseTo(139.29, 1);
  expect(mm((last?.y ?? 0) - (sheet?.y ?? 0))).toBeCloseTo(250.2, 1);
  expect(mm(last?.width ?? 0)).toBeCloseTo(63.5, 1);
  await page.emulateMedia({ media: "screen" });

  expect(readEan13(await printedRow(page, teaGtin))).toBe(teaGtin);
  await page.reload();
  await expect.poll(() => copies(page, cheese).inputValue(), soon).toBe("23");
  expect(watch.complaints).toEqual([]);
});

test(
  "a roll is one page a label, of exactly its size, with bars of whole dots that are read",
  async () => {
    for (const [roll, widthMm, heightMm] of [
      ["58 × 40 mm", 58, 40],
      ["80 × 50 mm", 80, 50],
    ] as const) {
      const path = `/inventory/labels?products=${tea.id}*3`;
      const { page } = await office.enter(path, { deviceScaleFactor: 4, language: "en" });
      await page.getByLabel("Format").selectOption({ label: roll });
      await page.getByRole("button", { name: "Print 3 labels" }).waitFor();
      const pages = pagesOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      expect(pages).toHaveLength(3);
      for (const size of pages) {
        expect(Math.abs(size.widthMm - widthMm)).toBeLessThan(0.3);
        expect(Math.abs(size.heightMm - heightMm)).toBeLessThan(0.3);
      }
      expect(readEan13(await printedRow(page, teaGtin))).toBe(teaGtin);
      await page.emulateMedia({ media: "print" });
      const bars = await page.locator(`[data-printed] svg[data-code="${teaGtin}"]`).first().boundingBox();
      // 95 modules and 18 of white, 3 dots of 203 dpi each.
      expect(((bars?.width ?? 0) * 25.4) / 96).toBeCloseTo(113 * 0.375, 1);
    }
  },
  10 * patienceMs,
);

test("a case is printed as ITF-14, with bearer bars; where it would not be read, its number is there and said to be alone", async () => {
  const gtin = "17790000030014";
  const box = await addGoods(office.api, { name: "Té en hebras, caja de 24", gtin });
  const { page } = await office.enter(`/inventory/labels?products=${box.id}`);
  await page.getByLabel("Formato").selectOption("roll-80");
  const bars = page.locator(`figure svg[data-code="${gtin}"]`);
  await bars.waitFor();
  expect(await bars.locator("path").count()).toBe(2);
  await page.locator("figure").getByText("1 77 90000 03001 4").waitFor();
  await page.emulateMedia({ media: "print" });
  const printed = await page.locator(`[data-printed] svg[data-code="${gtin}"]`).boundingBox();
  // 120.5 modules and 20 of white, 4 dots of 203 dpi each.
  expect(((printed?.width ?? 0) * 25.4) / 96).toBeCloseTo(140.5 * 0.5, 1);
  await page.emulateMedia({ media: "screen" });
  await page.getByLabel("Formato").selectOption("a4-65");
  await page.getByText("Sin código de barras: no cabe en esta etiqueta").waitFor();
  expect(await bars.count()).toBe(0);
});

test("labels are sound on a phone, in the dark, and open to sales", async () => {
  const user = await addUser(office.api, "sales");
  const path = `/inventory/labels?products=${tea.id},${cheese.id}*2`;
  const { page } = await office.enter(path, { user, width: 360, height: 740, colorScheme: "dark" });
  await page.getByRole("button", { name: "Imprimir 3 etiquetas" }).waitFor();
  expect(await reviewPage(page, "labels")).toEqual([]);
});
