import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf, type Product } from "../sdk/index.ts";
import { addGoods, addLocation, addUser, ean13, keyed } from "./support/counted-goods.ts";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { reviewPage } from "./support/page-review.ts";
import { scan } from "./support/scanner.ts";

const teaGtin = ean13("779000004001");
let office: Office;
let tea: Product;
beforeAll(async () => {
  office = await openOffice();
  const { api } = office;
  await addLocation(api, "DEP", "Depósito");
  tea = await addGoods(api, { name: "Té en hebras", gtin: teaGtin, price: "120", cost: "100", category: "Almacén" });
  await addGoods(api, { name: "Arroz", price: "80", cost: "50", category: "Otra" });
  const margin = { category: "Almacén", minimumPercent: "20", suggestedPercent: "35" };
  await api.http.PUT("/v1/prices/rules/margin", { body: margin, ...keyed() });
  const rounding = { currency: "ARS", step: "10", mode: "nearest" } as const;
  await api.http.PUT("/v1/prices/rules/rounding", { body: rounding, ...keyed() });
});
afterAll(() => office.close());

const preview = (page: Page) => page.getByRole("form", { name: "Cambiar el precio" }).getByRole("status");
const priceOf = async () => (await office.api.products.read(tea.id)).product.price;
const changes = async () =>
  (await dataOf(office.api.http.GET("/v1/prices/changes", { params: { query: { productId: tea.id } } }))).items;

test("a price is seen before it is set, is refused below the minimum with why, and is set once", async () => {
  const { page, watch } = await office.enter("/inventory/prices");
  await page.getByRole("row", { name: /Té en hebras/ }).waitFor();
  // By keys alone.
  await page.getByRole("row", { name: /Té en hebras/ }).focus();
  await page.keyboard.press("Enter");
  const margin = page.getByLabel("Margen sobre el costo");
  await margin.fill("44");
  // 144 is rounded to tens: 140, which is 40 %.
  await preview(page).getByText("$ 140,00").waitFor();
  await page.getByText(/margen final 40\s?%/).waitFor();
  await margin.fill("12");
  await page
    .getByRole("alert")
    .getByText(/^El mínimo de Almacén es 20\s?%$/)
    .waitFor();
  await page.getByText(/El precio más bajo que se acepta con este costo es \$\s120,00/).waitFor();
  expect(await page.getByRole("button", { name: "Aplicar el precio" }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: /^Usar el sugerido/ }).click();
  expect(await margin.inputValue()).toBe("35");
  await margin.fill("44");
  await preview(page).getByText("$ 140,00").waitFor();
  await page.getByRole("button", { name: "Aplicar el precio" }).dblclick();
  await page.getByText(/^El precio es ahora \$\s140,00/).waitFor();
  expect(await priceOf()).toMatch(/^140(\.00)?$/);
  expect(await changes()).toHaveLength(1);
  await page
    .getByRole("region", { name: "Historial" })
    .getByText(/margen 40\s?%/)
    .waitFor();
  expect(watch.complaints).toEqual([]);
});

test("a rule that is raised meanwhile refuses the price, and the page says so", async () => {
  const { page } = await office.enter("/inventory/prices");
  await page.getByRole("row", { name: /Té en hebras/ }).waitFor();
  await scan(page, teaGtin);
  await page.getByLabel("Margen sobre el costo").fill("30");
  await preview(page).getByText("$ 130,00").waitFor();
  const margin = { category: "Almacén", minimumPercent: "33", suggestedPercent: "35" };
  await office.api.http.PUT("/v1/prices/rules/margin", { body: margin, ...keyed() });
  const before = await priceOf();
  await page.getByRole("button", { name: "Aplicar el precio" }).click();
  await page
    .getByRole("alert")
    .getByText(/^El mínimo de Almacén es/)
    .waitFor();
  expect(await priceOf()).toBe(before);
});

test(
  "rules are kept by the administrator; others see prices and rules, and change neither",
  async () => {
    const { page } = await office.enter("/inventory/prices?view=rules");
    const form = page.getByRole("form", { name: "Cambiar el margen de una categoría" });
    await form.getByLabel("Categoría").fill("Otra");
    await form.getByLabel("Mínimo").fill("15");
    await form.getByLabel("Sugerido").fill("10");
    await form.getByText("No puede ser menor que el mínimo").waitFor();
    await form.getByLabel("Sugerido").fill("25");
    await form.getByRole("button", { name: "Guardar la regla" }).click();
    await page
      .getByRole("row", { name: /^Otra/ })
      .getByText(/^25\s?%$/)
      .waitFor();

    const user = await addUser(office.api, "sales");
    const { page: theirs } = await office.enter("/inventory/prices?view=rules", { user });
    await theirs.getByRole("row", { name: /Otra/ }).waitFor();
    expect(await theirs.getByRole("button", { name: "Guardar la regla" }).count()).toBe(0);
    await theirs.goto(`/inventory/prices?product=${tea.id}`);
    await theirs.getByText("Los precios los cambia quien administra la tienda.").waitFor();
    expect(await theirs.getByRole("button", { name: "Aplicar el precio" }).count()).toBe(0);
    const api = await office.apiOf(user);
    const call = api.http.POST("/v1/products/{id}/price", {
      params: { path: { id: tea.id } },
      body: { cost: "1", marginPercent: "50" },
      ...keyed(),
    });
    await expect(call).rejects.toMatchObject({ status: 403 });
  },
  10 * patienceMs,
);

test("tasks have an owner and a time, press on Inicio when it is past, and are done once", async () => {
  const { page } = await office.enter("/inventory/tasks");
  await page.getByRole("button", { name: /^Tarea nueva/ }).waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Tarea").fill("Llamar al proveedor de yerba");
  await dialog.getByLabel("Para cuándo").fill("2020-01-31T09:30");
  await dialog.getByRole("button", { name: "Guardar" }).dblclick();
  const row = page.getByRole("row", { name: /Llamar al proveedor de yerba/ });
  await row.getByText("Vencida").waitFor();
  expect(await row.count()).toBe(1);
  await row.getByRole("button", { name: "La tomo" }).click();
  await row.getByRole("button", { name: "La tomo" }).waitFor({ state: "detached" });

  await page.goto("/");
  await page.getByText("Tarea vencida: Llamar al proveedor de yerba").waitFor();
  await page.getByRole("link", { name: "Ver la tarea" }).click();
  await row.getByRole("button", { name: "Hecha" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Hechas" }).click();
  await row.getByRole("button", { name: "Reabrir" }).waitFor();
});

test("what customers miss is noted, in the catalogue or not, and moved on", async () => {
  const { page } = await office.enter("/inventory/tasks?view=shortages");
  const note = async (fill: () => Promise<void>) => {
    await page.getByRole("button", { name: /^Anotar un faltante/ }).click();
    await fill();
    await page.getByRole("dialog").getByRole("button", { name: "Guardar" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await note(() => page.getByLabel("O en palabras").fill("Harina de garbanzo"));
  await note(() => scan(page, teaGtin).then(() => page.getByRole("dialog").getByText("Té en hebras").waitFor()));
  const row = page.getByRole("row", { name: /Harina de garbanzo/ });
  await row.getByRole("button", { name: "Pedido" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Pedidos", exact: true }).click();
  await row.getByRole("button", { name: "Resuelto" }).waitFor();
});

test("prices and tasks are sound on a phone, in the dark", async () => {
  const { page } = await office.enter("/inventory/prices", { width: 360, height: 740, colorScheme: "dark" });
  await page.getByRole("row", { name: /Té en hebras/ }).waitFor();
  const findings = [...(await reviewPage(page, "prices"))];
  await page.getByRole("row", { name: /Té en hebras/ }).click();
  await page.getByRole("form", { name: "Cambiar el precio" }).waitFor();
  findings.push(...(await reviewPage(page, "price")));
  await page.goto("/inventory/prices?view=rules");
  await page.getByRole("button", { name: "Guardar la regla" }).first().waitFor();
  findings.push(...(await reviewPage(page, "rules")));
  for (const path of ["/inventory/tasks", "/inventory/tasks?view=shortages"]) {
    await page.goto(path);
    await page.getByRole("button", { name: /^(Tarea nueva|Anotar un faltante)/ }).click();
    await page.getByRole("dialog").waitFor();
    findings.push(...(await reviewPage(page, path)));
  }
  expect(findings).toEqual([]);
});
