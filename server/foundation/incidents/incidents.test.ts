import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import type { Principal } from "../auth/principal.ts";
import { sequenceEvents } from "../events/queries.ts";
import type { NewIncident } from "./incident.ts";
import { Incidents } from "./incidents.ts";

const ana: Principal = { userId: "ana", role: "admin", supplierId: null, email: null };

let t: TestDatabase;
let incidents: Incidents;
beforeAll(async () => {
  t = await testDatabase();
  incidents = new Incidents({ database: t.database });
});
afterAll(() => t.drop());

const open = (incident: Partial<NewIncident> & { readonly key: string }) =>
  t.database.transaction((tx) =>
    incidents.open(tx, { kind: "dead_job", severity: "warning", title: "A job is dead.", evidence: {}, ...incident }),
  );
const resolve = (key: string) => t.database.transaction((tx) => incidents.resolve(tx, key));

/** What was said on the topic about one key, in order. */
async function phasesOf(key: string): Promise<readonly unknown[]> {
  await sequenceEvents(t.database.db, 1_000);
  const { rows } = await sql<{ readonly phase: string }>`
    select payload ->> 'phase' as phase from platform.events
    where topic = 'incidents' and payload ->> 'key' = ${key} order by position
  `.execute(t.database.db);
  return rows.map((row) => row.phase);
}

describe("incidents", () => {
  test("one is open per key: repeats are counted, evidence merged, the graver severity stays", async () => {
    const key = randomUUID();
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, n) => open({ key, evidence: { [`try${n}`]: n, last: n } })),
    );
    await open({ key, severity: "critical" });
    await open({ key, severity: "info", title: "It says more now." });
    expect(new Set(ids).size).toBe(1);
    const incident = await incidents.get(ids[0] ?? "");
    expect(incident).toMatchObject({ count: 14, severity: "critical", state: "open", title: "It says more now." });
    expect(Object.keys(incident.evidence)).toHaveLength(13);
    expect(incident.lastSeenAt.getTime()).toBeGreaterThanOrEqual(incident.openedAt.getTime());
    expect(await phasesOf(key)).toEqual(["opened", "escalated"]);
  });

  test("it ends when its cause is gone, and one that comes back is a new one", async () => {
    const key = randomUUID();
    const first = await open({ key });
    expect(await resolve(key)).toBe(true);
    expect(await resolve(key)).toBe(false);
    expect(await incidents.get(first)).toMatchObject({ state: "resolved", resolvedBy: null });
    const second = await open({ key });
    expect(second).not.toBe(first);
    expect(await phasesOf(key)).toEqual(["opened", "resolved", "opened"]);
  });

  test("a person acknowledges it once and resolves it with a reason; a resolved one is left alone", async () => {
    const key = randomUUID();
    const id = await open({ key });
    const seen = await incidents.acknowledge(id, ana);
    expect(seen).toMatchObject({ state: "acknowledged", acknowledgedBy: "ana" });
    expect(await incidents.acknowledge(id, { ...ana, userId: "bea" })).toEqual(seen);
    expect(await open({ key })).toBe(id);
    await expect(incidents.resolveByPerson(id, ana, "  ")).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    expect(await incidents.resolveByPerson(id, ana, "The disk was full.")).toMatchObject({
      state: "resolved",
      resolvedBy: "ana",
      resolution: "The disk was full.",
      count: 2,
    });
    await expect(incidents.acknowledge(id, ana)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(incidents.resolveByPerson(id, ana, "again")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(incidents.acknowledge(randomUUID(), ana)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(incidents.get("no-id")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await phasesOf(key)).toEqual(["opened", "acknowledged", "resolved"]);
  });

  test("evidence is kept up to 16 kB, however much is sent", async () => {
    const key = randomUUID();
    const id = await open({ key, evidence: { first: "x".repeat(9_000) } });
    await open({ key, evidence: { second: "y".repeat(9_000) } });
    expect(Object.keys((await incidents.get(id)).evidence)).toEqual(["second"]);
    await open({ key, evidence: { third: '"\\\u{1F4A5}\n\u0001'.repeat(20_000) } });
    expect((await incidents.get(id)).evidence).toMatchObject({ isTruncated: true });
    await open({ key: `${key}${"k".repeat(300)}`, title: "t".repeat(400) });
    expect(await resolve(`${key}${"k".repeat(300)}`)).toBe(true);
  });

  test("the list is newest first, page by page, by state", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await open({ key: randomUUID() }));
    for (const id of ids) await incidents.acknowledge(id, ana);
    const listed: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await incidents.list({ states: ["acknowledged"], limit: 2, ...(cursor && { cursor }) });
      listed.push(...page.items.map((incident) => incident.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(listed).toEqual([...ids].sort().reverse());
    await expect(incidents.list({ cursor: "nonsense" })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });
});
