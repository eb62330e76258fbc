import { afterEach, expect, test } from "vitest";
import { BodegaError, ClientReports, createClient, memoryKeyStorage } from "../index.ts";
import { type Answer, cut, type FaultyServer, faultyServer, json, problem } from "../testing/faulty-server.ts";
import { pagePath, redact } from "./redact.ts";

const servers: FaultyServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function reporting(storage = memoryKeyStorage(), ...answers: readonly Answer[]) {
  const server = await faultyServer(...answers);
  servers.push(server);
  const client = createClient({ baseUrl: server.url, getToken: () => "t", attemptsMax: 1 });
  const reports = new ClientReports({ client, storage, page: () => "/products/1" });
  return { server, reports };
}

const sent = (server: FaultyServer) => server.requests.map(({ path, body }) => [path, JSON.parse(body)] as const);

test("errors and metrics go in one batch each, an error that repeats as one with its count", async () => {
  const { server, reports } = await reporting(memoryKeyStorage(), json(202, {}));
  const error = new BodegaError({ code: "NETWORK", status: 0, detail: "gone", requestId: "r-1" });
  reports.error(error);
  reports.error(error);
  reports.metric("thumbnail.image_error", 1);
  await reports.flush();
  expect(sent(server)).toEqual([
    ["/v1/client-errors", { items: [expect.objectContaining({ code: "NETWORK", requestId: "r-1", count: 2 })] }],
    ["/v1/client-metrics", { items: [expect.objectContaining({ name: "thumbnail.image_error", value: 1 })] }],
  ]);
  expect(reports.waiting).toEqual({ errors: 0, metrics: 0 });
});

test("what cannot be sent is kept, over a reload too, and sent when it can be", async () => {
  const storage = memoryKeyStorage();
  const offline = await reporting(storage, cut);
  offline.reports.error(new Error("first"));
  await offline.reports.flush();
  expect(offline.reports.waiting.errors).toBe(1);
  const online = await reporting(storage, json(202, {}));
  expect(online.reports.waiting.errors).toBe(1);
  await online.reports.flush();
  expect(online.reports.waiting.errors).toBe(0);
});

test("what the server will never take is not offered again", async () => {
  const { server, reports } = await reporting(memoryKeyStorage(), problem(400, "VALIDATION_FAILED"));
  reports.error(new Error("odd"));
  await reports.flush();
  await reports.flush();
  expect(server.requests).toHaveLength(1);
});

test("however much goes wrong, a bounded number waits, and a bounded number goes at once", async () => {
  const { server, reports } = await reporting(memoryKeyStorage(), json(202, {}));
  for (let n = 0; n < 500; n++) reports.metric(`metric.${n}`, n);
  expect(reports.waiting.metrics).toBe(200);
  await reports.flush();
  expect(sent(server)[0]?.[1].items).toHaveLength(50);
});

test("a batch that may have arrived is repeated under its key, and fits what browsers send while a page goes away", async () => {
  const { server, reports } = await reporting(memoryKeyStorage(), cut, json(202, {}));
  for (let n = 0; n < 40; n++) {
    const error = new Error(`Error ${"abcdefghij".charAt(n % 10).repeat(n + 1)}`);
    error.stack = "ñ".repeat(4_000);
    reports.error(error);
  }
  await reports.flush();
  await reports.flush();
  const [first, second] = server.requests;
  expect(second?.headers["idempotency-key"]).toBe(first?.headers["idempotency-key"]);
  expect(second?.body).toBe(first?.body);
  for (const { headers } of server.requests) expect(Number(headers["content-length"])).toBeLessThan(64 * 1024);
  expect(reports.waiting.errors).toBeGreaterThan(0);
});

test("nothing personal leaves: addresses, tokens, numbers, ids, queries", () => {
  const id = crypto.randomUUID();
  expect(redact(`ana@shop.test said 4111 1111 1111 1111 of ${id}`, 500)).toBe("<email> said <number> of <id>");
  expect(redact("Bearer eyJhbGciOi.eyJzdWIi.c2ln failed", 500)).toBe("Bearer <token> failed");
  expect(redact("GET https://shop.test/v1/products?query=ana failed", 500)).not.toContain("ana");
  expect(pagePath(`https://shop.test/products/${id}?q=ana#x`)).toBe("/products/<id>");
  expect(redact("x".repeat(900), 500)).toHaveLength(500);
});
