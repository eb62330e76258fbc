import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openTestDatabase, type TestDatabase, testDatabase, testLogger } from "../../testing/test-database.ts";
import type { Principal } from "../auth/principal.ts";
import { sqlState } from "../database/database.ts";
import { Events } from "../events/events.ts";
import { Incidents } from "../incidents/incidents.ts";
import type { SettingDefinition } from "../module.ts";
import { Settings, type SettingsOptions } from "./settings.ts";

const admin: Principal = { userId: "ana", role: "admin", supplierId: null, email: null };

const webpPolicy: SettingDefinition<"transcode" | "skip"> = {
  key: "images.webpPolicy",
  schema: z.enum(["transcode", "skip"]),
  fallback: "transcode",
  description: "What happens to WebP originals.",
  isPublic: true,
};
const pixelsMax: SettingDefinition<number> = {
  key: "images.pixelsMax",
  schema: z.int().min(1).max(100_000_000),
  fallback: 50_000_000,
  description: "The largest picture.",
  isPublic: false,
};

let t: TestDatabase;
let incidents: Incidents;
beforeAll(async () => {
  t = await testDatabase();
  incidents = new Incidents({ database: t.database });
});
afterAll(() => t.drop());

async function settingsOf(options: Partial<SettingsOptions> = {}): Promise<Settings> {
  const settings = new Settings({ database: t.database, log: testLogger(), incidents, ...options });
  await settings.register([webpPolicy, pixelsMax]);
  return settings;
}

const forget = () => sql`delete from platform.app_settings`.execute(t.database.db);

describe("settings", () => {
  test("without a stored value the fallback holds; a set one holds at once, and its history is kept", async () => {
    await forget();
    const settings = await settingsOf();
    expect(await settings.get(webpPolicy)).toBe("transcode");
    await settings.set(webpPolicy, "skip", admin);
    expect(await settings.get(webpPolicy)).toBe("skip");
    await settings.set(webpPolicy, "skip", { ...admin, userId: "same again" });
    await settings.set(webpPolicy, "transcode", { ...admin, userId: "bea" });
    const first = await settings.history(webpPolicy.key, { limit: 1 });
    expect(first.items).toMatchObject([{ changedBy: "bea", oldValue: "skip", newValue: "transcode" }]);
    const second = await settings.history(webpPolicy.key, { limit: 1, cursor: first.nextCursor ?? "" });
    expect(second.items).toMatchObject([{ changedBy: "ana", oldValue: null, newValue: "skip" }]);
    expect(await settings.list()).toMatchObject([
      { key: "images.pixelsMax", value: 50_000_000, isSet: false, isValid: true, updatedBy: null },
      { key: "images.webpPolicy", value: "transcode", isSet: true, isValid: true, updatedBy: "bea" },
    ]);
  });

  test("refuses keys that nobody declared and values that do not fit", async () => {
    const settings = await settingsOf();
    const unknown = { ...webpPolicy, key: "images.unknown" };
    await expect(settings.set(unknown, "skip", admin)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(() => settings.definition("images.unknown")).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    await expect(settings.set(settings.definition(pixelsMax.key), "many", admin)).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      errors: [{ path: "value" }],
    });
    await expect(settings.register([webpPolicy])).rejects.toThrow("declared twice");
    const unfit: SettingDefinition<string> = { ...unknown, fallback: "neither" };
    await expect(settings.register([unfit])).rejects.toThrow();
  });

  test("another instance sees a change, told by NOTIFY or by itself", async () => {
    await forget();
    const database = openTestDatabase(t.url);
    const events = new Events({ database, log: testLogger() });
    const told = await settingsOf({ database, notifications: events.notifications });
    await events.start();
    const untold = await settingsOf({ database });
    const settings = await settingsOf();
    expect([await told.get(pixelsMax), await untold.get(pixelsMax)]).toEqual([50_000_000, 50_000_000]);
    await settings.set(pixelsMax, 7, admin);
    await expect.poll(() => told.get(pixelsMax), { timeout: 5_000 }).toBe(7);
    await expect.poll(() => untold.get(pixelsMax), { timeout: 5_000 }).toBe(7);
    await events.close();
    await database.close();
  });

  test("a stored value that does not fit is told once as an incident, and the fallback holds until it is put right", async () => {
    await forget();
    await sql`insert into platform.app_settings (key, value, updated_by) values ('images.pixelsMax', '"x"', 'me')`.execute(
      t.database.db,
    );
    const settings = await settingsOf();
    for (let n = 0; n < 3; n += 1) expect(await settings.get(pixelsMax)).toBe(50_000_000);
    expect((await settings.list())[0]).toMatchObject({ value: 50_000_000, isSet: true, isValid: false });
    const open = await incidents.list({ states: ["open"] });
    expect(open.items).toMatchObject([{ key: "setting:images.pixelsMax", kind: "invalid_setting", count: 1 }]);
    // The column says who really wrote it, not what the statement claimed.
    expect(open.items[0]?.evidence).toMatchObject({ updatedBy: "postgres", value: "x" });
    await settings.set(pixelsMax, 9, admin);
    expect(await settings.get(pixelsMax)).toBe(9);
    expect((await incidents.list({ states: ["open"] })).items).toEqual([]);
  });

  test("a value put right in plain SQL ends its incident too", async () => {
    await forget();
    const changes = new Changes();
    const settings = await settingsOf({ notifications: changes });
    await sql`insert into platform.app_settings (key, value, updated_by) values ('images.pixelsMax', '0', 'x')`.execute(
      t.database.db,
    );
    expect(await settings.get(pixelsMax)).toBe(50_000_000);
    expect((await incidents.list({ states: ["open"] })).items).toHaveLength(1);
    await sql`update platform.app_settings set value = '5' where key = 'images.pixelsMax'`.execute(t.database.db);
    changes.tell();
    expect(await settings.get(pixelsMax)).toBe(5);
    expect((await incidents.list({ states: ["open"] })).items).toEqual([]);
  });

  test("while the database is away, what was known goes on holding", async () => {
    await forget();
    const database = openTestDatabase(t.url);
    const changes = new Changes();
    const settings = await settingsOf({ database, notifications: changes });
    await settings.set(pixelsMax, 11, admin);
    expect(await settings.get(pixelsMax)).toBe(11);
    await database.close();
    changes.tell();
    expect(await settings.get(pixelsMax)).toBe(11);
    const ignorant = new Settings({ database, log: testLogger(), incidents });
    await expect(ignorant.get(pixelsMax)).rejects.toThrow();
  });
});

/** Lets a test say when a notification arrives. */
class Changes {
  #handlers: (() => void)[] = [];

  on(_channel: string, handler: () => void): void {
    this.#handlers.push(handler);
  }

  tell(): void {
    for (const handler of this.#handlers) handler();
  }
}

describe("who reads settings in the database", () => {
  test("users read by function, admins see public keys in the view, nobody touches the tables", async () => {
    await forget();
    const settings = await settingsOf();
    await settings.set(webpPolicy, "skip", admin);
    await settings.set(pixelsMax, 3, admin);
    const sales: Principal = { ...admin, role: "sales" };
    const value = await t.database.actAs(sales, (tx) =>
      sql<{ readonly value: unknown }>`select platform.get_app_setting('images.pixelsMax') as value`.execute(tx),
    );
    expect(value.rows).toEqual([{ value: 3 }]);
    const view = (principal: Principal) =>
      t.database.actAs(principal, async (tx) => {
        const { rows } = await sql<object>`select key, value from platform.app_settings_public order by key`.execute(
          tx,
        );
        return rows;
      });
    expect(await view(admin)).toEqual([{ key: "images.webpPolicy", value: "skip" }]);
    expect(await view(sales)).toEqual([]);
    const forbidden = [
      sql`select value from platform.app_settings`,
      sql`select new_value from platform.app_setting_history`,
      sql`update platform.app_settings set value = '1'`,
      sql`select platform.set_app_setting('images.pixelsMax', '1', 'ana')`,
      sql`select platform.publish_event('incidents', null, '{}')`,
      sql`select platform.open_incident('a', 'b', 'info', 'c', '{}')`,
      sql`select platform.sequence_events(1)`,
    ];
    for (const statement of forbidden) {
      const states = t.database.actAs(admin, (tx) => statement.execute(tx)).catch((error: unknown) => sqlState(error));
      expect(await states).toBe("42501");
    }
  });
});
