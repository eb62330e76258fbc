import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { addProduct } from "./support/stock-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice({ BODEGA_DEMO: "true" });
});
afterAll(() => office.close());

test("the demo shop welcomes whoever comes first, and goes at their word; what is theirs stays", async () => {
  const own = await addProduct(office.api, { name: "Mío" });
  const isFull = async () => (await office.api.http.GET("/v1/demo")).data?.state;
  await expect.poll(isFull, { timeout: 3 * patienceMs, interval: 1_000 }).toBe("ready");
  const { page } = await office.enter("/catalog");
  await page.getByText("Le damos la bienvenida a Bodega").waitFor();
  await page.getByRole("button", { name: "Empezar a mirar" }).click();
  await page.getByText("Le damos la bienvenida a Bodega").waitFor({ state: "detached" });

  // Who dismissed the welcome still finds how to be rid of the demo.
  await page.getByRole("button", { name: "Más acciones" }).click();
  await page.getByRole("menuitem", { name: /^Quitar la tienda de muestra/ }).click();
  await page.getByRole("button", { name: "Quitar la tienda de muestra" }).click();
  await page.getByRole("button", { name: "Sí, quitarla" }).click();
  await page.getByText(/Se quitaron \d+ productos de muestra/).waitFor();
  await page.getByText("1 producto", { exact: true }).waitFor();
  const { items } = await office.api.products.list();
  expect(items.map(({ id }) => id)).toEqual([own.id]);
  expect(await page.getByText("Le damos la bienvenida a Bodega").count()).toBe(0);
});
