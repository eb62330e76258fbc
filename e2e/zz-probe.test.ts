import { afterAll, beforeAll, test } from "vitest";
import { type Office, openOffice } from "./support/office.ts";
import { photos } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";
let office: Office;
beforeAll(async () => { office = await openOffice(); });
afterAll(() => office.close());
test("probe", async () => {
  const product = await addProduct(office.api, { name: "Mate amargo", photos: await photos(3, (n) => `mate ${n}.jpg`) });
  await untilPhoto(office.api, product.id);
  const { page, quiet } = await office.enter(`/catalog?product=${product.id}`);
  await page.getByRole("dialog").getByText("Datos").waitFor();
  await quiet();
  console.log(await page.getByRole("dialog").ariaSnapshot());
  console.log(await page.getByRole("dialog").count(), await page.getByRole("dialog").getByRole("button", { name: "Ver la foto 1", exact: true }).count());
  console.log(await page.locator("[data-photo]").first().evaluate((e) => e.outerHTML));
});
