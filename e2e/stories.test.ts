import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf } from "../sdk/index.ts";
import { type Office, openOffice } from "./support/office.ts";
import { reviewPage, settled } from "./support/page-review.ts";
import { photo } from "./support/photos.ts";
import { addStory, foxTale, illustrate } from "./support/story-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const pictureOf = (page: Page, type: string) => page.locator(`[data-picture=${type}] img`);

test("a story is written, illustrated without any key, leafed through and downloaded as a PDF", async () => {
  const { page } = await office.enter("/stories/new");
  await page.getByLabel("Título").fill("Luna y el mar");
  await page.getByLabel("Autor").fill("Ana Pérez");
  await page.getByRole("textbox", { name: "El cuento" }).fill(foxTale.content.join("\n\n"));
  await page.getByRole("button", { name: "Crear el cuento" }).click();

  await page.getByRole("button", { name: "Sacar escenas del texto" }).click();
  await page.getByText("Salieron del texto por regla.").waitFor();
  expect(await page.locator("#scene-character textarea").first().inputValue()).toContain("Luna");

  await page.getByRole("link", { name: "Imágenes", exact: true }).click();
  await page.getByRole("button", { name: "Ilustrar", exact: true }).click();
  for (const type of ["character", "cover", "scene_1", "scene_2", "scene_3", "scene_4", "closing"]) {
    await pictureOf(page, type).waitFor();
  }
  await page
    .locator("[data-picture=cover]")
    .getByText(/^Boceto sin conexión · /)
    .waitFor();

  await page.getByRole("link", { name: "Leer" }).click();
  await page.getByRole("heading", { level: 2, name: "Luna y el mar" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByText("Había una vez una zorra naranja").waitFor();
  await page.getByRole("button", { name: "Página siguiente" }).click();
  await page.getByText("Una mañana, Luna encontró un mapa").waitFor();
  await page.keyboard.press("End");
  await page.getByText("Fin", { exact: true }).waitFor();

  await page.getByRole("link", { name: "Imprimir" }).click();
  await page.getByRole("radio", { name: "Cuadrado de 21 × 21 cm" }).check();
  await page.getByRole("button", { name: "Hacer el PDF" }).click();
  const link = page.getByRole("link", { name: "Descargar" });
  await link.waitFor();
  await page.locator("iframe[title*='tal como se imprime']").waitFor();
  const looks = () => page.frames().filter((frame) => new URL(frame.url()).pathname.startsWith("/media/"));
  await expect.poll(() => looks().length).toBe(1);
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  expect(bytes.length).toBeGreaterThan(100_000);
});

test("a run goes on over a reload, and nothing is drawn twice", async () => {
  const id = await addStory(office.api, { title: "De un tirón" });
  const { page } = await office.enter(`/stories/${id}`);
  await page.getByRole("button", { name: "Ilustrar", exact: true }).click();
  await pictureOf(page, "character").waitFor();
  await page.reload();
  await pictureOf(page, "closing").waitFor();
  await page.getByRole("region", { name: "Ilustración en curso" }).waitFor({ state: "detached" });
  const { items } = await dataOf(office.api.http.GET("/v1/stories/{id}/illustrations", { params: { path: { id } } }));
  expect(items).toHaveLength(1);
  expect(items[0]?.images.map(({ tries }) => tries)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test("one picture is made anew, compared with the one before, and that is taken back", async () => {
  const id = await addStory(office.api, { title: "Otra versión" });
  await illustrate(office.api, id);
  const { page } = await office.enter(`/stories/${id}`);
  const before = await pictureOf(page, "scene_2").getAttribute("src");
  const { scenes } = await dataOf(office.api.http.GET("/v1/stories/{id}", { params: { path: { id } } }));
  if (scenes === null) throw new Error("the story has its descriptions");
  await dataOf(
    office.api.http.PATCH("/v1/stories/{id}", {
      params: { path: { id } },
      headers: { "if-match": "*" },
      body: { scenes: { ...scenes, scene_2: "Luna encuentra un tesoro en una cueva." } },
    }),
  );
  await page.locator("[data-picture=scene_2]").getByText("El texto cambió después de dibujarla.").waitFor();
  await page.getByRole("button", { name: "Otra versión: Escena 2" }).click();
  await expect.poll(() => pictureOf(page, "scene_2").getAttribute("src"), { timeout: 60_000 }).not.toBe(before);
  await page.getByRole("region", { name: "Ilustración en curso" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Comparar versiones: Escena 2" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Usar esta" }).first().click();
  await page.getByText("Ahora se usa esa versión.").waitFor();
});

test("a picture of one's own takes its place, and a photo of children is refused where nobody knows the country", async () => {
  const id = await addStory(office.api, { title: "Con imagen propia" });
  const { page } = await office.enter(`/stories/${id}`);
  const own = await photo("tapa.jpg", { width: 1024, height: 1536 });
  await page.getByRole("button", { name: "Subir una propia: Tapa" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Una foto en la que hay niños" }).check();
  await dialog.getByLabel("Elegir archivo").setInputFiles(own);
  await dialog.getByRole("alert").waitFor();
  await dialog.getByRole("radio", { name: "Un dibujo o una ilustración" }).check();
  await dialog.getByLabel("Elegir archivo").setInputFiles(own);
  await pictureOf(page, "cover").waitFor();
  await page.locator("[data-picture=cover]").getByText("Imagen propia").waitFor();
});

test("a short description of the character is warned of as it is written, and what two people write is kept", async () => {
  const id = await addStory(office.api, { title: "Dos plumas" });
  const { page } = await office.enter(`/stories/${id}/text`);
  const field = page.locator("#scene-character textarea").first();
  await field.fill("Una zorra.");
  await page.getByText(/en menos de 100 caracteres/).waitFor();
  await dataOf(
    office.api.http.PATCH("/v1/stories/{id}", {
      params: { path: { id } },
      headers: { "if-match": "*" },
      body: { title: "De otra mano" },
    }),
  );
  await page.getByRole("heading", { level: 1, name: "De otra mano" }).waitFor();
  expect(await field.inputValue()).toBe("Una zorra.");
  await page.getByRole("button", { name: "Guardar", exact: true }).click();
  await page.getByText("Alguien cambió el cuento mientras tanto").waitFor();
  await page.getByRole("button", { name: "Guardar la mía encima" }).click();
  await page.getByText("Guardado.").waitFor();
  await page.getByRole("heading", { level: 1, name: "Dos plumas" }).waitFor();
});

test("who leaves with words that are not saved is asked, stays by Esc, and leaves only when they say so", async () => {
  const id = await addStory(office.api, { title: "A medio escribir" });
  const { page } = await office.enter(`/stories/${id}/text`);
  const field = page.locator("#scene-character textarea").first();
  await field.fill("Una zorra que todavía no tiene nombre.");
  await page.getByRole("link", { name: "Catálogo" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Hay cambios sin guardar" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("Una zorra que todavía no tiene nombre.");
  await page.getByRole("link", { name: "Catálogo" }).first().click();
  await dialog.getByRole("button", { name: "Salir sin guardar" }).click();
  await page.getByRole("heading", { level: 1, name: "Catálogo" }).waitFor();
});

test.each(["es", "en"] as const)("every screen of a story is sound on a phone, in %s", async (language) => {
  const id = await addStory(office.api, { title: "Luna en la costa" });
  await illustrate(office.api, id);
  const visit = await office.enter("/stories", {
    language,
    width: 360,
    height: 740,
    colorScheme: language === "es" ? "dark" : "light",
  });
  const findings: string[] = [];
  for (const path of [
    "/stories",
    "/stories/new",
    "/stories/figures",
    ...["", "/text", "/read", "/print"].map((part) => `/stories/${id}${part}`),
  ]) {
    await visit.page.goto(path);
    await settled(visit);
    findings.push(...(await reviewPage(visit.page, path)));
  }
  expect([...findings, ...visit.watch.complaints, ...visit.watch.outside]).toEqual([]);
});
