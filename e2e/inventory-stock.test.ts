import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf } from "../sdk/index.ts";
import { addLine, type InventoryDesk, newUser, openInventoryDesk } from "./support/inventory-desk.ts";
import { type Office, patienceMs } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";
import { addGoods, stockOf } from "./support/stock-room.ts";

/** What a machine that does other work meanwhile takes its time for. */
const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: patienceMs });

let desk: InventoryDesk;
let office: Office;
let counter = "";
let storeroom = "";
beforeAll(async () => {
  desk = await openInventoryDesk();
  ({ office, counter, storeroom } = desk);
});
afterAll(() => office.close());

test("the stock is narrowed by its address, its reorder points are set in place, and rows lead to ledgers, by keys", async () => {
  const product = await addGoods(office.api, {
    name: "Arroz largo fino",
    stock: { [counter]: "4", [storeroom]: "30" },
  });
  const { page } = await desk.open("/inventory");
  await page.getByLabel("Buscar en las existencias").focus();
  await page.keyboard.type("arroz largo", { delay: 90 });
  await soon(() => page.getByRole("row", { name: /Arroz largo fino/ }).count()).toBe(2);
  await soon(() => new URL(page.url()).searchParams.get("q")).toBe("arroz largo");

  const point = page.getByRole("button", { name: /^Punto de pedido de Arroz largo fino/ }).first();
  await point.focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Punto de pedido de Arroz largo fino", { exact: true }).waitFor();
  await page.keyboard.type("40", { delay: 90 });
  await page.keyboard.press("Enter");
  await page
    .getByRole("row", { name: /Arroz largo fino/ })
    .getByText("Bajo")
    .first()
    .waitFor();
  await point.and(page.locator(":focus")).waitFor();

  await page.goto("/inventory?view=low");
  await page
    .getByRole("row", { name: /Arroz largo fino/ })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: "Arroz largo fino" }).waitFor();
  expect(page.url()).toContain(product.id);
});

test("a maximum is set beside the reorder point, and both are kept when one follows the other at once", async () => {
  const product = await addGoods(office.api, { name: "Harina leudante", stock: { [counter]: "4" } });
  const { page, context } = await desk.open("/inventory?q=harina leudante");
  const limits = async () => {
    const query = { productId: product.id, locationId: counter };
    const { items } = await dataOf(office.api.http.GET("/v1/stock", { params: { query } }));
    return [items[0]?.reorderPoint, items[0]?.maximum];
  };
  const set = async (name: string, value: string) => {
    await page.getByRole("button", { name: `${name} de Harina leudante: ` }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel(`${name} de Harina leudante`, { exact: true }).and(page.locator(":focus")).waitFor();
    await page.keyboard.type(value, { delay: 90 });
    await page.keyboard.press("Enter");
  };
  // The first answer comes only after the second was written.
  let isFirst = true;
  await context.route("**/v1/stock/limits", async (route) => {
    if (isFirst) await new Promise((resolve) => setTimeout(resolve, 1_500));
    isFirst = false;
    await route.continue();
  });
  await set("Punto de pedido", "3");
  await set("Máximo", "12,5");
  await soon(limits).toEqual(["3", "12.5"]);
  await page.getByRole("button", { name: "Máximo de Harina leudante: 12,5. Cambiar" }).waitFor();

  await set("Punto de pedido", "20");
  await page.getByText("El máximo no puede ser 0 ni menor que el punto de pedido.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Punto de pedido de Harina leudante: 3. Cambiar" }).waitFor();
  expect(await limits()).toEqual(["3", "12.5"]);
  await set("Máximo", "0");
  await page.getByText("El máximo no puede ser 0 ni menor que el punto de pedido.").waitFor();
});

test("headers sort by what the server sorts by, say so, and the address keeps it", async () => {
  for (const [name, quantity] of [
    ["Vela chica", "5"],
    ["Vela grande", "2"],
    ["Vela mediana", "9"],
  ] as const) {
    await addGoods(office.api, { name, stock: { [counter]: quantity } });
  }
  const { page } = await desk.open("/inventory?q=vela");
  const order = async () => {
    const names = await page.getByRole("rowheader").allInnerTexts();
    return names.map((text) => /Vela (\w+)/.exec(text)?.[1]);
  };
  await soon(order).toEqual(["chica", "grande", "mediana"]);
  const header = (name: string) => page.getByRole("columnheader", { name });
  expect(await header("Producto").getAttribute("aria-sort")).toBe("ascending");
  expect(await header("Reservado").getAttribute("aria-sort")).toBeNull();
  await header("Libre").getByRole("button").focus();
  await page.keyboard.press("Enter");
  await soon(order).toEqual(["grande", "chica", "mediana"]);
  expect(await header("Libre").getAttribute("aria-sort")).toBe("ascending");
  expect(await header("Producto").getAttribute("aria-sort")).toBe("none");
  await page.keyboard.press("Enter");
  await soon(order).toEqual(["mediana", "chica", "grande"]);
  await soon(() => header("Libre").getAttribute("aria-sort")).toBe("descending");
  expect(new URL(page.url()).searchParams.get("sort")).toBe("-available");
  await page.reload();
  await soon(order).toEqual(["mediana", "chica", "grande"]);
  await header("Producto").getByRole("button").click();
  await soon(order).toEqual(["chica", "grande", "mediana"]);
  expect(new URL(page.url()).searchParams.get("sort")).toBeNull();
});

test("rows are selected by Space, by Shift and all at once, and their labels are one press away", async () => {
  for (const name of ["Jabón azul", "Jabón blanco", "Jabón negro", "Jabón rosa"]) {
    await addGoods(office.api, { name, stock: { [counter]: "5" } });
  }
  const { page } = await desk.open("/inventory?q=jabón");
  const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
  await row("Jabón azul").focus();
  await page.keyboard.press("Space");
  await page.getByText("1 fila seleccionada").waitFor();
  await page.getByRole("checkbox", { name: /Jabón negro/ }).click({ modifiers: ["Shift"] });
  await page.getByText("3 filas seleccionadas").waitFor();
  const all = page.getByRole("checkbox", { name: "Seleccionar todas las filas a la vista" });
  await all.click();
  await page.getByText("4 filas seleccionadas").waitFor();
  await page.getByRole("button", { name: "Quitar la selección" }).click();
  await row("Jabón blanco").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.getByRole("link", { name: "Etiquetas", exact: true }).last().click();
  await page.getByRole("button", { name: "Imprimir 2 etiquetas" }).waitFor();
  for (const name of ["Jabón blanco", "Jabón negro"]) {
    expect(await page.getByLabel(`Copias de ${name}`).inputValue()).toBe("1");
  }
});

test("what happens elsewhere shows by itself", async () => {
  const product = await addGoods(office.api, { name: "Fideos", stock: { [counter]: "10" } });
  const { page } = await desk.open("/inventory?q=fideos");
  const row = page.getByRole("row", { name: /Fideos/ });
  await row.waitFor();
  await office.api.http.POST("/v1/stock/movements", {
    headers: { "idempotency-key": crypto.randomUUID() },
    body: { type: "exit", lines: [{ productId: product.id, locationId: counter, quantity: "3" }] },
  });
  await row.getByText("7", { exact: true }).first().waitFor();
});

test("an entry by keys alone, its line in the ledger with the balance after it, and its undoing", async () => {
  const product = await addGoods(office.api, { name: "Lentejas", stock: { [counter]: "2" } });
  const { page } = await desk.open("/inventory");
  await page.keyboard.press("n");
  await page.getByRole("form", { name: "Nuevo movimiento" }).waitFor();
  await addLine(page, "Lentejas", "5");
  // Enter in a line goes on to the next product, and sends nothing.
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Añadir producto" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText("Registrado: 1 movimiento").waitFor();
  expect(await stockOf(office.api, product.id, counter)).toMatchObject({ onHand: "7" });

  await page.goto(`/inventory/products/${product.id}`);
  const entry = page.getByRole("row", { name: /Entrada/ }).first();
  await entry.getByText("+5").waitFor();
  await entry.getByText("7", { exact: true }).waitFor();
  await entry.getByRole("button", { name: /^Deshacer/ }).focus();
  await page.keyboard.press("Enter");
  await page
    .getByRole("dialog")
    .getByLabel(/Motivo/)
    .and(page.locator(":focus"))
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Deshecho", { exact: true }).waitFor();
  await page.getByText("Deshace otro").waitFor();
  expect(await stockOf(office.api, product.id, counter)).toMatchObject({ onHand: "2" });
});

test("a form keeps what was written over a reload, and says which line has too little", async () => {
  const product = await addGoods(office.api, { name: "Garbanzos", stock: { [counter]: "3" } });
  const { page } = await desk.open("/inventory/movements/new?type=exit");
  await addLine(page, "Garbanzos", "9");
  await page.reload();
  await soon(() => page.getByLabel("Cantidad de Garbanzos").inputValue()).toBe("9");
  await page.getByRole("button", { name: "Registrar 1 salida" }).click();
  await page.getByText("Hay 3 libre.").waitFor();
  expect(await stockOf(office.api, product.id, counter)).toMatchObject({ onHand: "3" });
  await page.getByLabel("Cantidad de Garbanzos").fill("3");
  await page.getByRole("button", { name: "Registrar 1 salida" }).click();
  await page.getByText("Registrado: 1 movimiento").waitFor();
  expect(await stockOf(office.api, product.id, counter)).toMatchObject({ onHand: "0" });
});

test("a transfer moves and loses nothing", async () => {
  const product = await addGoods(office.api, { name: "Aceite", stock: { [counter]: "6" } });
  const { page } = await desk.open(`/inventory/transfer?product=${product.id}&quantity=4`);
  await soon(() => page.getByLabel("Cantidad de Aceite").inputValue()).toBe("4");
  await page.getByLabel("Hacia").selectOption(storeroom);
  await page.keyboard.press("Control+Enter");
  await page.getByText("Registrado: 2 movimientos").waitFor();
  expect(await stockOf(office.api, product.id, counter)).toMatchObject({ onHand: "2" });
  expect(await stockOf(office.api, product.id, storeroom)).toMatchObject({ onHand: "4" });
});

test("sales reserve and do not move; a seller sees their own goods alone", async () => {
  const supplierId = crypto.randomUUID();
  const stock = { [counter]: "5" };
  await addGoods(office.api, { name: "Miel ajena", stock });
  const own = await addGoods(office.api, { name: "Miel propia", stock, supplierId });
  const sales = await desk.open("/inventory?q=miel", { user: await newUser(office.api, "sales") });
  await sales.page.getByRole("row", { name: /Miel ajena/ }).waitFor();
  expect(await sales.page.getByRole("button", { name: /^Punto de pedido/ }).count()).toBe(0);
  expect(await sales.page.getByRole("link", { name: "Nuevo movimiento" }).count()).toBe(0);
  const tabs = sales.page.getByRole("navigation", { name: "Partes de Existencias" });
  expect(await tabs.getByRole("link", { name: "Conteos" }).count()).toBe(0);
  await sales.page.goto(`/inventory/reservations/new?product=${own.id}`);
  await sales.page.getByRole("button", { name: "Reservar 1 producto" }).click();
  await sales.page.getByText(/^Quedan/).waitFor();
  await sales.page.goto("/inventory/movements");
  await sales.page.getByRole("row", { name: /Miel/ }).first().waitFor();
  expect(await sales.page.getByRole("button", { name: /^Deshacer/ }).count()).toBe(0);

  const seller = await desk.open("/inventory", { user: await newUser(office.api, "supplier", supplierId) });
  await seller.page.getByRole("row", { name: /Miel propia/ }).waitFor();
  expect(await seller.page.getByRole("row", { name: /Miel ajena/ }).count()).toBe(0);
  const sellersTabs = seller.page.getByRole("navigation", { name: "Partes de Existencias" });
  expect(await sellersTabs.getByRole("link", { name: "Reservas" }).count()).toBe(0);
});

test("places are added and taken out of use; one that holds goods is not, and it is said why", async () => {
  const { page } = await desk.open("/inventory/locations");
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nombre").fill("Camión");
  await dialog.getByLabel("Código").fill("CAMION");
  await page.keyboard.press("Enter");
  await page.getByRole("row", { name: /Camión/ }).waitFor();
  await page.getByRole("row", { name: /Mostrador/ }).click();
  await dialog.getByRole("switch", { name: "En uso" }).press("Space");
  await dialog.getByRole("button", { name: "Guardar" }).click();
  await dialog.getByText("Todavía tiene existencias").waitFor();
});

test("a list of hundreds is walked to its end with only the rows in sight on the page", async () => {
  const count = 450;
  const names = Array.from({ length: count }, (_, index) => `Tornillo ${String(index).padStart(3, "0")}`);
  const csv = ["sku,name,price", ...names.map((name, index) => `tornillo-${index},${name},1`)].join("\n");
  const address = new URL("/v1/products/import", office.shop.url);
  const request = new Request(address, { method: "POST", body: csv, headers: { "content-type": "text/csv" } });
  const answer = await office.api.transport.send(request, { timeoutMs: patienceMs });
  expect(await answer.json()).toMatchObject({ created: count, refused: 0 });
  const lines = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await office.api.products.list({ query: "tornillo", limit: 200, ...(cursor && { cursor }) });
    lines.push(...page.items.map(({ id: productId }) => ({ productId, locationId: storeroom, quantity: "7" })));
    cursor = page.nextCursor;
  }
  await dataOf(
    office.api.http.POST("/v1/stock/movements", {
      headers: { "idempotency-key": crypto.randomUUID() },
      body: { type: "entry", lines },
    }),
  );
  const { page } = await desk.open("/inventory?q=tornillo");
  await page.getByRole("row", { name: /Tornillo 000/ }).focus();
  const last = page.getByRole("row", { name: /Tornillo 449/ });
  await soon(async () => {
    await page.keyboard.press("End");
    return last.and(page.locator(":focus")).count();
  }).toBe(1);
  await page.getByText("450 filas: todo está a la vista").waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(80);
});

test("each screen is sound on a phone", async () => {
  const product = await addGoods(office.api, {
    name: "Aceitunas verdes descarozadas en salmuera de la cooperativa",
    stock: { [counter]: "5" },
  });
  const { page, quiet } = await desk.open("/inventory", { width: 360, height: 740 });
  const findings: string[] = [];
  for (const path of [
    "/inventory",
    "/inventory?view=expiring",
    "/inventory/movements",
    `/inventory/movements/new?product=${product.id}`,
    `/inventory/transfer?product=${product.id}`,
    "/inventory/reservations?state=all",
    `/inventory/reservations/new?product=${product.id}`,
    "/inventory/locations",
    `/inventory/products/${product.id}`,
  ]) {
    await page.goto(path);
    await page.getByRole("region", { name: "Escáner" }).waitFor();
    await quiet();
    findings.push(...(await reviewPage(page, path)));
  }
  expect(findings).toEqual([]);
});
