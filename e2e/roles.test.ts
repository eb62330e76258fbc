import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf } from "../sdk/index.ts";
import { type Credentials, type Office, openOffice } from "./support/office.ts";
import { photo } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";

type Role = "admin" | "warehouse" | "sales" | "supplier";

const supplierId = crypto.randomUUID();
let office: Office;
let ownId = "";
let othersId = "";
beforeAll(async () => {
  office = await openOffice();
  const own = await addProduct(office.api, { name: "Propio", supplierId, photos: [await photo("propio.jpg")] });
  const others = await addProduct(office.api, { name: "Ajeno", photos: [await photo("ajeno.jpg")] });
  await Promise.all([untilPhoto(office.api, own.id), untilPhoto(office.api, others.id)]);
  [ownId, othersId] = [own.id, others.id];
});
afterAll(() => office.close());

async function newUser(role: Role): Promise<Credentials> {
  const user = { email: `${role}-${crypto.randomUUID()}@shop.test`, password: "a password only for tests" };
  const body = { ...user, name: role, role, supplierId: role === "supplier" ? supplierId : null };
  await dataOf(office.api.http.POST("/v1/users", { body, headers: { "idempotency-key": crypto.randomUUID() } }));
  return user;
}

const sectionsOf = async (page: Page) => {
  const sections = page.getByRole("navigation", { name: "Secciones" }).getByRole("listitem");
  await sections.first().waitFor();
  return sections.allInnerTexts();
};

test("the administrator sees every section", async () => {
  const { page } = await office.enter("/");
  expect(await sectionsOf(page)).toEqual(expect.arrayContaining(["Inicio", "Catálogo", "Operación", "Ajustes"]));
});

test("sales look at the catalogue and cannot change it, on the page or past it", async () => {
  const user = await newUser("sales");
  const { page } = await office.enter("/catalog", { user });
  await page.getByRole("gridcell", { name: "Ajeno" }).waitFor();
  expect(await sectionsOf(page)).not.toContain("Operación");
  expect(await page.getByRole("link", { name: "Añadir fotos" }).count()).toBe(0);
  expect(await page.getByRole("checkbox").count()).toBe(0);

  await page.goto(`/catalog/${othersId}`);
  await page.getByRole("button", { name: "Abrir la foto 1", exact: true }).waitFor();
  for (const name of ["Guardar", "Eliminar producto", "Añadir fotos"]) {
    expect(await page.getByRole("button", { name, exact: true }).count(), name).toBe(0);
  }
  expect(await page.getByLabel("Nombre", { exact: true }).getAttribute("readonly")).not.toBeNull();
  const api = await office.apiOf(user);
  const refusal = { status: 403, code: "FORBIDDEN" };
  await expect(api.products.remove(othersId)).rejects.toMatchObject(refusal);
  await expect(api.products.create({ sku: crypto.randomUUID(), name: "x" })).rejects.toMatchObject(refusal);
});

test("a seller sees and changes the products of their own supplier only", async () => {
  const user = await newUser("supplier");
  const { page } = await office.enter("/catalog", { user });
  await page.getByRole("gridcell", { name: "Propio" }).waitFor();
  expect(await page.getByRole("gridcell").count()).toBe(1);
  await page.goto(`/catalog/${othersId}`);
  await page.getByRole("alert").getByText("Esto ya no existe").waitFor();

  await page.goto(`/catalog/${ownId}`);
  await page.getByLabel("Nombre", { exact: true }).fill("Propio y cambiado");
  await page.getByRole("button", { name: "Guardar", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Propio y cambiado" }).waitFor();
  const api = await office.apiOf(user);
  await expect(api.products.remove(othersId)).rejects.toMatchObject({ status: 404 });
});

test("the warehouse writes products and has no part in operations or users", async () => {
  const user = await newUser("warehouse");
  const { page } = await office.enter("/catalog", { user });
  await page.getByRole("link", { name: "Añadir fotos" }).waitFor();
  expect(await sectionsOf(page)).not.toContain("Operación");
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Partes de Ajustes" }).waitFor();
  expect(await page.getByRole("link", { name: "Usuarios" }).count()).toBe(0);
  await page.goto("/settings/users");
  await page.getByRole("alert").getByText("Su rol no permite hacer esto").waitFor();
});

test("a user who is disabled is out within seconds, wherever they are", async () => {
  const user = await newUser("warehouse");
  const { page } = await office.enter("/catalog", { user });
  await page.getByRole("gridcell", { name: "Ajeno" }).waitFor();
  const { items } = await dataOf(office.api.http.GET("/v1/users", { params: { query: { limit: 100 } } }));
  const id = items.find(({ email }) => email === user.email)?.id ?? "";
  await office.api.http.PATCH("/v1/users/{id}", {
    params: { path: { id } },
    body: { disabled: true },
    headers: { "idempotency-key": crypto.randomUUID() },
  });
  const isOut = async () => {
    await page.goto("/catalog");
    return page
      .getByRole("heading", { name: "Entrar" })
      .waitFor({ timeout: 2_000 })
      .then(
        () => true,
        () => false,
      );
  };
  await expect.poll(isOut, { timeout: 30_000 }).toBe(true);
});
