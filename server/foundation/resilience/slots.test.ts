import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { Slots } from "./slots.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const never = new AbortController().signal;

test("thirty callers in three processes are never more than two at once, and all have their turn", async () => {
  const databases = [t.database, openTestDatabase(t.url), openTestDatabase(t.url)];
  const name = `test-${randomUUID()}`;
  let now = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const slot = await new Slots({ database: databases[n % 3] ?? t.database }).take(name, 2, never);
      now += 1;
      most = Math.max(most, now);
      await slot.renew();
      now -= 1;
      await slot.free();
    }),
  );
  expect(most).toBe(2);
  for (const database of databases.slice(1)) await database.close();
});

test("the place of a process that died is free again when its lease runs out", async () => {
  const name = `test-${randomUUID()}`;
  const slots = new Slots({ database: t.database });
  await slots.take(name, 1, never);
  const waiting = slots.take(name, 1, never);
  await sql`update platform.slots set expires_at = clock_timestamp() where name = ${name}`.execute(t.database.db);
  await (await waiting).free();
});

test("who does not want to wait any more takes no place", async () => {
  const name = `test-${randomUUID()}`;
  const slots = new Slots({ database: t.database });
  const held = await slots.take(name, 1, never);
  const leaving = new AbortController();
  const waiting = slots.take(name, 1, leaving.signal).catch((error: unknown) => error);
  leaving.abort(new Error("away"));
  expect(await waiting).toMatchObject({ message: "away" });
  await held.free();
  await (await slots.take(name, 1, never)).free();
});
