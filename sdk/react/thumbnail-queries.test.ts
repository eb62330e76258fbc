import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { createClient, type Product, type ProductImagesEvent } from "../index.ts";
import { type FaultyServer, faultyServer, json } from "../testing/faulty-server.ts";
import { allThumbnails, imageOf, productWith } from "../testing/products.ts";
import { productKeys, productQuery, productsQuery } from "./product-queries.ts";
import { createBodegaServices } from "./services.ts";

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const generating = productWith([imageOf("p", { id: "i", thumbnailState: "generating" })], {
  id: "p",
  imagesRevision: 1,
});

const ready = productWith(
  [
    imageOf("p", {
      id: "i",
      thumbnailState: "ready",
      thumbnails: allThumbnails,
      thumbnailUrl: allThumbnails.desktop,
      thumbnailSignature: "s",
    }),
  ],
  { id: "p", imagesRevision: 2, updatedAt: "2026-01-01T00:00:00.000Z" },
);

const event = (phase: ProductImagesEvent["phase"], more: Partial<ProductImagesEvent> = {}): ProductImagesEvent => ({
  id: "e",
  productId: "p",
  imageId: "i",
  phase,
  revision: 2,
  traceId: null,
  at: "2026-01-01T00:00:01.000Z",
  ...more,
});

const readyEvent = event("thumbnails_ready", { thumbnails: allThumbnails, newSignature: "s" });

/** The services over a shop whose one product is what `now` says when it is asked. */
async function services(now: {
  product: Product;
}): Promise<ReturnType<typeof createBodegaServices> & { server: FaultyServer }> {
  const server = await faultyServer((response, request) => {
    const isList = !request.path.startsWith("/v1/products/");
    json(200, isList ? { items: [now.product], nextCursor: null } : now.product)(response);
  });
  const queryClient = new QueryClient();
  const made = createBodegaServices({
    client: createClient({ baseUrl: server.url, getToken: () => "t" }),
    queryClient,
  });
  stops.push(
    () => server.stop(),
    () => made.cache.close(),
    () => queryClient.clear(),
  );
  return { ...made, server };
}

const keysOf = (queryClient: QueryClient) =>
  queryClient
    .getQueryCache()
    .findAll({ queryKey: ["bodega", "thumbnail"] })
    .map(({ queryKey }) => queryKey.slice(2));

test("a thumbnail lives under the key of its phase until it is final, then under the stable key alone", async () => {
  const now = { product: generating };
  const { thumbnails, queryClient, debug } = await services(now);
  await queryClient.fetchQuery(thumbnails.query("p", thumbnails.phase("p")));
  expect(keysOf(queryClient)).toEqual([["p", "base_insert"]]);
  thumbnails.apply(readyEvent);
  expect(keysOf(queryClient)).toEqual([["p"]]);
  expect(thumbnails.phase("p")).toBe("thumbnails_ready");
  expect(debug.info()).toMatchObject({ cacheEfficiency: 1, counts: { transient_fetch: 1, cache_promote: 1 } });
});

test("promotion fetches nothing and invalidates nothing", async () => {
  const { thumbnails, queryClient, server } = await services({ product: generating });
  await queryClient.fetchQuery(thumbnails.query("p", "base_insert"));
  const asked = server.requests.length;
  thumbnails.apply(readyEvent);
  const stable = queryClient.getQueryState(thumbnails.query("p", "thumbnails_ready").queryKey);
  expect(stable?.isInvalidated).toBe(false);
  const observer = new QueryObserver(queryClient, thumbnails.query("p", thumbnails.phase("p")));
  stops.push(observer.subscribe(() => undefined));
  expect(observer.getCurrentResult()).toMatchObject({ isStale: false, fetchStatus: "idle" });
  expect(server.requests.length).toBe(asked);
});

test("an answer that was on its way before the event does not take the thumbnail back", async () => {
  const now = { product: generating };
  const { cache, queryClient, client } = await services(now);
  const query = productQuery(client, "p");
  await queryClient.fetchQuery(query);
  cache.apply(readyEvent);
  expect(queryClient.getQueryData(query.queryKey)?.known.arrived).toHaveProperty("i");
  await queryClient.fetchQuery({ ...query, staleTime: 0 });
  expect(queryClient.getQueryData(query.queryKey)?.known.arrived).toHaveProperty("i");
  now.product = ready;
  await queryClient.fetchQuery({ ...query, staleTime: 0 });
  expect(queryClient.getQueryData(query.queryKey)?.known).toMatchObject({ answer: { imagesRevision: 2 }, arrived: {} });
});

test("an event with its thumbnails shows in the product and in every list, without a request", async () => {
  const { cache, queryClient, client, server } = await services({ product: generating });
  await queryClient.fetchQuery(productQuery(client, "p"));
  await queryClient.fetchInfiniteQuery(productsQuery(client));
  await queryClient.fetchInfiniteQuery(productsQuery(client, { query: "yerba" }));
  const asked = server.requests.length;
  cache.apply(readyEvent);
  for (const filters of [{}, { query: "yerba" }]) {
    const data = queryClient.getQueryData(productsQuery(client, filters).queryKey);
    expect(data?.pages[0]?.items[0]?.arrived).toHaveProperty("i");
  }
  expect(server.requests.length).toBe(asked);
});

test("a storm of events makes one refresh of that product", async () => {
  const now = { product: generating };
  const { cache, queryClient, client, server, debug } = await services(now);
  await queryClient.fetchInfiniteQuery(productsQuery(client));
  const asked = server.requests.length;
  now.product = { ...ready, images: [{ ...ready.images[0], ...imageOf("p", { id: "k" }) }], imagesRevision: 9 };
  for (let revision = 2; revision < 9; revision++) cache.apply(event("base_insert", { imageId: "k", revision }));
  const key = productsQuery(client).queryKey;
  await vi.waitFor(() => {
    expect(queryClient.getQueryData(key)?.pages[0]?.items[0]?.answer.imagesRevision).toBe(9);
  });
  expect(server.requests.length).toBe(asked + 1);
  expect(debug.info().counts).toMatchObject({ refresh: 1, event_coalesced: 6 });
});

test("an event about a product that nobody looks at costs nothing", async () => {
  const { cache, queryClient, server } = await services({ product: generating });
  cache.apply(event("base_insert"));
  cache.apply(readyEvent);
  expect(server.requests).toEqual([]);
  expect(queryClient.getQueryCache().findAll({ queryKey: productKeys.all })).toEqual([]);
});

test("the debug info remembers the latest events and how long thumbnails took", async () => {
  const { cache, debug } = await services({ product: generating });
  cache.apply(event("base_insert", { revision: 1, at: "2026-01-01T00:00:00.000Z" }));
  cache.apply(readyEvent);
  expect(debug.info()).toMatchObject({ timeToReadyP50Ms: 1_000, timeToReadyP95Ms: 1_000, counts: { event: 2 } });
  for (let n = 0; n < 500; n++) debug.record("refresh");
  expect(debug.info().recent).toHaveLength(200);
});
