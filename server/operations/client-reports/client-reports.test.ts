import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { deleteOldClientErrors, deleteOldClientMetrics } from "./queries.ts";

let shop: TestApplication;
beforeAll(async () => {
  shop = await testApplication();
});
afterAll(() => shop.close());

const report = (more: object = {}) => ({
  name: "TypeError",
  message: `It broke ${randomUUID()}`,
  page: "/catalogue",
  ...more,
});

const send = (path: string, items: readonly object[], headers = {}) =>
  shop.request({ role: "sales" }, "POST", `/v1/${path}`, { items }, headers);

async function known(message: string): Promise<object | undefined> {
  const answer = await shop.request({ role: "admin" }, "GET", "/v1/operations/client-errors?limit=200");
  const { items } = z.object({ items: z.array(z.looseObject({ message: z.string() })) }).parse(await answer.json());
  return items.find((item) => item.message === message);
}

it("what clients report is one row a kind, with how often it came and the last request", async () => {
  const error = report({ code: "TIMEOUT" });
  const first = await send("client-errors", [error, { ...error, count: 3, requestId: "r-1" }]);
  expect(first.status).toBe(202);
  await send("client-errors", [{ ...error, requestId: "r-2" }]);
  expect(await known(error.message)).toMatchObject({ code: "TIMEOUT", count: 5, lastRequestId: "r-2" });
});

it("a batch that is sent twice with one key counts once", async () => {
  const error = report();
  const key = { "idempotency-key": randomUUID() };
  await send("client-errors", [error], key);
  await send("client-errors", [error], key);
  expect(await known(error.message)).toMatchObject({ count: 1 });
});

it("text that PostgreSQL cannot hold is kept without what it cannot hold", async () => {
  const { message } = report();
  expect((await send("client-errors", [report({ message: `${message}\0`, stack: "cut \ud83d" })])).status).toBe(202);
  expect(await known(message)).toMatchObject({ stack: "cut \ufffd" });
});

it("metrics are summed by name, page and hour", async () => {
  const name = `test.${randomUUID()}`;
  const page = "/catalogue";
  expect(
    (
      await send("client-metrics", [
        { name, value: 2, page },
        { name, value: 6, page },
      ])
    ).status,
  ).toBe(202);
  await send("client-metrics", [{ name, value: 1, page }]);
  const { rows } = await sql`
    select sum(count)::int as count, sum(total) as total, min(least) as least, max(most) as most
    from operations.client_metrics where name = ${name}
  `.execute(shop.database.db);
  expect(rows).toEqual([{ count: 3, total: 9, least: 1, most: 6 }]);
});

it("who shows no token, sends too much, or sends something else is refused", async () => {
  for (const path of ["client-errors", "client-metrics"]) {
    expect((await shop.request(null, "POST", `/v1/${path}`, { items: [] })).status).toBe(401);
    expect(
      (
        await send(
          path,
          Array.from({ length: 101 }, () => report({ value: 1 })),
        )
      ).status,
    ).toBe(400);
    expect((await send(path, [{ page: 1 }])).status).toBe(400);
  }
  const list = await shop.request({ role: "sales" }, "GET", "/v1/operations/client-errors");
  expect(list.status).toBe(403);
});

it("a client that reports without end is slowed down", async () => {
  const statuses = new Set<number>();
  for (let n = 0; n < 80; n++) {
    const caller = { role: "supplier", supplierId: "00000000-0000-7000-8000-000000000001" } as const;
    statuses.add((await shop.request(caller, "POST", "/v1/client-metrics", { items: [] })).status);
  }
  expect(statuses).toEqual(new Set([202, 429]));
});

it("what is over its time goes", async () => {
  const { db } = shop.database;
  const { message } = report();
  await send("client-errors", [report({ message })]);
  await sql`
    update operations.client_errors set last_seen_at = now() - interval '91 days' where message = ${message}
  `.execute(db);
  await sql`
    insert into operations.client_metrics (hour, name, page, count, total, least, most)
    values (now() - interval '91 days', 'old', '/', 1, 1, 1, 1)
  `.execute(db);
  expect(await deleteOldClientErrors(db, 90, 10)).toBe(1);
  expect(await deleteOldClientMetrics(db, 90, 10)).toBe(1);
  expect(await known(message)).toBeUndefined();
});
