import { afterAll, beforeAll, expect, test } from "vitest";
import { ClientReports, createClient, createMutationKey, dataOf, memoryKeyStorage } from "../index.ts";
import { type RunningShop, startShop } from "../testing/running-shop.ts";
import { lifetimeMsOf } from "./cookie-session.ts";

let shop: RunningShop;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.stop());

const newSku = () => `SKU-${crypto.randomUUID()}`;

test("signing in gives calls their token; signing out takes it away, and says so", async () => {
  const client = await shop.client();
  const states: string[] = [];
  client.session.subscribe((state) => states.push(state));
  const me = await dataOf(client.http.GET("/v1/me"));
  expect(me).toMatchObject({ email: shop.credentials.email, role: "admin" });
  await client.session.signOut();
  await expect(dataOf(client.http.GET("/v1/me"))).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  expect(states).toEqual(["signed_out"]);
});

test("wrong credentials are an UNAUTHENTICATED error", async () => {
  const client = createClient({ baseUrl: shop.url });
  const attempt = client.session.signIn({ email: "nobody@bodega.test", password: "wrong" });
  await expect(attempt).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401, retryable: false });
});

test("calls at once share one token, which lives for some minutes", async () => {
  const client = await shop.client();
  const tokens = await Promise.all([client.session.token(), client.session.token(), client.session.token()]);
  expect(new Set(tokens).size).toBe(1);
  expect(lifetimeMsOf(tokens[0] ?? "")).toBeGreaterThan(2 * 60_000);
});

test("a token that the server refuses is replaced, and the call goes through", async () => {
  const real = await shop.client();
  let isFirst = true;
  const client = createClient({
    baseUrl: shop.url,
    fetch: async (request) => {
      const sent = new Request(request);
      if (isFirst && sent.headers.has("authorization")) {
        isFirst = false;
        sent.headers.set("authorization", "Bearer stale");
      }
      return fetch(sent);
    },
  });
  await client.session.signIn(shop.credentials);
  const product = await client.products.create({ sku: newSku(), name: "Yerba" });
  expect((await real.products.read(product.id)).product.name).toBe("Yerba");
});

test("one mutation key makes one product, however often it is sent; a settled one makes the next", async () => {
  const client = await shop.client();
  const storage = memoryKeyStorage();
  const product = { sku: newSku(), name: "Azúcar" };
  const first = await client.products.create(product, { idempotencyKey: createMutationKey("new", storage).value() });
  // As after a reload: another object over the same storage.
  const key = createMutationKey("new", storage);
  const second = await client.products.create(product, { idempotencyKey: key.value() });
  expect(second.id).toBe(first.id);
  key.settle();
  const third = client.products.create(product, { idempotencyKey: key.value() });
  await expect(third).rejects.toMatchObject({ code: "CONFLICT", errors: [{ path: "sku" }] });
});

test("a change needs the tag that was read, and refuses one that is old", async () => {
  const client = await shop.client();
  const { id } = await client.products.create({ sku: newSku(), name: "Arroz" });
  const { etag } = await client.products.read(id);
  const changed = await client.products.change(id, { price: "12.50" }, etag);
  expect(changed.product.price).toBe("12.50");
  const stale = client.products.change(id, { price: "13" }, etag);
  await expect(stale).rejects.toMatchObject({ code: "PRECONDITION_FAILED", status: 412 });
  await client.products.remove(id);
});

test("a body that is not valid names each place", async () => {
  const client = await shop.client();
  const attempt = client.products.create({ sku: "", name: "" });
  await expect(attempt).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
    errors: [expect.objectContaining({ path: "sku" }), expect.objectContaining({ path: "name" })],
  });
});

test("without any session, a call is refused without reaching the endpoint's work", async () => {
  const client = createClient({ baseUrl: shop.url });
  await expect(client.products.list()).rejects.toMatchObject({ status: 401 });
  expect(client.session.state).toBe("signed_out");
});

test("what clients report, the server takes", async () => {
  const client = await shop.client();
  const reports = new ClientReports({ client, storage: null, page: () => "/catalogue", release: "1.0.0" });
  reports.error(new TypeError("It broke."));
  reports.metric("thumbnail.image_error", 1);
  await reports.flush();
  expect(reports.waiting).toEqual({ errors: 0, metrics: 0 });
  const request = new Request(`${shop.url}/v1/operations/client-errors`);
  expect(await (await client.transport.send(request)).json()).toMatchObject({
    items: [{ name: "TypeError", message: "It broke.", page: "/catalogue", release: "1.0.0", count: 1 }],
  });
});
