import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openTestDatabase, type TestDatabase, testDatabase, testLogger } from "../../testing/test-database.ts";
import type { Principal } from "../auth/principal.ts";
import type { Database } from "../database/database.ts";
import type { Topic } from "../module.ts";
import type { EventRecord } from "./event-record.ts";
import { Events, type EventsOptions } from "./events.ts";
import { expireEvents } from "./expiry.ts";
import { sequenceEvents } from "./queries.ts";

const photos: Topic = { name: "product-images", permission: "catalog:read" };
const incidents: Topic = { name: "incidents", permission: "operations:manage" };
const admin: Principal = { userId: "admin", role: "admin", supplierId: null, email: null };

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

/** An `Events` as a process of its own would have it, closed at the end of the test. */
async function startedEvents(options: Partial<EventsOptions> = {}): Promise<Events> {
  const events = new Events({ database: t.database, log: testLogger(), ...options });
  await events.start();
  onTestFinished(() => events.close());
  return events;
}

async function publish(events: Events, payload: object, options: { topic?: string; supplierId?: string } = {}) {
  return t.database.transaction((tx) =>
    events.publish(tx, {
      topic: options.topic ?? photos.name,
      supplierId: options.supplierId ?? null,
      payload: { ...payload },
    }),
  );
}

/** Reads on until it has `count` events, then leaves. */
async function take(
  events: Events,
  count: number,
  options: { after: number | null; principal?: Principal; topics?: readonly Topic[] },
): Promise<readonly EventRecord[]> {
  const taken: EventRecord[] = [];
  const { after, principal = admin, topics = [photos] } = options;
  const subscription = events.subscribe({ topics, principal, after, signal: AbortSignal.timeout(20_000) });
  for await (const event of subscription) if (taken.push(event) === count) break;
  return taken;
}

const idsOf = (records: readonly EventRecord[]) => records.map((record) => record.id);

/** Every numbered event, as the database has them. */
async function stored(after: number): Promise<readonly { readonly id: string; readonly position: number }[]> {
  const { rows } = await sql<{ readonly id: string; readonly position: number }>`
    select id, position::float8 as position from platform.events where position > ${after} order by events.position
  `.execute(t.database.db);
  return rows;
}

/** Commits `total` events through transactions that overlap and end in any order. */
async function commitOutOfOrder(events: Events, database: Database, total: number): Promise<void> {
  const open: Awaited<ReturnType<typeof begin>>[] = [];
  const begin = () => database.db.startTransaction().execute();
  for (let made = 0; made < total; ) {
    if (open.length < 8) open.push(await begin());
    const chosen = open[Math.floor(Math.random() * open.length)];
    if (chosen === undefined) continue;
    await events.publish(chosen, { topic: photos.name, supplierId: null, payload: { made } });
    made += 1;
    if (Math.random() < 0.4) {
      open.splice(open.indexOf(chosen), 1);
      await chosen.commit().execute();
    }
  }
  while (open.length > 0) await open.pop()?.commit().execute();
}

describe("the order of events", () => {
  test("an event exists if and only if its transaction commits, in the order of publishing", async () => {
    const events = await startedEvents();
    const after = await events.positionToResume(null);
    await expect(
      t.database.transaction(async (tx) => {
        await events.publish(tx, { topic: photos.name, supplierId: null, payload: {} });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    const published = await t.database.transaction(async (tx) => {
      const ids: string[] = [];
      for (let n = 0; n < 30; n += 1) {
        ids.push(await events.publish(tx, { topic: photos.name, supplierId: null, payload: { n } }));
      }
      return ids;
    });
    const read = await take(events, 30, { after });
    expect(idsOf(read)).toEqual(published);
    expect(read.map((event) => event.payload.n)).toEqual(published.map((_, n) => n));
  });

  test("a transaction that stays open delays its own events only, and they come when it commits", async () => {
    const events = await startedEvents();
    const after = await events.positionToResume(null);
    const slow = await t.database.db.startTransaction().execute();
    const late = await events.publish(slow, { topic: photos.name, supplierId: null, payload: { late: true } });
    const early = await publish(events, { late: false });
    const first = await take(events, 1, { after });
    expect(idsOf(first)).toEqual([early]);
    await slow.commit().execute();
    expect(idsOf(await take(events, 1, { after: first[0]?.position ?? null }))).toEqual([late]);
  });

  test("many callers number at once without a gap, a repeat, or a position behind one that was seen", async () => {
    const events = await startedEvents();
    const after = await events.positionToResume(null);
    let isWriting = true;
    const seen: number[][] = [];
    const callers = [1, 2, 3, 4].map(async () => {
      while (isWriting) {
        await sequenceEvents(t.database.db, 7);
        seen.push((await stored(after)).map((event) => event.position));
      }
    });
    await commitOutOfOrder(events, t.database, 120);
    isWriting = false;
    await Promise.all(callers);
    const all = await take(events, 120, { after });
    expect(all.map((event) => event.position)).toEqual(all.map((_, index) => after + 1 + index));
    // Whatever anyone saw was a beginning of the whole, never one with a hole that was filled later.
    expect(seen.filter((positions) => positions.some((position, index) => position !== after + 1 + index))).toEqual([]);
  });

  test("20 readers cut and resumed at random on two processes see every event once, in order", async () => {
    const other = openTestDatabase(t.url);
    const first = await startedEvents();
    const second = await startedEvents({ database: other, tailEventsMax: 64 });
    const total = 400;
    const after = await first.positionToResume(null);
    const readers = Array.from({ length: 20 }, async () => {
      const ids: string[] = [];
      let position = after;
      while (ids.length < total) {
        const count = Math.min(total - ids.length, 1 + Math.floor(Math.random() * 60));
        for (const event of await takeOrFallBehind(Math.random() < 0.5 ? first : second, count, position)) {
          ids.push(event.id);
          position = event.position;
        }
      }
      return ids;
    });
    await commitOutOfOrder(first, t.database, total);
    const seen = await Promise.all(readers);
    const expected = (await stored(after)).map((event) => event.id);
    expect(expected).toHaveLength(total);
    for (const ids of seen) expect(ids).toEqual(expected);
    await second.close();
    await other.close();
  }, 40_000);
});

/** As `take`, but a reader who is dropped for being slow leaves with what they have. */
async function takeOrFallBehind(events: Events, count: number, after: number): Promise<readonly EventRecord[]> {
  const taken: EventRecord[] = [];
  const signal = AbortSignal.timeout(30_000);
  try {
    for await (const event of events.subscribe({ topics: [photos], principal: admin, after, signal })) {
      if (taken.push(event) === count) break;
      if (Math.random() < 0.02) await new Promise((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    expect(error).toMatchObject({ code: "READER_TOO_SLOW" });
  }
  return taken;
}

describe("readers", () => {
  test("one who falls out of the tail is dropped, and resumes without a gap", async () => {
    const events = await startedEvents({ tailEventsMax: 10 });
    const after = await events.positionToResume(null);
    const reading = events
      .subscribe({ topics: [photos], principal: admin, after, signal: AbortSignal.timeout(20_000) })
      [Symbol.asyncIterator]();
    const ids = [await publish(events, { n: 0 })];
    const first = await reading.next();
    expect(first.value?.id).toBe(ids[0]);
    // While this reader is busy with the first, twenty more go by.
    for (let n = 1; n <= 20; n += 1) ids.push(await publish(events, { n }));
    await expect.poll(() => events.positionToResume(null), { timeout: 20_000 }).toBe(after + 21);
    await expect(reading.next()).rejects.toMatchObject({ code: "READER_TOO_SLOW" });
    expect(idsOf(await take(events, 20, { after: first.value?.position ?? null }))).toEqual(ids.slice(1));
  });

  test("a seller gets the events of their own supplier only; a topic beyond the role is refused", async () => {
    const events = await startedEvents();
    const supplierId = randomUUID();
    const seller: Principal = { userId: "seller", role: "supplier", supplierId, email: null };
    const after = await events.positionToResume(null);
    await publish(events, {});
    await publish(events, {}, { supplierId: randomUUID() });
    await publish(events, {}, { topic: incidents.name, supplierId });
    const own = await publish(events, {}, { supplierId });
    expect(idsOf(await take(events, 1, { after, principal: seller }))).toEqual([own]);
    // The same from the database as from memory.
    const late = await startedEvents();
    expect(idsOf(await take(late, 1, { after, principal: seller }))).toEqual([own]);
    const signal = AbortSignal.timeout(1_000);
    expect(() => events.subscribe({ topics: [incidents], principal: seller, after, signal })).toThrow(
      expect.objectContaining({ code: "FORBIDDEN" }),
    );
    const nobody = { ...seller, supplierId: null };
    expect(() => events.subscribe({ topics: [photos], principal: nobody, after, signal })).toThrow(
      expect.objectContaining({ code: "FORBIDDEN" }),
    );
  });

  test("closing and aborting end the iteration; too many readers are refused", async () => {
    const events = await startedEvents({ subscribersMax: 2 });
    const leaving = new AbortController();
    const subscribe = (signal: AbortSignal) =>
      events.subscribe({ topics: [photos], principal: admin, after: null, signal });
    const read = async (signal: AbortSignal) => {
      for await (const _ of subscribe(signal));
      return "ended";
    };
    const readers = [read(leaving.signal), read(AbortSignal.timeout(20_000))];
    expect(() => subscribe(leaving.signal)).toThrow(expect.objectContaining({ code: "SERVICE_UNAVAILABLE" }));
    leaving.abort();
    expect(await readers[0]).toBe("ended");
    await events.close();
    expect(await readers[1]).toBe("ended");
  });

  test("a killed LISTEN connection comes back, and nothing is lost meanwhile", async () => {
    const events = await startedEvents();
    const after = await events.positionToResume(null);
    const reading = take(events, 60, { after });
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      if (n % 20 === 10) expect(await killListeners()).toBeGreaterThan(0);
      ids.push(await publish(events, { n }));
    }
    expect(idsOf(await reading)).toEqual(ids);
  });
});

/** Ends this database's LISTEN connections; waits until there is one to end. */
async function killListeners(): Promise<number> {
  let killed = 0;
  await expect
    .poll(
      async () => {
        const { rows } = await sql<{ readonly killed: boolean }>`
        select pg_terminate_backend(pid) as killed
        from pg_stat_activity
        where datname = current_database() and application_name = 'bodega-listener'
      `.execute(t.database.db);
        killed = rows.length;
        return killed;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(0);
  return killed;
}

describe("expiry", () => {
  test("old events go in order, their readers are told, and the others read on", async () => {
    const events = await startedEvents();
    const after = await events.positionToResume(null);
    for (let n = 0; n < 5; n += 1) await publish(events, { n });
    const [, , third] = await take(events, 5, { after });
    await sql`
      update platform.events set created_at = now() - interval '8 days' where position <= ${third?.position ?? 0}
    `.execute(t.database.db);
    const week = new Date(Date.now() - 7 * 24 * 60 * 60 * 1_000);
    expect(await expireEvents(t.database, week)).toBe(third?.position);
    expect(await expireEvents(t.database, week)).toBe(0);

    await expect(events.positionToResume(after)).rejects.toMatchObject({ code: "EVENTS_EXPIRED", status: 410 });
    const other = await startedEvents();
    await expect(take(other, 1, { after })).rejects.toMatchObject({ code: "EVENTS_EXPIRED" });
    await expect(events.positionToResume(1e12)).rejects.toMatchObject({ code: "EVENTS_EXPIRED" });
    const resumable = await events.positionToResume(third?.position ?? null);
    expect((await take(other, 2, { after: resumable })).map((event) => event.payload.n)).toEqual([3, 4]);
  });
});
