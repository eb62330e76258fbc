import { afterAll, beforeAll, expect, test } from "vitest";
import type { Product } from "../sdk/index.ts";
import { addGoods, addLocation, addUser, ean13, keyed, move, onHand } from "./support/counted-goods.ts";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";
import { scan } from "./support/scanner.ts";

/** As patient as everything else here. */
const soon = { timeout: patienceMs };
const teaGtin = ean13("779000001001");
let office: Office;
let locationId = "";
let tea: Product;
let rice: Product;
let salt: Product;
beforeAll(async () => {
  office = await openOffice();
  locationId = await addLocation(office.api, "DEP", "Depósito");
  const there = { quantity: "10", locationId, cost: "50" };
  tea = await addGoods(office.api, { ...there, name: "Té en hebras", gtin: teaGtin });
  rice = await addGoods(office.api, { ...there, name: "Arroz" });
  salt = await addGoods(office.api, { ...there, name: "Sal" });
});
afterAll(() => office.close());

const begin = async (page: Awaited<ReturnType<Office["enter"]>>["page"]) => {
  await page.getByRole("button", { name: /^Contar/ }).waitFor();
  await page.keyboard.press("n");
  await page.getByRole("dialog").getByLabel("Ubicación").waitFor();
  await page.getByRole("button", { name: "Empezar", exact: true }).click();
  await page.getByText(/^\d+ de \d+ contados$/).waitFor();
};
const field = (page: Awaited<ReturnType<Office["enter"]>>["page"], product: Product) =>
  page.getByRole("textbox", { name: `Contado de ${product.name}`, exact: true });

/** How many counted lines this browser has kept, of all counts. */
const keptCounted = (page: Awaited<ReturnType<Office["enter"]>>["page"]) =>
  page.evaluate(async () => {
    const opened = indexedDB.open("bodega-counts");
    await new Promise((resolve) => opened.addEventListener("success", resolve));
    const reading = opened.result.transaction("lines").objectStore("lines").getAll();
    await new Promise((resolve) => reading.addEventListener("success", resolve));
    opened.result.close();
    const kept: readonly { readonly line: { readonly counted: string | null } }[] = reading.result;
    return kept.filter(({ line }) => line.counted !== null).length;
  });

test("a count is typed and scanned, outlives a reload and the loss of the network, and is booked once", async () => {
  const { page, context, watch } = await office.enter("/inventory/counts");
  await begin(page);
  // By keys alone: digits, and Enter to the next line.
  await field(page, rice).focus();
  await page.keyboard.type("8", { delay: 90 });
  await page.keyboard.press("Enter");
  await expect.poll(() => field(page, salt).evaluate((node) => node === document.activeElement), soon).toBe(true);
  await page.keyboard.type("10,5", { delay: 90 });
  await scan(page, teaGtin);
  await expect.poll(() => field(page, tea).inputValue(), soon).toBe("1");
  expect(await field(page, salt).inputValue()).toBe("10,5");

  await page.reload();
  await page.getByText("3 de 3 contados").waitFor();
  expect(await field(page, rice).inputValue()).toBe("8");

  await context.setOffline(true);
  await scan(page, teaGtin);
  await expect.poll(() => field(page, tea).inputValue(), soon).toBe("2");
  await context.setOffline(false);
  await page.reload();
  await page.getByText("3 de 3 contados").waitFor();
  expect(await field(page, tea).inputValue()).toBe("2");

  await page.getByRole("button", { name: "Registrar 3 líneas" }).dblclick();
  await page.getByText("Resultado del conteo en DEP").waitFor();
  // −2 × 50 + 0.5 × 50 − 8 × 50
  await page.getByText("-475,00", { exact: true }).first().waitFor();
  expect(await page.getByRole("row", { name: /Té en hebras/ }).innerText()).toMatch(/-8/);
  expect([
    await onHand(office.api, rice.id, locationId),
    await onHand(office.api, salt.id, locationId),
    await onHand(office.api, tea.id, locationId),
  ]).toEqual(["8", "10.5", "2"]);
  const { data } = await office.api.http.GET("/v1/stock/counts");
  expect(data?.items).toHaveLength(1);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const file = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  expect(text.startsWith("\uFEFFsku;name;expected;counted;variance;unit_cost;worth\r\n")).toBe(true);
  expect(text).toContain(";Sal;10;10,5;0,5;");
  expect(watch.complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([]);
});

test("what moved while it was counted is refused, told, and alone to be counted again", async () => {
  const { page } = await office.enter("/inventory/counts");
  const before = await onHand(office.api, tea.id, locationId);
  const riceBefore = await onHand(office.api, rice.id, locationId);
  await begin(page);
  await field(page, tea).fill("5");
  await field(page, rice).fill("7");
  await move(office.api, "exit", tea.id, locationId, "1");
  await page.getByRole("button", { name: "Registrar 2 líneas" }).click();
  await page.getByRole("alert").getByText("1 producto se movió mientras se contaba").waitFor();
  await page.getByText(`Había ${before}, ahora ${Number(before) - 1}. Usted contó 5: recuente.`).waitFor();
  await page.getByText(/^-1 · salida/).waitFor();
  expect(await onHand(office.api, rice.id, locationId)).toBe(riceBefore);
  expect(await field(page, rice).inputValue()).toBe("7");
  expect(await field(page, tea).inputValue()).toBe("");

  await page.getByRole("button", { name: "Ver los marcados" }).click();
  await expect.poll(() => page.getByRole("textbox", { name: /^Contado de/ }).count(), soon).toBe(1);
  await field(page, tea).fill("4");
  await page.getByRole("button", { name: "Registrar 2 líneas" }).click();
  await page.getByText("Resultado del conteo en DEP").waitFor();
  expect([await onHand(office.api, rice.id, locationId), await onHand(office.api, tea.id, locationId)]).toEqual([
    "7",
    "4",
  ]);
});

test("nothing is counted below what is reserved, and the line says so", async () => {
  const before = await onHand(office.api, salt.id, locationId);
  const lines = [{ productId: salt.id, locationId, quantity: "4" }];
  await office.api.http.POST("/v1/reservations", { body: { lines }, ...keyed() });
  const { page } = await office.enter("/inventory/counts");
  await begin(page);
  await field(page, salt).fill("3");
  await page.getByRole("button", { name: "Registrar 1 línea" }).click();
  await page.getByText("Menos que lo reservado").waitFor();
  expect(await onHand(office.api, salt.id, locationId)).toBe(before);
});

test("what was not counted is put to zero by one press, which says what that is worth, and can be undone", async () => {
  const place = await addLocation(office.api, "KIOSCO", "Kiosco");
  const there = { quantity: "10", locationId: place, cost: "50" };
  const gum = await addGoods(office.api, { ...there, name: "Chicles" });
  const candy = await addGoods(office.api, { ...there, name: "Caramelos" });
  const nuts = await addGoods(office.api, { ...there, name: "Maní", quantity: "2.5", unit: "kg", cost: "8" });
  const { page, watch } = await office.enter("/inventory/counts");
  await page.getByRole("button", { name: /^Contar/ }).click();
  await page.getByRole("dialog").getByLabel("Ubicación").selectOption(place);
  await page.getByRole("button", { name: "Empezar", exact: true }).click();
  await field(page, gum).fill("7");
  await page.getByText("1 de 3 contados").waitFor();

  const zero = page.getByRole("button", { name: "Lo no contado es cero" });
  await zero.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "¿Poner en cero lo que no se contó?" });
  await dialog.getByText("2 líneas sin contar pasan a cero.").waitFor();
  await dialog.getByText(/Según el sistema hay 10 unidades y 2,5 kg, que al costo valen \$\s520,00\./).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await zero.and(page.locator(":focus")).waitFor();
  expect(await field(page, candy).inputValue()).toBe("");

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Seguir contando" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("3 de 3 contados").waitFor();
  await expect.poll(() => page.getByText("puesto en cero", { exact: true }).count(), soon).toBe(2);
  expect([await field(page, gum).inputValue(), await field(page, nuts).inputValue()]).toEqual(["7", "0"]);
  // It outlives a reload, and what is counted after all is a counted line.
  await page.reload();
  await field(page, nuts).fill("2");
  const undo = page.getByRole("button", { name: "Deshacer: 1 puesta en cero" });
  await undo.focus();
  await page.keyboard.press("Enter");
  await page.getByText("2 de 3 contados").waitFor();
  await zero.and(page.locator(":focus")).waitFor();
  expect([await field(page, candy).inputValue(), await field(page, nuts).inputValue()]).toEqual(["", "2"]);

  await zero.click();
  await dialog.getByRole("button", { name: "Poner 1 línea en cero" }).click();
  await undo.and(page.locator(":focus")).waitFor();
  await page.getByRole("button", { name: "Registrar 3 líneas" }).click();
  await page.getByText("Resultado del conteo en KIOSCO").waitFor();
  const left = [gum, candy, nuts].map(({ id }) => onHand(office.api, id, place));
  expect(await Promise.all(left)).toEqual(["7", "0", "2"]);
  expect(watch.complaints).toEqual([]);
});

test("a count is discarded after asking, by keys; nothing is lost by Esc", async () => {
  const { page } = await office.enter("/inventory/counts");
  await begin(page);
  await page.getByRole("link", { name: "Seguir más tarde" }).click();
  const discard = page.getByRole("button", { name: /^Descartar el conteo de / });
  await discard.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "¿Descartar este conteo?" });
  await dialog.getByRole("button", { name: "Conservarlo" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await discard.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Conservarlo" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  expect(await discard.count()).toBe(0);
  await page
    .getByRole("button", { name: /^Contar/ })
    .and(page.locator(":focus"))
    .waitFor();
});

test(
  "five thousand lines are one list, of which only those near the window exist",
  async () => {
    const place = await addLocation(office.api, "GRANDE", "Grande");
    const skus = Array.from({ length: 5_000 }, (_, index) => `big-${String(index).padStart(4, "0")}`);
    const post = (path: string, csv: string) =>
      office.shop.request("POST", path, csv, { "content-type": "text/csv", "idempotency-key": crypto.randomUUID() });
    const products = skus.map((sku) => `${sku},Producto ${sku},1,ARS`).join("\n");
    expect((await post("/v1/products/import", `sku,name,price,currency\n${products}\n`)).status).toBeLessThan(300);
    const stock = skus.map((sku) => `${sku},GRANDE,5`).join("\n");
    expect((await post("/v1/stock/import", `sku,location,quantity\n${stock}\n`)).status).toBe(201);

    const { page } = await office.enter("/inventory/counts", { width: 360, height: 740 });
    await page.getByRole("button", { name: /^Contar/ }).click();
    await page.getByRole("dialog").getByLabel("Ubicación").selectOption(place);
    await page.getByRole("button", { name: "Empezar", exact: true }).click();
    await page.getByText("0 de 5.000 contados").waitFor();
    expect(await page.getByRole("textbox", { name: /^Contado de/ }).count()).toBeLessThan(60);
    await scan(page, "big-4999");
    const last = page.getByRole("textbox", { name: "Contado de Producto big-4999", exact: true });
    await expect.poll(() => last.inputValue(), soon).toBe("1");
    expect(await page.getByRole("textbox", { name: /^Contado de/ }).count()).toBeLessThan(60);
    await page.reload();
    await page.getByText("1 de 5.000 contados").waitFor();
    await page.getByRole("button", { name: "Lo no contado es cero" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("4.999 líneas sin contar pasan a cero.").waitFor();
    await dialog.getByText("Según el sistema hay 24.995 unidades.").waitFor();
    await dialog.getByRole("button", { name: "Poner 4.999 líneas en cero" }).click();
    await page.getByText("5.000 de 5.000 contados").waitFor();
    expect(await page.getByRole("textbox", { name: /^Contado de/ }).count()).toBeLessThan(60);
    await expect.poll(() => keptCounted(page), soon).toBe(5_000);
    await page.reload();
    await page.getByText("5.000 de 5.000 contados").waitFor();
    await page.getByRole("button", { name: "Deshacer: 4.999 puestas en cero" }).click();
    await page.getByText("1 de 5.000 contados").waitFor();
  },
  10 * patienceMs,
);

test("counting is sound on a phone, in the dark, and nothing for sales", async () => {
  const { page } = await office.enter("/inventory/counts", { width: 360, height: 740, colorScheme: "dark" });
  const findings = [...(await reviewPage(page, "counts"))];
  await page.getByRole("button", { name: /^Contar/ }).click();
  await page.getByRole("dialog").getByLabel("Ubicación").waitFor();
  findings.push(...(await reviewPage(page, "start")));
  await page.getByRole("dialog").getByLabel("Ubicación").selectOption(locationId);
  await page.getByRole("button", { name: "Empezar", exact: true }).click();
  await page
    .getByText(/contados$/)
    .first()
    .waitFor();
  await field(page, tea).fill("3");
  findings.push(...(await reviewPage(page, "count")));
  expect(findings).toEqual([]);

  const user = await addUser(office.api, "sales");
  const { page: theirs } = await office.enter("/inventory", { user });
  await theirs.getByRole("link", { name: "Reservas", exact: true }).waitFor();
  expect(await theirs.getByRole("link", { name: "Conteos" }).count()).toBe(0);
  await theirs.goto("/inventory/counts");
  await theirs.getByRole("alert").getByText("Su rol no permite hacer esto").waitFor();
});
