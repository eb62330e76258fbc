import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dropFiles } from "./support/drop-files.ts";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { notAPhoto, photo, photos, truncatedPhoto } from "./support/photos.ts";
import { productsNamed, untilPhoto } from "./support/stock-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const tiles = (page: Page) => page.getByRole("list", { name: "Fotos" }).getByRole("listitem");

test("25 photos that are dropped become 25 products, each seen to be ready", async () => {
  const files = await photos(25, (number) => `taza_roja-${number}.jpg`);
  const { page, watch } = await office.enter("/catalog/add");
  await page.getByText("Suelte las fotos aquí").waitFor();

  const fromMs = performance.now();
  await dropFiles(page, files);
  await page.getByText("25 de 25 listas").waitFor({ timeout: 90_000 });
  const seconds = (performance.now() - fromMs) / 1000;
  process.stdout.write(`25 photos dropped, 25 products ready after ${seconds.toFixed(1)} s (to be under 30 s)\n`);

  expect(await tiles(page).count()).toBe(25);
  const made = await productsNamed(office.api, /^Taza roja \d+$/);
  expect(made.map(({ images: [main] }) => main?.thumbnailState)).toEqual(Array(25).fill("ready"));
  expect(new Set(made.map(({ sku }) => sku)).size).toBe(25);

  await page.getByRole("link", { name: "Ver el catálogo" }).click();
  await page.getByRole("gridcell", { name: "Taza roja 25", exact: true }).waitFor();
  await page.getByText("25 productos", { exact: true }).waitFor();
  expect(watch).toEqual({ complaints: [], outside: [] });
});

test("a tab that is closed right after its upload was accepted leaves a photo that becomes ready", async () => {
  const { page } = await office.enter("/catalog/add");
  await page.getByText("Suelte las fotos aquí").waitFor();
  const accepted = page.waitForResponse((answer) => answer.status() === 201 && /\/images$/.test(answer.url()));
  await dropFiles(page, [await photo("cerrada al instante.jpg")]);
  const answer = await accepted;
  await page.close();

  const productId = new URL(answer.url()).pathname.split("/")[3] ?? "";
  const product = await untilPhoto(office.api, productId);
  expect(product.name).toBe("Cerrada al instante");
});

test("a reload in the middle of a bulk upload loses nothing and makes nothing twice", async () => {
  const { context, page } = await office.enter("/catalog/add");
  await page.getByText("Suelte las fotos aquí").waitFor();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  // Slow enough that the reload comes in the middle.
  const slow = { offline: false, latency: 50, downloadThroughput: 2_000_000, uploadThroughput: 120_000 };
  await network.send("Network.emulateNetworkConditions", slow);
  await dropFiles(page, await photos(10, (number) => `recargada ${number}.jpg`));
  await page.getByText(/^[1-4] de 10 listas$/).waitFor();
  await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1, downloadThroughput: -1 });
  await page.reload();
  await page.getByText("10 de 10 listas").waitFor({ timeout: 90_000 });

  const made = await productsNamed(office.api, /^Recargada \d+$/);
  expect(made.map(({ name }) => name).sort()).toEqual(
    Array.from({ length: 10 }, (_, index) => `Recargada ${index + 1}`).sort(),
  );
  expect(made.every(({ images: [main] }) => main?.thumbnailState === "ready")).toBe(true);
});

test("a file that is no picture is refused in words; a truncated one fails with its reason and can be tried again", async () => {
  const { page } = await office.enter("/catalog/add");
  await page.getByText("Suelte las fotos aquí").waitFor();
  await dropFiles(page, [notAPhoto("lista.jpg"), await truncatedPhoto("cortada.jpg"), await photo("sana.jpg")]);
  const tile = (name: string) => tiles(page).filter({ hasText: name });
  await tile("Lista").getByText("Falló: no es una imagen utilizable").waitFor();
  await tile("Cortada").getByText("Falló: dañada o truncada").waitFor();
  await tile("Sana").getByText("Lista", { exact: true }).waitFor();
  await page.getByText("1 de 3 listas").waitFor();
  await page.getByText("1 lista, 1 falló (no es una imagen utilizable), 1 falló (dañada o truncada)").waitFor();

  const asked = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok());
  await tile("Cortada")
    .getByRole("button", { name: /^Reintentar/ })
    .click();
  await asked;
  // The file is as it was, so what can be said of it is too.
  await tile("Cortada").getByText("Falló: dañada o truncada").waitFor();
  await page.getByRole("button", { name: "Quitar las que fallaron" }).click();
  await page.getByText("1 de 1 listas").waitFor();
  await expect.poll(() => productsNamed(office.api, /^(Lista|Cortada)$/), { timeout: patienceMs }).toEqual([]);
});

test("WebP is taken or left as the policy of the shop says, and the page says why", async () => {
  const policy = (value: string) =>
    office.api.http.PUT("/v1/operations/settings/{key}", {
      params: { path: { key: "images.webpPolicy" } },
      body: { value },
      headers: { "idempotency-key": crypto.randomUUID() },
    });
  const { page } = await office.enter("/catalog/add");
  const add = async (name: string) => dropFiles(page, [await photo(name, { type: "webp" })]);
  const tile = (name: string) => tiles(page).filter({ hasText: name });

  await page.getByText("Suelte las fotos aquí").waitFor();
  await policy("skip");
  await add("omitida.webp");
  await tile("Omitida").getByText("Omitida: WebP").waitFor();
  await policy("transcode");
  await add("convertida.webp");
  await tile("Convertida").getByText("Lista", { exact: true }).waitFor();

  const [skipped] = await productsNamed(office.api, /^Omitida$/);
  const [made] = await productsNamed(office.api, /^Convertida$/);
  expect(skipped?.images[0]).toMatchObject({ thumbnailState: "skipped", thumbnails: null });
  expect(made?.images[0]).toMatchObject({ thumbnailState: "ready", mimeType: "image/webp" });
  await page.goto("/catalog?q=omitida");
  await page.getByRole("gridcell", { name: "Omitida" }).getByText("Sin miniaturas: WebP (cambiar política)").waitFor();
});
