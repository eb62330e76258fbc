import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, openOffice } from "./support/office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test("a wrong password is told in words, with what was kept and what to do, and can be corrected at once", async () => {
  const { page } = await office.enter("/", { user: null });
  await page.getByRole("heading", { name: "Entrar" }).waitFor();
  await page.getByLabel("Correo electrónico").fill(office.shop.credentials.email);
  await page.getByLabel("Contraseña", { exact: true }).fill("not the password");
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert");
  await alert.getByText("El correo o la contraseña no son correctos").waitFor();
  await alert.getByText("Revise ambos y vuelva a intentar.").waitFor();

  // The wrong one is selected, so that the right one is typed over it.
  await page.keyboard.type(office.shop.credentials.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Inicio" }).waitFor();
});

test("who opens a page without a session signs in and lands on that page", async () => {
  const { page } = await office.enter("/catalog?view=list", { user: null });
  await page.getByLabel("Correo electrónico").fill(office.shop.credentials.email);
  await page.getByLabel("Contraseña", { exact: true }).fill(office.shop.credentials.password);
  await page.getByRole("button", { name: "Entrar" }).click();
  await page.getByRole("heading", { level: 1, name: "Catálogo" }).waitFor();
  expect(new URL(page.url()).search).toBe("?view=list");
});

test("signing out ends the session in every tab", async () => {
  const { context, page } = await office.enter("/", { user: null });
  await page.getByLabel("Correo electrónico").fill(office.shop.credentials.email);
  await page.getByLabel("Contraseña", { exact: true }).fill(office.shop.credentials.password);
  await page.getByRole("button", { name: "Entrar" }).click();
  await page.getByRole("heading", { level: 1, name: "Inicio" }).waitFor();
  const other = await context.newPage();
  await other.goto("/catalog");
  await other.getByRole("heading", { level: 1, name: "Catálogo" }).waitFor();

  await page.getByRole("button", { name: /^Su cuenta/ }).click();
  await page.getByRole("button", { name: "Salir" }).click();
  await page.getByRole("heading", { name: "Entrar" }).waitFor();
  await other.reload();
  await other.getByRole("heading", { name: "Entrar" }).waitFor();
  expect((await context.request.get("/auth/token")).status()).toBe(401);
});
