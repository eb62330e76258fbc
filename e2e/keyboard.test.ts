import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, openOffice } from "./support/office.ts";
import { photo, photos } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";

let office: Office;
let productId = "";
beforeAll(async () => {
  office = await openOffice();
  const product = await addProduct(office.api, {
    name: "Mate amargo",
    photos: await photos(3, (n) => `mate ${n}.jpg`),
  });
  for (const name of ["Azúcar", "Harina", "Levadura"]) await addProduct(office.api, { name });
  await untilPhoto(office.api, product.id);
  productId = product.id;
});
afterAll(() => office.close());

const focusedName = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

/** Presses Tab until the focus is on what `name` matches. */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if (name.test(await focusedName(page))) return;
  }
  throw new Error(`${key} does not lead to ${name}`);
}

test("/ searches, arrows choose, Enter opens, Esc closes and gives the focus back", async () => {
  const { page } = await office.enter("/");
  await page.getByRole("heading", { level: 1, name: "Inicio" }).waitFor();
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Buscar" });
  await field.waitFor();
  await page.keyboard.type("mate am");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Mate amargo" }).waitFor();

  await page.keyboard.press("/");
  await field.waitFor();
  const chosen = page.getByRole("dialog").getByRole("option", { selected: true });
  const first = await chosen.textContent();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => chosen.textContent()).not.toBe(first);
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => chosen.textContent()).toBe(first);
  await page.keyboard.press("Escape");
  await field.waitFor({ state: "detached" });

  await tabTo(page, /^Buscar productos/);
  await page.keyboard.press("Enter");
  await field.waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => focusedName(page)).toMatch(/^Buscar productos/);
});

test("? shows the keys, g and a digit go to a section, n begins what the page is for", async () => {
  const { page } = await office.enter("/");
  await page.getByRole("heading", { level: 1, name: "Inicio" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Atajos de teclado").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press("2");
  await page.getByRole("heading", { level: 1, name: "Catálogo" }).waitFor();
  await page.keyboard.press("n");
  await page.getByRole("heading", { level: 1, name: "Añadir fotos" }).waitFor();
});

test("the catalogue is walked, selected in and opened from by keys, and the focus comes back to where it was", async () => {
  const { page } = await office.enter("/catalog");
  await page.getByRole("gridcell", { name: "Mate amargo" }).waitFor();
  await tabTo(page, /^Levadura$/);
  await page.keyboard.press("ArrowRight");
  expect(await focusedName(page)).toBe("Harina");
  await page.keyboard.press("Space");
  await page.getByText("1 seleccionado").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await page.getByRole("gridcell", { name: "Mate amargo" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Abrir la foto 1", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("gridcell", { name: "Mate amargo" }).and(page.locator(":focus")).waitFor();
});

test("photos are added and put in order without a mouse", async () => {
  const { page } = await office.enter(`/catalog/${productId}`);
  // Before the key, since it takes the browser a moment to hand its file dialogs over.
  const choosing = page.waitForEvent("filechooser");
  await page.locator("[data-photo]").nth(2).waitFor();
  await tabTo(page, /^Añadir fotos$/);
  await page.keyboard.press("Enter");
  await (await choosing).setFiles(await photo("con el teclado.jpg"));
  await page.locator("[data-photo]").nth(3).waitFor();

  const order = async () => (await office.api.products.read(productId)).product.images.map(({ id }) => id);
  const before = await order();
  await tabTo(page, /^Mover la foto 4/);
  await page.keyboard.press("Home");
  await page.getByText("La foto está ahora en el lugar 1 de 4.").waitFor();
  await expect.poll(order, { timeout: 30_000 }).toEqual([before[3], before[0], before[1], before[2]]);
  // The handle keeps the focus at its new place: a second key moves the same photo on.
  expect(await focusedName(page)).toMatch(/^Mover la foto 1/);
  await page.keyboard.press("ArrowRight");
  await expect.poll(order, { timeout: 30_000 }).toEqual([before[0], before[3], before[1], before[2]]);
});

test("wherever Tab leads, one sees it", async () => {
  for (const path of ["/catalog", `/catalog/${productId}`, "/settings/shop"]) {
    const { page, quiet } = await office.enter(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("En vivo").waitFor();
    await quiet();
    const hidden: string[] = [];
    for (let stop = 0; stop < 18; stop++) {
      await page.keyboard.press("Tab");
      // A second look, in case the page was still changing at the first.
      if (!(await isFocusSeen(page)) && !(await isFocusSeen(page))) hidden.push(`${path}: ${await focusedName(page)}`);
    }
    expect(hidden).toEqual([]);
  }
});

/** Whether the place around the focused element looks otherwise once the focus is taken away. */
async function isFocusSeen(page: Page): Promise<boolean> {
  const focused = page.locator(":focus");
  if ((await focused.count()) === 0) return true;
  const box = await focused.boundingBox();
  if (box === null) return false;
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const left = Math.max(0, box.x - 6);
  const top = Math.max(0, box.y - 6);
  const clip = {
    x: left,
    y: top,
    width: Math.min(width, box.x + box.width + 6) - left,
    height: Math.min(height, box.y + box.height + 6) - top,
  };
  if (clip.width <= 0 || clip.height <= 0) return false;
  const shown = await page.screenshot({ clip, animations: "disabled" });
  const element = await focused.elementHandle();
  await element?.evaluate((node) => node instanceof HTMLElement && node.blur());
  const without = await page.screenshot({ clip, animations: "disabled" });
  await element?.focus();
  return !shown.equals(without);
}
