import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf } from "../sdk/index.ts";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { addProduct } from "./support/stock-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test("columns of the list are put away and come back, and the choice is remembered", async () => {
  await addProduct(office.api, { name: "Con precio" });
  const { page } = await office.enter("/catalog?view=list");
  const row = page.getByRole("gridcell", { name: "Con precio" });
  await row.getByText(/12,50/).waitFor();
  await page.getByRole("button", { name: "Columnas" }).click();
  await page.getByLabel("Precio", { exact: true }).uncheck();
  await row.getByText(/12,50/).waitFor({ state: "detached" });
  await page.getByText("Compacta").click();
  await page.keyboard.press("Escape");
  await page.reload();
  await row.waitFor();
  expect(await row.getByText(/12,50/).count()).toBe(0);
  const low = await row.boundingBox();
  await page.getByRole("button", { name: "Columnas" }).click();
  await page.getByLabel("Precio", { exact: true }).check();
  await row.getByText(/12,50/).waitFor();
  await page.getByText("Cómoda").click();
  await expect
    .poll(async () => (await row.boundingBox())?.height, { timeout: patienceMs })
    .toBeGreaterThan(low?.height ?? 0);
});

test("people change the name by which others know them", async () => {
  const user = { email: "nombre@shop.test", password: "a password only for tests" };
  const body = { ...user, name: "Sin acento", role: "sales" as const, supplierId: null };
  const { id } = await dataOf(
    office.api.http.POST("/v1/users", { body, headers: { "idempotency-key": crypto.randomUUID() } }),
  );
  const { page } = await office.enter("/catalog", { user });
  await page.getByRole("button", { name: /^Su cuenta/ }).click();
  await page.getByRole("button", { name: "Perfil y contraseña" }).click();
  const name = page.getByRole("dialog").getByLabel(/^Nombre/);
  await name.fill("Inés Peña");
  await page.getByRole("button", { name: "Guardar nombre" }).click();
  await page.getByText("El nombre se guardó.").waitFor();
  const { data } = await office.api.http.GET("/v1/users/{id}", { params: { path: { id } } });
  expect(data).toMatchObject({ name: "Inés Peña", role: "sales" });
});

test("a box drawn with the mouse selects what it touches, Shift extends it, and nothing is opened", async () => {
  for (const name of ["Caja 1", "Caja 2", "Caja 3", "Caja 4", "Caja 5"]) await addProduct(office.api, { name });
  const { page } = await office.enter("/catalog?q=caja");
  const boxOf = async (name: string) => {
    const box = await page.getByRole("gridcell", { name, exact: true }).boundingBox();
    if (box === null) throw new Error(`${name} is not on the page`);
    return box;
  };
  await page.getByRole("gridcell", { name: "Caja 4", exact: true }).waitFor();
  const [first, second] = [await boxOf("Caja 4"), await boxOf("Caja 3")];
  await page.mouse.move(first.x + 40, first.y + 40);
  await page.mouse.down();
  await page.mouse.move(second.x + 30, second.y + 60, { steps: 8 });
  await page.mouse.up();
  await page.getByText("2 seleccionados").first().waitFor();
  await page.getByRole("gridcell", { name: "Caja 1", exact: true }).click({ modifiers: ["Shift"] });
  await page.getByText("4 seleccionados").first().waitFor();
  expect(page.url()).not.toContain("product=");

  await page.getByRole("link", { name: "Etiquetas" }).click();
  await page.waitForURL("**/inventory/labels?**");
  for (const name of ["Caja 1", "Caja 2", "Caja 3", "Caja 4"]) await page.getByText(name).first().waitFor();
});
