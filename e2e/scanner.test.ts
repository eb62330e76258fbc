import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";
import { scan } from "./support/scanner.ts";
import { addGoods, addLocation, stockOf } from "./support/stock-room.ts";

const mateCode = "7790895000997";
/** What a machine that does other work meanwhile takes its time for. */
const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: patienceMs });

let office: Office;
let locationId = "";
let mateId = "";
let cheeseId = "";
beforeAll(async () => {
  office = await openOffice();
  locationId = await addLocation(office.api, "Mostrador");
  const stock = { [locationId]: "5" };
  mateId = (await addGoods(office.api, { name: "Yerba mate", gtin: mateCode, stock })).id;
  // The scale knows it by its article, 12345, under the prefix 20.
  cheeseId = (await addGoods(office.api, { name: "Queso", sku: "2012345", unit: "kg", stock })).id;
});
afterAll(() => office.close());

const open = async (path: string, options = {}) => {
  const visit = await office.enter(path, options);
  await visit.page.getByRole("region", { name: "Escáner" }).waitFor();
  await visit.quiet();
  return visit;
};

test("scan, see, change, done: without a mouse, and Enter of the scanner presses nothing", async () => {
  const { page } = await open("/inventory");
  await scan(page, mateCode);
  const card = page.getByRole("dialog", { name: "Yerba mate" });
  await card.getByRole("table", { name: "Existencias" }).getByText("5", { exact: true }).first().waitFor();
  await page.keyboard.press("e");
  const quantity = card.getByLabel("Entrada: cantidad");
  await quantity.waitFor();
  await page.keyboard.type("3", { delay: 120 });
  await page.keyboard.press("Enter");
  await page.getByText("+3 en", { exact: false }).first().waitFor();
  expect(await stockOf(office.api, mateId, locationId)).toEqual({ onHand: "8", reserved: "0" });
});

test("a scan leaves a field that has the focus as it was, with and without Enter, and submits no form", async () => {
  const { page } = await open("/inventory/movements/new");
  const reason = page.getByLabel("Motivo");
  await reason.fill("Compra");
  for (const hasEnter of [true, false]) {
    await reason.focus();
    await scan(page, mateCode, { hasEnter });
    await soon(() => page.getByLabel("Cantidad de Yerba mate").inputValue()).toBe(hasEnter ? "1" : "2");
  }
  expect(await reason.inputValue()).toBe("Compra");
  // In the middle of typing, into a search that lists what it finds.
  const search = page.getByRole("textbox", { name: "Añadir producto" });
  await search.focus();
  await page.keyboard.type("que", { delay: 150 });
  await scan(page, mateCode);
  await soon(() => page.getByLabel("Cantidad de Yerba mate").inputValue()).toBe("3");
  expect(await search.inputValue()).toBe("que");
  expect(await stockOf(office.api, mateId, locationId)).toMatchObject({ onHand: "8" });
});

test("what a person types goes where they type it, digit by digit", async () => {
  const { page } = await open("/inventory");
  const search = page.getByLabel("Buscar en las existencias");
  await search.focus();
  await page.keyboard.type(mateCode, { delay: 110 });
  await soon(() => search.inputValue()).toBe(mateCode);
  await soon(() => new URL(page.url()).searchParams.get("q")).toContain(mateCode);
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("a label of the scale adds its weight, scan after scan", async () => {
  const { page } = await open("/inventory/movements/new");
  await scan(page, "2012345003507");
  await soon(() => page.getByLabel("Cantidad de Queso").inputValue()).toBe("0.35");
  await scan(page, "2012345012509");
  await soon(() => page.getByLabel("Cantidad de Queso").inputValue()).toBe("1.6");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Registrado: 1 movimiento").waitFor();
  expect(await stockOf(office.api, cheeseId, locationId)).toMatchObject({ onHand: "6.6" });
});

test("scans that come faster than the server answers are all heard, once each and in order", async () => {
  const { page, context } = await open("/inventory/movements/new");
  await context.route("**/v1/scan?*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, route.request().url().includes(mateCode) ? 1_500 : 50));
    await route.continue();
  });
  for (const code of [mateCode, "2012345003507", mateCode, mateCode]) await scan(page, code);
  await soon(() => page.getByLabel("Cantidad de Yerba mate").inputValue()).toBe("3");
  const lines = page.getByRole("list", { name: "Líneas" }).getByRole("listitem");
  expect(await lines.count()).toBe(2);
  await page.getByRole("button", { name: "Lo escaneado: 4" }).waitFor();
});

test("an unknown code becomes a product, or the code of one that is there, and the scan goes on", async () => {
  const { page } = await open("/inventory/movements/new");
  await scan(page, "7791234567898");
  await page.getByRole("status").getByText("Código desconocido: 7791234567898").waitFor();
  await page.getByRole("button", { name: "¿Qué es?" }).click();
  const dialog = page.getByRole("dialog", { name: "Código desconocido" });
  await dialog.getByText("Argentina").waitFor();
  await dialog.getByLabel("Nombre").fill("Galletitas");
  await dialog.getByLabel("Precio").fill("1250,50");
  await page.keyboard.press("Enter");
  await soon(() => page.getByLabel("Cantidad de Galletitas").inputValue()).toBe("1");
  const created = await office.api.products.list({ query: "7791234567898" });
  expect(created.items[0]).toMatchObject({ name: "Galletitas", gtin: "7791234567898", price: "1250.50" });

  await scan(page, "CAJA-12");
  await page.getByRole("button", { name: "¿Qué es?" }).click();
  await dialog.getByText("Asociar a un producto").click();
  await dialog.getByRole("textbox", { name: "Producto que lleva este código" }).fill("yerba");
  await page.getByRole("option", { name: /Yerba mate/ }).click();
  await dialog.getByLabel("Cada lectura vale").fill("12");
  await dialog.getByRole("button", { name: "Asociar y seguir" }).click();
  await soon(() => page.getByLabel("Cantidad de Yerba mate").inputValue()).toBe("12");
});

test("a misread code is told from an unknown one", async () => {
  const { page } = await open("/inventory");
  await scan(page, "7790895000998");
  await page
    .getByRole("status")
    .getByText(/^Mal leído: 7790895000998/)
    .waitFor();
});

test("a code that could not be looked for is kept, and found when the server is back", async () => {
  const { page, context } = await open("/inventory/movements/new");
  await context.route("**/v1/scan?*", (route) => route.abort());
  await scan(page, mateCode);
  await page.getByRole("status").getByText(`No se pudo buscar ${mateCode}`).waitFor();
  await context.unroute("**/v1/scan?*");
  await page.getByRole("button", { name: "Reintentar" }).click();
  await soon(() => page.getByLabel("Cantidad de Yerba mate").inputValue()).toBe("1");
});

test("the camera reads codes where the browser can, each once however long it is looked at", async () => {
  const visit = await office.enter("/inventory/movements/new");
  const { page, context } = visit;
  // The browser that runs here has no detector: its place is taken by one that always sees the same code.
  await context.addInitScript((code) => {
    const detector = class {
      detect = async () => [{ rawValue: code }];
    };
    Reflect.set(globalThis, "BarcodeDetector", detector);
    const canvas = document.createElement("canvas");
    // A picture that never changes would send no frames.
    const paint = canvas.getContext("2d");
    setInterval(() => paint?.fillRect(Math.random() * 100, 0, 8, 8), 50);
    Reflect.set(MediaDevices.prototype, "getUserMedia", async () => canvas.captureStream(5));
  }, mateCode);
  await page.reload();
  await page.getByRole("button", { name: "Escanear con la cámara" }).click();
  const dialog = page.getByRole("dialog", { name: "Escanear con la cámara" });
  await dialog.getByText("Yerba mate · 1").waitFor();
  await dialog.getByRole("button").first().click();
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByLabel("Cantidad de Yerba mate").inputValue()).toBe("1");
});

test("card, list, question and settings are sound on a phone", async () => {
  const { page } = await open("/inventory", { width: 360, height: 740, colorScheme: "dark" });
  const findings: string[] = [];
  const look = async (where: string) => {
    await page.getByRole("dialog").waitFor();
    findings.push(...(await reviewPage(page, where)));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await scan(page, mateCode);
  await look("card");
  await scan(page, "7790000000003");
  await page.getByRole("button", { name: "¿Qué es?" }).click();
  await look("unknown code");
  await page.getByRole("button", { name: /^Lo escaneado/ }).click();
  await look("list");
  await page.getByRole("button", { name: "Ajustes del escáner" }).click();
  await look("settings");
  expect(findings).toEqual([]);
});
