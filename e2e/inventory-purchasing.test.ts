import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf, type Product } from "../sdk/index.ts";
import { addGoods, addLocation, addUser, ean13, keyed, onHand } from "./support/counted-goods.ts";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";
import { pagesOfPdf } from "./support/pdf-pages.ts";
import { scan } from "./support/scanner.ts";

/** As patient as everything else here. */
const soon = { timeout: patienceMs };
const teaGtin = ean13("779000002001");
const strangerGtin = ean13("779000002002");
let office: Office;
let locationId = "";
let tea: Product;
let rice: Product;
beforeAll(async () => {
  office = await openOffice();
  const { api } = office;
  locationId = await addLocation(api, "DEP", "Depósito");
  tea = await addGoods(api, { name: "Té en hebras", gtin: teaGtin, cost: "50", quantity: "1", locationId });
  rice = await addGoods(api, { name: "Arroz", cost: "20", quantity: "2", locationId });
  await addGoods(api, { name: "Escoba", gtin: strangerGtin });
  for (const { id } of [tea, rice]) {
    const body = { productId: id, locationId, reorderPoint: "3", maximum: "6" };
    await api.http.PUT("/v1/stock/limits", { body, ...keyed() });
  }
});
afterAll(() => office.close());

const ordersOf = async () => (await dataOf(office.api.http.GET("/v1/purchase-orders"))).items;

async function sentOrder(quantity: string): Promise<string> {
  const body = { supplierId: null, locationId, lines: [{ productId: tea.id, quantity, unitCost: "50" }] };
  const { id } = await dataOf(office.api.http.POST("/v1/purchase-orders", { body, ...keyed() }));
  await office.api.http.POST("/v1/purchase-orders/{id}/send", { params: { path: { id } }, ...keyed() });
  return id;
}

test("what runs low is ordered by one press, sent, and received by scanning, lot by lot", async () => {
  const { page, watch } = await office.enter("/inventory/orders");
  await page.getByRole("button", { name: "Hacer el pedido" }).dblclick();
  await page.getByRole("heading", { name: /^Pedido n\.º/ }).waitFor();
  expect(await ordersOf()).toHaveLength(1);
  await page.getByRole("textbox", { name: "Cantidad de Té en hebras" }).fill("4");
  await page.getByRole("button", { name: "Guardar el borrador" }).click();
  await page.getByRole("button", { name: "Marcar como enviado" }).click();
  await page.getByText("Enviado", { exact: true }).first().waitFor();
  expect(await page.getByRole("row", { name: /Té en hebras/ }).innerText()).toMatch(/4\s+0\s+4/);

  await page.getByRole("link", { name: "Recibir" }).click();
  const came = page.getByRole("textbox", { name: "Llegó de Té en hebras" });
  await came.waitFor();
  // GS1-128 of a carton: the GTIN, a lot and a date.
  await scan(page, `010${teaGtin}1727123110L-7`);
  await expect.poll(() => came.inputValue(), soon).toBe("1");
  expect(await page.getByRole("textbox", { name: "Lote de Té en hebras" }).inputValue()).toBe("L-7");
  expect(await page.getByLabel("Vencimiento de Té en hebras").inputValue()).toBe("2027-12-31");
  await scan(page, strangerGtin);
  await page.getByRole("alert").getByText("Escoba no está en este pedido").waitFor();
  await came.fill("5");
  await page.getByText("Solo faltan 4").waitFor();
  const book = page.getByRole("button", { name: "Registrar 1 línea" });
  expect(await book.isDisabled()).toBe(true);
  await came.fill("3");
  await page.reload();
  await expect.poll(() => came.inputValue(), soon).toBe("3");
  await book.dblclick();
  await page.getByText("Recibido en parte").first().waitFor();
  expect(await onHand(office.api, tea.id, locationId)).toBe("4");
  const [order] = await ordersOf();
  expect(order?.receipts).toHaveLength(1);
  await page.getByText("3 Té en hebras (lote L-7)").waitFor();

  await page.getByRole("link", { name: "Recibir" }).click();
  await page.getByRole("button", { name: "Llegó todo" }).click();
  await page.getByRole("button", { name: "Registrar 2 líneas" }).click();
  await page.getByText("Recibido", { exact: true }).first().waitFor();
  expect([await onHand(office.api, tea.id, locationId), await onHand(office.api, rice.id, locationId)]).toEqual([
    "5",
    "6",
  ]);
  await page.getByRole("link", { name: "Etiquetas de lo recibido" }).first().click();
  await expect.poll(() => page.getByLabel("Copias de Té en hebras").inputValue(), soon).toBe("3");
  expect(watch.complaints).toEqual([]);
});

test("two people who receive the same order receive it once, and the second is told why", async () => {
  const id = await sentOrder("5");
  const before = Number(await onHand(office.api, tea.id, locationId));
  const path = `/inventory/orders?order=${id}&doing=receive`;
  const first = await office.enter(path);
  const second = await office.enter(path, { user: await addUser(office.api, "warehouse") });
  // The second sees nothing of what happens meanwhile.
  await second.context.route("**/v1/events**", (route) => route.abort());
  await second.page.reload();
  for (const { page } of [first, second]) await page.getByRole("button", { name: "Llegó todo" }).click();
  await first.page.getByRole("button", { name: "Registrar 1 línea" }).click();
  await first.page.getByText("Recibido", { exact: true }).first().waitFor();
  await second.page.getByRole("button", { name: "Registrar 1 línea" }).click();
  await second.page
    .getByText(/Llegó más de lo que falta|El pedido está completo|Recibido/)
    .first()
    .waitFor();
  expect(await onHand(office.api, tea.id, locationId)).toBe(String(before + 5));
});

test("of two who receive at once, the one who comes late is refused by the line, with what is missing", async () => {
  const id = await sentOrder("5");
  const { page, context } = await office.enter(`/inventory/orders?order=${id}&doing=receive`);
  await context.route("**/v1/events**", (route) => route.abort());
  await page.reload();
  await page.getByRole("textbox", { name: "Llegó de Té en hebras" }).fill("4");
  const body = { lines: [{ productId: tea.id, quantity: "2" }] };
  await office.api.http.POST("/v1/purchase-orders/{id}/receipts", { params: { path: { id } }, body, ...keyed() });
  await page.getByRole("button", { name: "Registrar 1 línea" }).click();
  await page.getByRole("alert").getByText("Llegó más de lo que falta").waitFor();
  await page.getByText("Solo faltan 3").waitFor();
  await page.getByRole("textbox", { name: "Llegó de Té en hebras" }).fill("3");
  await page.getByRole("button", { name: "Registrar 1 línea" }).click();
  await page.getByText("Recibido", { exact: true }).first().waitFor();
});

test("an order is cancelled, and printed on A4 by itself", async () => {
  const id = await sentOrder("2");
  const { page } = await office.enter(`/inventory/orders?order=${id}`);
  await page.getByRole("link", { name: "Recibir" }).waitFor();
  const pages = pagesOfPdf(await page.pdf({ preferCSSPageSize: true }));
  expect(pages).toHaveLength(1);
  expect(pages[0]?.widthMm).toBeCloseTo(210, 0);
  expect(pages[0]?.heightMm).toBeCloseTo(297, 0);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("article").isVisible()).toBe(true);
  expect(await page.getByRole("navigation", { name: "Secciones" }).isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  const cancel = page.getByRole("main").getByRole("button", { name: "Cancelar el pedido" });
  await cancel.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^¿Cancelar el pedido n\.º \d+\?$/ });
  await dialog.getByRole("button", { name: "Conservarlo" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await cancel.and(page.locator(":focus")).waitFor();
  expect((await ordersOf()).find((order) => order.id === id)?.status).toBe("sent");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Conservarlo" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Cancelado", { exact: true }).first().waitFor();
  await page.getByRole("link", { name: "Volver a los pedidos" }).and(page.locator(":focus")).waitFor();
  expect((await ordersOf()).find((order) => order.id === id)?.status).toBe("cancelled");
});

test("orders are sound on a phone, in the dark, and nothing for sales", async () => {
  const id = await sentOrder("3");
  const { page } = await office.enter("/inventory/orders", { width: 360, height: 740, colorScheme: "dark" });
  await page.getByRole("row").nth(1).waitFor();
  const findings = [...(await reviewPage(page, "orders"))];
  for (const path of [`?order=${id}`, `?order=${id}&doing=receive`, "?order=new"]) {
    await page.goto(`/inventory/orders${path}`);
    await page.getByRole("link", { name: /^Volver a/ }).waitFor();
    findings.push(...(await reviewPage(page, path)));
  }
  expect(findings).toEqual([]);
  const { page: theirs } = await office.enter("/inventory/orders", { user: await addUser(office.api, "sales") });
  await theirs.getByRole("alert").getByText("Su rol no permite hacer esto").waitFor();
});
