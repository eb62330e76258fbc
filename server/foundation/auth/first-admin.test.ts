import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readConfig } from "../../config.ts";
import { type TestDatabase, testDatabase, testLogger } from "../../testing/test-database.ts";
import { readAuthSecret } from "./auth-secret.ts";
import { ensureFirstAdmin } from "./first-admin.ts";
import { createIdentity } from "./identity.ts";
import { isPasswordOf } from "./user-accounts.ts";

let test: TestDatabase;
let dataDir: string;
beforeEach(async () => {
  test = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "bodega-admin-"));
});
afterEach(async () => {
  await test.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const configOf = (environment: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, ...environment });
const users = async () =>
  (await test.database.pool.query<{ id: string; email: string }>("select id, email, role from platform.users")).rows;

it("replicas that start at once make one administrator, whose password is in a file for its owner only", async () => {
  const foundation = { config: configOf(), database: test.database };
  const made = await Promise.all(Array.from({ length: 6 }, () => ensureFirstAdmin(foundation)));
  const [admin, ...more] = made.filter((one) => one !== null);
  expect(more).toEqual([]);
  expect(await users()).toMatchObject([{ email: "admin@bodega.local", role: "admin" }]);
  expect(admin).toMatchObject({ email: "admin@bodega.local", file: join(dataDir, "admin-credentials.txt") });
  const file = await readFile(admin?.file ?? "", "utf8");
  expect(file).toBe(`email: admin@bodega.local\npassword: ${admin?.password}\n`);
  expect((await stat(admin?.file ?? "")).mode & 0o777).toBe(0o600);
  const [user] = await users();
  expect(await isPasswordOf(test.database.db, user?.id ?? "", admin?.password ?? "")).toBe(true);
  expect(await ensureFirstAdmin(foundation)).toBeNull();
});

it("the administrator that the environment names is not written down", async () => {
  const config = configOf({ BODEGA_ADMIN_EMAIL: "Ana@Tienda.test", BODEGA_ADMIN_PASSWORD: "from the environment" });
  const admin = await ensureFirstAdmin({ config, database: test.database });
  expect(admin).toEqual({ email: "Ana@Tienda.test", password: null, file: null });
  const [user] = await users();
  expect(user?.email).toBe("ana@tienda.test");
  expect(await isPasswordOf(test.database.db, user?.id ?? "", "from the environment")).toBe(true);
});

it("the secret is made once, for its owner only, whoever asks first", async () => {
  const asked = Array.from({ length: 8 }, () => readAuthSecret({ secret: null, dataDir }));
  const secrets = new Set(await Promise.all(asked));
  expect(secrets.size).toBe(1);
  expect([...secrets][0]?.length).toBeGreaterThanOrEqual(32);
  expect((await stat(join(dataDir, "auth-secret"))).mode & 0o777).toBe(0o600);
  expect(await readAuthSecret({ secret: "given", dataDir })).toBe("given");
  await writeFile(join(dataDir, "auth-secret"), "");
  await expect(readAuthSecret({ secret: null, dataDir })).rejects.toThrow("holds no secret");
});

it("a replica with another secret does not start, and private keys do not lie in the clear", async () => {
  const foundation = { database: test.database, log: testLogger() };
  await createIdentity(foundation, "the secret of the first replica, long");
  await createIdentity(foundation, "the secret of the first replica, long");
  await expect(createIdentity(foundation, "the secret of another replica, also long")).rejects.toThrow(
    "BODEGA_AUTH_SECRET",
  );
  const { rows } = await test.database.pool.query<{ key: string }>("select private_key as key from platform.jwks");
  expect(rows.length).toBe(1);
  expect(rows[0]?.key).not.toContain('"d"');
});
