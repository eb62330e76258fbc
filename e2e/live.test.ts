import { afterAll, beforeAll, expect, test } from "vitest";
import { dropFiles } from "./support/drop-files.ts";
import { type Office, openOffice } from "./support/office.ts";
import { photo, photos } from "./support/photos.ts";
import { addPhoto, addProduct, productsNamed, untilPhoto } from "./support/stock-shelf.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const readyIn = (name: string) => `[role=gridcell][aria-label="${name}"] [data-status=ready] img`;

test("what is added in one tab fills in before one's eyes in the other, and is uploaded once", async () => {
  const { context, page } = await office.enter("/catalog/add");
  const other = await context.newPage();
  await other.goto("/catalog");
  await other.getByText("El catálogo está vacío").waitFor();
  await other.getByText("En vivo").waitFor();
  await dropFiles(page, await photos(6, (number) => `doble ${number}.jpg`));
  await page.getByText("6 de 6 listas").waitFor();
  for (let number = 1; number <= 6; number++) await other.locator(readyIn(`Doble ${number}`)).waitFor();
  expect(await productsNamed(office.api, /^Doble/)).toHaveLength(6);
});

test("two tabs on one product show the same order of its photos", async () => {
  const product = await addProduct(office.api, {
    name: "Dos vistas",
    photos: await photos(3, (n) => `vista ${n}.jpg`),
  });
  const { context, page } = await office.enter(`/catalog/${product.id}`);
  const other = await context.newPage();
  await other.goto(`/catalog/${product.id}`);
  await other.getByText("En vivo").waitFor();
  const orderIn = (tab: typeof page) =>
    tab.locator("[data-photo]").evaluateAll((cards) => cards.map((card) => card.getAttribute("data-photo")));
  await other.locator("[data-photo]").nth(2).waitFor();
  const before = await orderIn(other);
  await page.getByRole("button", { name: "Mover la foto 1" }).press("End");
  const wanted = [...before.slice(1), before[0]];
  await expect.poll(() => orderIn(other), { timeout: 30_000 }).toEqual(wanted);
  expect(await orderIn(page)).toEqual(wanted);
});

test("a picture that left the page before it came is not fetched further", async () => {
  const product = await addProduct(office.api, { name: "Pasa de largo", photos: [await photo("pasa.jpg")] });
  await untilPhoto(office.api, product.id, "ready");
  const { page } = await office.enter("/");
  await page.getByText("En vivo").waitFor();
  // Never answered.
  await page.route("**/media/**", () => undefined);
  const [asked] = await Promise.all([
    page.waitForRequest("**/media/**"),
    page.getByRole("link", { name: "Catálogo" }).first().click(),
  ]);
  const [failed] = await Promise.all([
    page.waitForEvent("requestfailed", (request) => request.url() === asked.url()),
    page.getByRole("link", { name: "Ajustes" }).first().click(),
  ]);
  expect(failed.failure()?.errorText).toBe("net::ERR_ABORTED");
});

test("on a slow network an upload says how far it is, and ends ready", async () => {
  const { context, page } = await office.enter("/catalog/add");
  await page.getByText("Suelte las fotos aquí").waitFor();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 25_000,
  });
  await dropFiles(page, [await photo("lenta.jpg", { width: 2400, height: 1800 })]);
  await page.getByText(/^Subiendo [1-9]\d? ?%$/).waitFor();
  await page.getByText(/ de .* · .*\/s/).waitFor();
  await page.getByText("1 de 1 listas").waitFor();
});

test("offline is said, what is on the screen stays; back online it reconnects and catches up by itself", async () => {
  const before = await addProduct(office.api, { name: "Antes del corte", photos: [await photo("antes.jpg")] });
  await untilPhoto(office.api, before.id);
  const { context, page } = await office.enter("/catalog");
  await page.getByText("En vivo").waitFor();
  await page.locator(readyIn("Antes del corte")).waitFor();

  await context.setOffline(true);
  await page.getByText("Puede seguir mirando lo que ya está en pantalla.").waitFor();
  expect(await page.locator(readyIn("Antes del corte")).count()).toBe(1);
  const meanwhile = await addProduct(office.api, { name: "Durante el corte", photos: [await photo("durante.jpg")] });
  await untilPhoto(office.api, meanwhile.id);
  expect(await page.getByText("Durante el corte").count()).toBe(0);

  await context.setOffline(false);
  await page.getByText("Puede seguir mirando lo que ya está en pantalla.").waitFor({ state: "detached" });
  await page.getByText("En vivo").waitFor();
  await page.locator(readyIn("Durante el corte")).waitFor();
});

test("an upload that is begun offline is sent once the network is back", async () => {
  const product = await addProduct(office.api, { name: "Sin red" });
  const { context, page } = await office.enter(`/catalog/${product.id}`);
  await page.getByText("Este producto no tiene fotos").waitFor();
  await context.setOffline(true);
  await dropFiles(page, [await photo("sin red.jpg")]);
  await page.getByText("sin red.jpg").waitFor();
  await context.setOffline(false);
  await page.locator("[data-photo] [data-status=ready] img").waitFor();
  const { images } = await untilPhoto(office.api, product.id);
  expect(images).toHaveLength(1);
});

test("a double click, and Enter besides, make one product", async () => {
  const { page } = await office.enter("/catalog/new");
  const asked: string[] = [];
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await page.route("**/v1/products", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    asked.push(route.request().headers()["idempotency-key"] ?? "none");
    await answered;
    await route.continue();
  });
  await page.getByLabel("Nombre", { exact: true }).fill("Una sola vez");
  await page.getByRole("button", { name: "Crear el producto" }).dblclick();
  await page.getByLabel("Nombre", { exact: true }).press("Enter");
  answer();
  await page.getByRole("heading", { level: 1, name: "Una sola vez" }).waitFor();
  expect(await productsNamed(office.api, /^Una sola vez$/)).toHaveLength(1);
  expect(new Set(asked).size).toBe(1);
});

test("a save that takes long can be left; what really happened is told by the same key", async () => {
  const product = await addProduct(office.api, { name: "Guardado lento" });
  const { page } = await office.enter(`/catalog/${product.id}`);
  let isFirst = true;
  await page.route(`**/v1/products/${product.id}`, async (route) => {
    if (route.request().method() !== "PATCH" || !isFirst) return route.continue();
    // The change arrives; its answer never does.
    isFirst = false;
    await route.fetch();
  });
  await page.getByLabel("Nombre", { exact: true }).fill("Guardado de todos modos");
  await page.getByRole("button", { name: "Guardar", exact: true }).click();
  await page.getByText(/tardando más de lo normal/i).waitFor();
  await page.getByRole("button", { name: "Cancelar" }).click();
  await page.getByText("Ya estaba guardado cuando canceló.").waitFor();
  expect((await office.api.products.read(product.id)).product.name).toBe("Guardado de todos modos");
  await page.getByRole("button", { name: "Deshacer" }).click();
  await page.getByRole("heading", { level: 1, name: "Guardado lento" }).waitFor();
});

test("a form that somebody has touched keeps what they typed, says what another changed, and lets them choose", async () => {
  const product = await addProduct(office.api, { name: "Entre dos" });
  const { page } = await office.enter(`/catalog/${product.id}`);
  await page.getByLabel("Precio").fill("99.00");
  const { etag } = await office.api.products.read(product.id);
  await office.api.products.change(product.id, { name: "De otra persona", price: "50.00" }, etag);
  await addPhoto(office.api, product.id, await photo("de otra persona.jpg"));
  await page.locator("[data-photo] [data-status=ready] img").waitFor();
  await page.getByText("Otra persona lo cambió a «50.00».").waitFor();
  expect(await page.getByLabel("Precio").inputValue()).toBe("99.00");

  await page.getByRole("button", { name: "Guardar", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Otra persona cambió este producto" });
  await dialog.getByText("50.00").waitFor();
  await dialog.getByRole("button", { name: "Guardar lo elegido" }).click();
  await dialog.waitFor({ state: "detached" });
  const { product: saved } = await office.api.products.read(product.id);
  expect(saved).toMatchObject({ name: "De otra persona", price: "99.00" });
  await expect.poll(() => page.getByLabel("Nombre", { exact: true }).inputValue()).toBe("De otra persona");
});
