import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestApplication, testApplication } from "../testing/test-application.ts";
import { retention } from "./retention.ts";

let shop: TestApplication;
beforeAll(async () => {
  shop = await testApplication();
});
afterAll(() => shop.close());

const run = () =>
  retention.run({
    foundation: shop.foundation,
    signal: AbortSignal.timeout(20_000),
    scheduledAt: new Date(),
    log: shop.foundation.log,
  });

it("forgets what is over its time, and nothing else", async () => {
  const { database, incidents } = shop.foundation;
  const { db } = database;
  const names = [randomUUID(), randomUUID()];
  for (const key of names) {
    await shop.foundation.events.publish(db, { topic: "test", supplierId: null, payload: { key } });
  }
  for (const key of names) {
    const incident = { key, kind: "test", severity: "info" as const, title: "It happened.", evidence: {} };
    await database.transaction((tx) => incidents.open(tx, incident));
    await database.transaction((tx) => incidents.resolve(tx, key));
    await sql`
      insert into platform.idempotency_keys (principal, method, path, key, fingerprint, status, body)
      values ('p', 'POST', '/v1/x', ${key}, ${"0".repeat(64)}, 200, '{}')
    `.execute(db);
    await sql`
      insert into platform.schedules (name, cron, time_zone) values (${`s${key.replaceAll("-", "")}`}, '* * * * *', 'UTC')
    `.execute(db);
    await sql`
      insert into platform.schedule_runs (schedule, scheduled_at, cause, status, worker_id, finished_at)
      values (${`s${key.replaceAll("-", "")}`}, now(), 'tick', 'done', ${randomUUID()}::uuid, now())
    `.execute(db);
  }
  const [old = ""] = names;
  await sql`update platform.incidents set resolved_at = now() - interval '366 days' where key = ${old}`.execute(db);
  await sql`
    update platform.events set created_at = now() - interval '8 days' where payload ->> 'key' = ${old}
  `.execute(db);
  await sql`
    update platform.idempotency_keys set created_at = now() - interval '8 days' where key = ${old}
  `.execute(db);
  await sql`
    update platform.schedule_runs set started_at = now() - interval '31 days'
    where schedule = ${`s${old.replaceAll("-", "")}`}
  `.execute(db);

  expect(await run()).toMatchObject({ events: 1, scheduleRuns: 1, idempotencyKeys: 1, incidents: 1 });
  expect(await run()).toMatchObject({ events: 0, scheduleRuns: 0, idempotencyKeys: 0, incidents: 0 });
});
