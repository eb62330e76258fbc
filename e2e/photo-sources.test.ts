import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, openOffice, patienceMs } from "./support/office.ts";
import { type Photo, photo, photos } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const ready = "[data-photo] [data-status=ready] img";
const orderOf = async (productId: string) =>
  (await office.api.products.read(productId)).product.images.map(({ id }) => id);

/** As Ctrl+V would, with a picture on the clipboard. */
async function paste(page: Page, { name, mimeType, buffer }: Photo): Promise<void> {
  await page.evaluate(
    ({ name, mimeType, base64 }) => {
      const clipboardData = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      clipboardData.items.add(new File([bytes], name, { type: mimeType }));
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    { name, mimeType, base64: buffer.toString("base64") },
  );
}

test("a picture that is pasted becomes a photo of the product; text that is pasted stays text", async () => {
  const product = await addProduct(office.api, { name: "Pegada" });
  const { page } = await office.enter(`/catalog/${product.id}`);
  await page.getByText("Este producto no tiene fotos").waitFor();
  await paste(page, await photo("image.png"));
  await page.locator(ready).waitFor();
  expect((await untilPhoto(office.api, product.id)).images).toHaveLength(1);

  const name = page.getByLabel("Nombre", { exact: true });
  await name.fill("");
  await name.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "Yerba");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  expect((await office.api.products.read(product.id)).product.images).toHaveLength(1);
});

test("pictures that are pasted on the wall of drops become products", async () => {
  const { page } = await office.enter("/catalog/add");
  await page.getByText("Suelte las fotos aquí").waitFor();
  await paste(page, await photo("del portapapeles.jpg"));
  await page.getByText("1 de 1 listas").waitFor();
});

test("a phone takes a photo with its camera, and it becomes ready", async () => {
  const product = await addProduct(office.api, { name: "De la cámara" });
  const { page } = await office.enter(`/catalog/${product.id}`, {
    width: 390,
    height: 844,
    hasTouch: true,
    isMobile: true,
  });
  const camera = page.locator("input[type=file][capture]");
  await camera.waitFor({ state: "attached" });
  expect(await camera.getAttribute("capture")).toBe("environment");
  expect(await camera.getAttribute("accept")).toContain("image/");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Cámara" }).tap();
  await (await choosing).setFiles(await photo("IMG_0001.jpg"));
  await page.locator(ready).waitFor();
  expect((await untilPhoto(office.api, product.id)).images).toHaveLength(1);
});

test("a photo is moved with a finger by its handle, and the page does not scroll away under it", async () => {
  const product = await addProduct(office.api, {
    name: "Con el dedo",
    photos: await photos(3, (n) => `dedo ${n}.jpg`),
  });
  const { images } = await untilPhoto(office.api, product.id);
  const { context, page } = await office.enter(`/catalog/${product.id}`, {
    width: 390,
    height: 844,
    hasTouch: true,
    isMobile: true,
  });
  await page.locator("[data-photo]").nth(2).waitFor();
  const handle = page.getByRole("button", { name: "Mover la foto 3" });
  await handle.scrollIntoViewIfNeeded();
  const [from, to] = [await handle.boundingBox(), await page.locator("[data-photo]").nth(0).boundingBox()];
  if (from === null || to === null) throw new Error("the photos are not on the page");
  const scrolledTo = await page.evaluate(() => window.scrollY);
  const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const end = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
  const finger = await context.newCDPSession(page);
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [start] });
  for (let step = 1; step <= 10; step++) {
    const share = step / 10;
    const point = { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
    await finger.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [point] });
  }
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  const wanted = [images[2]?.id, images[0]?.id, images[1]?.id];
  await expect.poll(() => orderOf(product.id), { timeout: patienceMs }).toEqual(wanted);
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolledTo);
});

test("what a photo shows, and the point that matters in it, are kept", async () => {
  const product = await addProduct(office.api, { name: "Con enfoque", photos: [await photo("enfoque.jpg")] });
  await untilPhoto(office.api, product.id);
  const { page } = await office.enter(`/catalog/${product.id}`);
  await page.getByRole("button", { name: "Abrir la foto 1", exact: true }).click();
  const text = page.getByLabel("Texto alternativo");
  await text.fill("Un mate con bombilla");
  await text.press("Tab");
  const main = async () => (await office.api.products.read(product.id)).product.images[0];
  await expect.poll(async () => (await main())?.alt, { timeout: patienceMs }).toBe("Un mate con bombilla");

  const aim = page.getByRole("button", { name: /^Punto focal/ });
  const box = await aim.boundingBox();
  if (box === null) throw new Error("the photo is not on the page");
  await aim.click({ position: { x: box.width * 0.25, y: box.height * 0.75 } });
  await expect.poll(async () => (await main())?.focalX, { timeout: patienceMs }).toBeCloseTo(0.25, 1);
  expect((await main())?.focalY).toBeCloseTo(0.75, 1);
  await aim.press("ArrowRight");
  await expect.poll(async () => (await main())?.focalX, { timeout: patienceMs }).toBeCloseTo(0.3, 1);
});
