import { afterEach, expect, test } from "vitest";
import { createClient } from "../index.ts";
import { type Answer, cut, type FaultyServer, faultyServer, json, problem, silent } from "../testing/faulty-server.ts";
import { BodegaError } from "./bodega-error.ts";

const servers: FaultyServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function server(...answers: readonly Answer[]): Promise<FaultyServer> {
  const started = await faultyServer(...answers);
  servers.push(started);
  return started;
}

const clientOf = ({ url }: FaultyServer, options: Parameters<typeof createClient>[0] = {}) =>
  createClient({ baseUrl: url, getToken: () => "a-token", ...options });

const newProduct = { sku: "A", name: "A" };

test("a read is tried again after a cut connection and after 503, under one request id and one trace", async () => {
  const shop = await server(cut, problem(503, "SERVICE_UNAVAILABLE"), json(200, { items: [], nextCursor: null }));
  expect(await clientOf(shop).products.list()).toEqual({ items: [], nextCursor: null });
  expect(shop.requests).toHaveLength(3);
  expect(new Set(shop.requests.map(({ headers }) => headers["x-request-id"])).size).toBe(1);
  const traces = shop.requests.map(({ headers }) => String(headers.traceparent).split("-"));
  expect(new Set(traces.map(([, traceId]) => traceId)).size).toBe(1);
  expect(new Set(traces.map(([, , spanId]) => spanId)).size).toBe(3);
  expect(shop.requests[0]?.headers.authorization).toBe("Bearer a-token");
});

test("a write without an idempotency key is never sent twice", async () => {
  const shop = await server(cut);
  const error = await clientOf(shop)
    .products.create(newProduct)
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: "NETWORK", status: 0, retryable: true });
  expect(shop.requests).toHaveLength(1);
});

test("a write with an idempotency key is tried again with the same key and body", async () => {
  const shop = await server(cut, problem(409, "REQUEST_IN_PROGRESS", { "retry-after": "0" }), json(201, { id: "p" }));
  await clientOf(shop).products.create(newProduct, { idempotencyKey: "key-1" });
  expect(shop.requests.map(({ headers }) => headers["idempotency-key"])).toEqual(["key-1", "key-1", "key-1"]);
  expect(new Set(shop.requests.map(({ body }) => body))).toEqual(new Set([JSON.stringify(newProduct)]));
});

test("what another try cannot help is said at once, with everything the server said", async () => {
  const shop = await server(problem(409, "CONFLICT"));
  const error = await clientOf(shop)
    .products.create(newProduct, { idempotencyKey: "k" })
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(BodegaError);
  expect(error).toMatchObject({
    code: "CONFLICT",
    status: 409,
    detail: "Said CONFLICT.",
    requestId: "r1",
    retryable: false,
  });
  expect(shop.requests).toHaveLength(1);
});

test("a wait that the server asks for and that does not fit the time limit is handed to the caller", async () => {
  const shop = await server(problem(429, "RATE_LIMITED", { "retry-after": "60" }));
  await expect(clientOf(shop).products.list()).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 60_000 });
  expect(shop.requests).toHaveLength(1);
});

test("a server that never answers is an error within the time limit", async () => {
  const shop = await server(silent);
  await expect(clientOf(shop, { timeoutMs: 200 }).products.list()).rejects.toMatchObject({
    code: "TIMEOUT",
    retryable: true,
  });
});

test("an answer whose body never ends is an error within the time limit", async () => {
  const shop = await server((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"items":');
  });
  await expect(clientOf(shop, { timeoutMs: 200 }).products.list()).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a call that its caller aborts rejects with the caller's reason", async () => {
  const shop = await server(silent);
  const abort = new AbortController();
  const call = clientOf(shop).products.list({}, { signal: abort.signal });
  const reason = new Error("gone elsewhere");
  abort.abort(reason);
  await expect(call).rejects.toBe(reason);
});

test("a page of something in between is not taken for an answer", async () => {
  const shop = await server((response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<h1>Accept the terms of this network</h1>");
  });
  await expect(clientOf(shop).products.list()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
});

test("an error that is no problem document still has a code, a status and a request id", async () => {
  const shop = await server((response) => {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("nope");
  });
  const sent = clientOf(shop).products.list();
  await expect(sent).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER", status: 404, requestId: expect.any(String) });
});
