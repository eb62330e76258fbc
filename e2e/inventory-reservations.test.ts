import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf } from "../sdk/index.ts";
import { addLine, type InventoryDesk, openInventoryDesk } from "./support/inventory-desk.ts";
import { type Office, patienceMs } from "./support/office.ts";
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

const activeReservations = async (reference: string) =>
  (await dataOf(office.api.http.GET("/v1/reservations", { params: { query: { reference, state: "active" } } }))).items;

test("two tabs want the last unit: one has it, the other is told what is left, per line", async () => {
  const product = await addGoods(office.api, { name: "La última lata", stock: { [counter]: "1" } });
  const path = `/inventory/reservations/new?product=${product.id}`;
  const tabs = await Promise.all([desk.open(path), desk.open(path)]);
  for (const { page } of tabs) await page.getByLabel("Cantidad de La última lata").waitFor();
  await Promise.all(tabs.map(({ page }) => page.getByRole("button", { name: "Reservar 1 producto" }).click()));
  const outcomes = await Promise.all(
    tabs.map(({ page }) =>
      Promise.race([
        page
          .getByRole("heading", { name: "Reservado", exact: true })
          .waitFor()
          .then(() => "reserved"),
        page
          .getByText("Hay 0 libre.")
          .waitFor()
          .then(() => "short"),
      ]),
    ),
  );
  expect(outcomes.toSorted()).toEqual(["reserved", "short"]);
  expect(await stockOf(office.api, product.id, counter)).toEqual({ onHand: "1", reserved: "1" });
});

test("one reservation takes each line from where it lies, also one product from two places", async () => {
  const sugar = await addGoods(office.api, { name: "Azúcar impalpable", stock: { [counter]: "4", [storeroom]: "9" } });
  const cocoa = await addGoods(office.api, { name: "Cacao amargo", stock: { [storeroom]: "2" } });
  const { page } = await desk.open(`/inventory/reservations/new?product=${cocoa.id}`);
  const placeOf = (name: string) => page.getByLabel(`De dónde sale ${name}`);
  // There is none where one works.
  await soon(() => placeOf("Cacao amargo").inputValue()).toBe(storeroom);
  await placeOf("Cacao amargo").getByText("Trastienda · libre: 2").waitFor({ state: "attached" });
  await addLine(page, "Azúcar impalpable", "3");
  await soon(() => placeOf("Azúcar impalpable").inputValue()).toBe(counter);
  // More than there is here, and not more than there.
  await page.getByLabel("Cantidad de Azúcar impalpable").fill("8");
  await soon(() => placeOf("Azúcar impalpable").inputValue()).toBe(storeroom);
  await page.getByLabel("Cantidad de Azúcar impalpable").fill("12");
  await page.getByRole("button", { name: "Tomar 3 de Mostrador" }).focus();
  await page.keyboard.press("Enter");
  await soon(() => page.getByLabel("Cantidad de Azúcar impalpable").count()).toBe(2);
  expect(await page.getByLabel("Cantidad de Azúcar impalpable").first().inputValue()).toBe("9");
  expect(await placeOf("Azúcar impalpable").last().inputValue()).toBe(counter);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: "Reservado", exact: true }).waitFor();
  expect(await stockOf(office.api, sugar.id, storeroom)).toEqual({ onHand: "9", reserved: "9" });
  expect(await stockOf(office.api, sugar.id, counter)).toEqual({ onHand: "4", reserved: "3" });
  expect(await stockOf(office.api, cocoa.id, storeroom)).toEqual({ onHand: "2", reserved: "1" });
});

test("a place that was chosen stays chosen, and a refusal is told on its line", async () => {
  const product = await addGoods(office.api, { name: "Sémola", stock: { [counter]: "5", [storeroom]: "1" } });
  const { page, context } = await desk.open(`/inventory/reservations/new?product=${product.id}`);
  // The stock that this page knows of is the one that it began with.
  await context.route("**/v1/events**", (route) => route.abort());
  await page.reload();
  await page.getByLabel("De dónde sale Sémola").selectOption(storeroom);
  await page.reload();
  await soon(() => page.getByLabel("De dónde sale Sémola").inputValue()).toBe(storeroom);
  const lines = [{ productId: product.id, locationId: storeroom, quantity: "1" }];
  const headers = { "idempotency-key": crypto.randomUUID() };
  await dataOf(office.api.http.POST("/v1/reservations", { headers, body: { lines } }));
  await page.getByRole("button", { name: "Reservar 1 producto" }).click();
  await page.getByText("Hay 0 libre.").waitFor();
  expect(await page.getByLabel("De dónde sale Sémola").inputValue()).toBe(storeroom);
  await page.getByLabel("De dónde sale Sémola").selectOption(counter);
  await page.getByRole("button", { name: "Reservar 1 producto" }).click();
  await page.getByRole("heading", { name: "Reservado", exact: true }).waitFor();
  expect(await stockOf(office.api, product.id, counter)).toEqual({ onHand: "5", reserved: "1" });
});

test("a double click reserves once, and says that it is under way until the answer is there", async () => {
  const product = await addGoods(office.api, { name: "Dulce de leche", stock: { [counter]: "9" } });
  const { page, context } = await desk.open(`/inventory/reservations/new?product=${product.id}`);
  await page.getByLabel("Para quién").fill("Doble clic");
  await context.route("**/v1/reservations", async (route) => {
    if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.getByRole("button", { name: "Reservar 1 producto" }).dblclick();
  await page.getByText("Reserva en proceso").first().waitFor();
  const card = page.getByRole("article", { name: "Doble clic" });
  await card.getByText(/^Quedan \d+:\d\d$/).waitFor();
  expect(await activeReservations("Doble clic")).toHaveLength(1);
  await card.getByRole("button", { name: "Confirmar venta" }).click();
  await card.getByText("Confirmada").first().waitFor();
  expect(await stockOf(office.api, product.id, counter)).toEqual({ onHand: "8", reserved: "0" });
});

test("an answer that got lost is asked for by the same key, also by a page that was reloaded meanwhile", async () => {
  const product = await addGoods(office.api, { name: "Azúcar rubia", stock: { [counter]: "9" } });
  const { page, context } = await desk.open(`/inventory/reservations/new?product=${product.id}`);
  await page.getByLabel("Para quién").fill("Respuesta perdida");
  // The server does it, and nobody hears of it.
  await context.route("**/v1/reservations", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    return route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Reservar 1 producto" }).click();
  await page.getByText("No llegó la respuesta").waitFor();
  expect(await page.getByLabel("Cantidad de Azúcar rubia").isDisabled()).toBe(true);
  await context.unroute("**/v1/reservations");
  await page.reload();
  await page.getByRole("article", { name: "Respuesta perdida" }).waitFor();
  expect(await activeReservations("Respuesta perdida")).toHaveLength(1);
});

test("cancelling what takes too long finds out what happened, and takes it back", async () => {
  const product = await addGoods(office.api, { name: "Yerba suave", stock: { [counter]: "9" } });
  const { page, context } = await desk.open(`/inventory/reservations/new?product=${product.id}`);
  await page.getByLabel("Para quién").fill("Cancelada a tiempo");
  await context.route("**/v1/reservations", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    // Answered by nobody until the page gives up.
    return undefined;
  });
  await page.getByRole("button", { name: "Reservar 1 producto" }).click();
  await page.getByText("Está tardando más de lo normal.").waitFor();
  await soon(() => activeReservations("Cancelada a tiempo")).toHaveLength(1);
  await page.getByRole("button", { name: "Cancelar", exact: true }).click();
  await page.getByText("Cancelado: no quedó nada hecho.").waitFor();
  expect(await activeReservations("Cancelada a tiempo")).toHaveLength(0);
  expect(await stockOf(office.api, product.id, counter)).toEqual({ onHand: "9", reserved: "0" });
});

test("reservations are extended and cancelled from their list, which says who holds what", async () => {
  const product = await addGoods(office.api, { name: "Café molido", stock: { [counter]: "9" } });
  await dataOf(
    office.api.http.POST("/v1/reservations", {
      headers: { "idempotency-key": crypto.randomUUID() },
      body: {
        reference: "Mesa 4",
        lines: [{ productId: product.id, locationId: counter, quantity: "2" }],
        expiresInSeconds: 300,
      },
    }),
  );
  const { page } = await desk.open(`/inventory?q=${encodeURIComponent("café molido")}`);
  await page.getByRole("link", { name: "Quién reservó 2 de Café molido" }).click();
  const card = page.getByRole("article", { name: "Mesa 4" });
  await card.getByText(/^2 × Café molido/).waitFor();
  await card.getByText(/^Quedan [0-4]:\d\d$/).waitFor();
  await card.getByRole("button", { name: "Extender" }).click();
  await page.getByRole("menuitem", { name: "1 hora desde ahora" }).click();
  await card.getByText(/^Quedan (59:\d\d|1:00:\d\d)$/).waitFor();
  await card.getByRole("button", { name: "Cancelar reserva" }).click();
  await card.waitFor({ state: "detached" });
  expect(await stockOf(office.api, product.id, counter)).toEqual({ onHand: "9", reserved: "0" });
});
