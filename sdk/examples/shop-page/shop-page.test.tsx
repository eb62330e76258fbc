import { productsQuery } from "@bodega/sdk/react";
import { QueryClient } from "@tanstack/react-query";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { UploadQueue } from "../../index.ts";
import { newPhoto } from "../../testing/photos.ts";
import { type RunningShop, startShop } from "../../testing/running-shop.ts";
import { ShopPage } from "./shop-page.tsx";

let shop: RunningShop;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.stop());

test("the shop page shows a product of a real shop with its photo, once that has its thumbnails", async () => {
  const client = await shop.client();
  const uploads = new UploadQueue({ client });
  const file = newPhoto();
  const product = { sku: `SKU-${crypto.randomUUID()}`, name: "Dulce de leche", price: "8.90", currency: "ARS" };
  await uploads.add([{ file, fileName: file.name, target: { product } }]);
  await uploads.idle();
  uploads.close();

  const queryClient = new QueryClient();
  const page = async () => {
    await queryClient.fetchInfiniteQuery({ ...productsQuery(client), staleTime: 0 });
    return renderToString(<ShopPage client={client} queryClient={queryClient} />);
  };
  await vi.waitFor(async () => expect(await page()).toContain('data-status="ready"'), { timeout: 20_000 });
  const html = await page();
  expect(html).toContain("Dulce de leche");
  expect(html).toContain("8.90");
  // The blurred stand-in is there before any byte of the picture.
  expect(html).toContain("data:image/png;base64,");
  queryClient.clear();
});
