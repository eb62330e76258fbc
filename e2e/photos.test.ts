import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, openOffice } from "./support/office.ts";
import { photo, photos } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const phasesOf = async (imageId: string) => (await office.api.images.read(imageId)).history.map(({ phase }) => phase);

test("replacing the main photo by the same bytes generates nothing anew", async () => {
  const file = await photo("portada.jpg");
  const product = await addProduct(office.api, { name: "Mismos bytes", photos: [file] });
  const [before] = (await untilPhoto(office.api, product.id)).images;
  const { page } = await office.enter(`/catalog/${product.id}`);
  await page.locator("[data-photo] [data-status=ready] img").waitFor();

  const replaced = page.waitForResponse((answer) => answer.request().method() === "PUT");
  await page.getByLabel("Reemplazar la principal", { exact: true }).setInputFiles(file);
  expect((await replaced).ok()).toBe(true);
  await page.getByText("Reemplazando la foto principal…").waitFor({ state: "detached" });

  const [after] = (await office.api.products.read(product.id)).product.images;
  expect(after?.thumbnails).toEqual(before?.thumbnails);
  expect(after?.thumbnailSignature).toBe(before?.thumbnailSignature);
  expect(after?.thumbnailState).toBe("ready");
  const started = (await phasesOf(after?.id ?? "")).filter((phase) => phase === "started");
  expect(started.length).toBeLessThanOrEqual(1);
  await page.locator("[data-photo] [data-status=ready] img").waitFor();
});

test("replacing it by other bytes of the same name generates its own thumbnails, and the page shows them", async () => {
  const product = await addProduct(office.api, { name: "Mismo nombre", photos: [await photo("portada.jpg")] });
  const [before] = (await untilPhoto(office.api, product.id)).images;
  const { page } = await office.enter(`/catalog/${product.id}`);
  const shown = page.locator("[data-photo] [data-status=ready] img");
  await shown.waitFor();
  const shownBefore = await shown.getAttribute("src");

  await page.getByLabel("Reemplazar la principal", { exact: true }).setInputFiles(await photo("portada.jpg"));
  await expect.poll(() => shown.getAttribute("src"), { timeout: 60_000 }).not.toBe(shownBefore);
  const { images } = await untilPhoto(office.api, product.id);
  expect(images).toHaveLength(1);
  expect(images[0]?.sha256).not.toBe(before?.sha256);
  expect(images[0]?.thumbnailSignature).not.toBe(before?.thumbnailSignature);
  expect(images[0]?.thumbnails).not.toEqual(before?.thumbnails);
});

test("the history of a photo tells what happened, and its thumbnails can be asked for again", async () => {
  const product = await addProduct(office.api, { name: "Con historia", photos: [await photo("historia.jpg")] });
  await untilPhoto(office.api, product.id);
  const { page } = await office.enter(`/catalog/${product.id}`);
  await page.getByRole("button", { name: "Abrir la foto 1", exact: true }).click();
  const history = page.getByRole("list").filter({ hasText: "Se guardó el original" });
  await history.getByText("Miniaturas listas").waitFor();
  await page.getByRole("button", { name: "Regenerar miniaturas" }).click();
  await page.getByText("Se pidieron miniaturas nuevas.").waitFor();
  await history.getByText("Miniaturas listas").nth(1).waitFor();
});

test("a reorder that meets another person's deletion is told, and the page then shows what is", async () => {
  const product = await addProduct(office.api, {
    name: "Orden disputado",
    photos: await photos(4, (n) => `orden ${n}.jpg`),
  });
  const { images } = await untilPhoto(office.api, product.id);
  const { page } = await office.enter(`/catalog/${product.id}`);
  const cards = page.locator("[data-photo]");
  await cards.nth(3).waitFor();
  const removed = images[2]?.id ?? "";
  let isFirst = true;
  await page.route("**/images/order", async (route) => {
    if (isFirst) await office.api.images.remove(removed);
    isFirst = false;
    await route.continue();
  });
  await page.getByRole("button", { name: "Mover la foto 4" }).press("Home");
  await page.getByRole("alert").getByText("Choca con el estado actual").waitFor();

  const { product: now } = await office.api.products.read(product.id);
  const order = now.images.map(({ id }) => id);
  expect(order).toEqual(images.map(({ id }) => id).filter((id) => id !== removed));
  expect(now.images.map(({ position }) => position)).toEqual([0, 1, 2]);
  const shown = () => cards.evaluateAll((all) => all.map((card) => card.getAttribute("data-photo")));
  await expect.poll(shown, { timeout: 30_000 }).toEqual(order);

  await page.getByRole("button", { name: "Mover la foto 3" }).press("Home");
  await expect.poll(shown, { timeout: 30_000 }).toEqual([order[2], order[0], order[1]]);
  const reordered = async () => (await office.api.products.read(product.id)).product.images.map(({ id }) => id);
  await expect.poll(reordered, { timeout: 30_000 }).toEqual([order[2], order[0], order[1]]);
});

test("a photo is moved by dragging its handle", async () => {
  const product = await addProduct(office.api, {
    name: "Arrastrada",
    photos: await photos(3, (n) => `arrastre ${n}.jpg`),
  });
  const { images } = await untilPhoto(office.api, product.id);
  const { page } = await office.enter(`/catalog/${product.id}`);
  const cards = page.locator("[data-photo]");
  await cards.nth(2).waitFor();
  const target = await cards.nth(0).boundingBox();
  const handle = await page.getByRole("button", { name: "Mover la foto 3" }).boundingBox();
  if (target === null || handle === null) throw new Error("the photos are not on the page");
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 });
  await page.mouse.up();
  const wanted = [images[2]?.id, images[0]?.id, images[1]?.id];
  const order = async () => (await office.api.products.read(product.id)).product.images.map(({ id }) => id);
  await expect.poll(order, { timeout: 30_000 }).toEqual(wanted);
});
