import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHttp, type TestUser, testHttp } from "../../testing/test-http.ts";
import { changeUser, removeUser } from "./user-accounts.ts";

let shop: TestHttp;
let admin: TestUser;
beforeAll(async () => {
  shop = await testHttp();
  admin = await shop.addUser("admin");
});
afterAll(() => shop.close());

async function call(user: TestUser | null, method: string, path: string, body?: unknown, headers = {}) {
  const answer = await shop.app.request(path, {
    method,
    headers: {
      ...(user && { authorization: `Bearer ${user.token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
}

const newUser = (change: object = {}) => ({
  email: `new-${randomUUID()}@bodega.test`,
  name: "New",
  role: "warehouse",
  password: "12345678",
  ...change,
});

describe("users", () => {
  it("are for administrators alone", async () => {
    for (const role of ["warehouse", "sales", "supplier"] as const) {
      const user = await shop.addUser(role);
      expect((await call(user, "GET", "/v1/users")).body).toMatchObject({ status: 403, code: "FORBIDDEN" });
      expect((await call(user, "POST", "/v1/users", newUser())).status).toBe(403);
      expect((await call(user, "PATCH", `/v1/users/${user.row.id}`, { role: "admin" })).status).toBe(403);
      expect((await call(user, "DELETE", `/v1/users/${admin.row.id}`)).status).toBe(403);
    }
    expect((await call(null, "GET", "/v1/users")).body).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  it("are added, read, changed and removed", async () => {
    const supplierId = randomUUID();
    const added = await call(admin, "POST", "/v1/users", newUser({ role: "supplier", supplierId }));
    expect(added).toMatchObject({ status: 201, body: { role: "supplier", supplierId, disabled: false } });
    const path = `/v1/users/${added.body.id}`;
    const changed = await call(admin, "PATCH", path, { role: "sales", name: "Other" });
    expect(changed).toMatchObject({ status: 200, body: { role: "sales", supplierId: null, name: "Other" } });
    expect((await call(admin, "GET", path)).body).toEqual(changed.body);
    expect((await call(admin, "DELETE", path)).status).toBe(204);
    expect((await call(admin, "GET", path)).body).toMatchObject({ status: 404, code: "NOT_FOUND" });
  });

  it("are listed page by page, each once", async () => {
    for (let i = 0; i < 5; i += 1) await call(admin, "POST", "/v1/users", newUser());
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await call(admin, "GET", `/v1/users?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map((user: { id: string }) => user.id));
      cursor = page.body.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain(admin.row.id);
    expect((await call(admin, "GET", "/v1/users?cursor=nonsense")).body).toMatchObject({ code: "VALIDATION_FAILED" });
    expect((await call(admin, "GET", "/v1/users?limit=201")).body).toMatchObject({ code: "VALIDATION_FAILED" });
  });

  it("have one address each, a supplier exactly when they are one's seller, and a password of eight", async () => {
    const { email } = admin.row;
    expect((await call(admin, "POST", "/v1/users", newUser({ email }))).body).toMatchObject({ code: "CONFLICT" });
    expect((await call(admin, "POST", "/v1/users", newUser({ role: "supplier" }))).body).toMatchObject({
      code: "VALIDATION_FAILED",
      errors: [{ path: "supplierId" }],
    });
    const wrong = newUser({ supplierId: randomUUID() });
    expect((await call(admin, "POST", "/v1/users", wrong)).body).toMatchObject({ code: "VALIDATION_FAILED" });
    expect((await call(admin, "POST", "/v1/users", newUser({ password: "1234567" }))).status).toBe(400);
  });

  it("are added once for one idempotency key, and no password is stored with it", async () => {
    const user = newUser();
    const headers = { "idempotency-key": randomUUID() };
    const first = await call(admin, "POST", "/v1/users", user, headers);
    const second = await call(admin, "POST", "/v1/users", user, headers);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get("idempotency-replayed")).toBe("true");
  });

  it("lose their sessions with a new role, and keep them with a new name", async () => {
    const user = await shop.addUser("sales");
    await call(admin, "PATCH", `/v1/users/${user.row.id}`, { name: "Somebody" });
    expect((await call(user, "GET", "/v1/me")).status).toBe(200);
    await call(admin, "PATCH", `/v1/users/${user.row.id}`, { role: "warehouse" });
    expect((await call(user, "GET", "/v1/me")).body).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect((await shop.app.request("/auth/token", { headers: { cookie: user.cookie } })).status).toBe(401);
  });
});

describe("the last administrator", () => {
  it("can be neither demoted, disabled nor removed", async () => {
    const path = `/v1/users/${admin.row.id}`;
    expect((await call(admin, "PATCH", path, { role: "sales" })).body).toMatchObject({ code: "CONFLICT" });
    expect((await call(admin, "PATCH", path, { disabled: true })).body).toMatchObject({ code: "CONFLICT" });
    expect((await call(admin, "DELETE", path)).body).toMatchObject({ code: "CONFLICT" });
    expect((await call(admin, "GET", "/v1/me")).status).toBe(200);
  });

  it("remains when all demote and remove each other at once", async () => {
    const { database } = shop.test;
    const others = await Promise.all([1, 2, 3, 4].map(() => shop.addUser("admin")));
    await Promise.allSettled([
      ...others.map(({ row }) => database.transaction((tx) => changeUser(tx, row.id, { role: "sales" }))),
      ...others.map(({ row }) => database.transaction((tx) => removeUser(tx, row.id))),
      database.transaction((tx) => changeUser(tx, admin.row.id, { role: "sales" })),
    ]);
    const { rows } = await database.pool.query("select id from platform.users where role = 'admin'");
    expect(rows.length).toBe(1);
  });
});

it("neither users nor keys are within reach of the role of user requests", async () => {
  const principal = { userId: admin.row.id, role: "admin" as const, supplierId: null, email: null };
  for (const table of [
    "users",
    "sessions",
    "accounts",
    "verifications",
    "jwks",
    "session_epochs",
    "idempotency_keys",
  ]) {
    const read = shop.test.database.actAs(principal, (tx) =>
      sql`select 1 from ${sql.table(`platform.${table}`)}`.execute(tx),
    );
    await expect(read).rejects.toMatchObject({ code: "42501" });
  }
});

describe("one's own profile", () => {
  it("shows the name, and changes that alone, for every role and once for a key", async () => {
    for (const role of ["warehouse", "sales", "supplier"] as const) {
      const user = await shop.addUser(role);
      const key = { "idempotency-key": randomUUID() };
      const changed = await call(user, "PATCH", "/v1/me/profile", { name: "  Ana Paz " }, key);
      expect(changed).toMatchObject({ status: 200, body: { email: user.row.email, name: "Ana Paz" } });
      expect((await call(user, "PATCH", "/v1/me/profile", { name: "  Ana Paz " }, key)).body).toEqual(changed.body);
      expect((await call(user, "GET", "/v1/me/profile")).body).toEqual(changed.body);
      const { body } = await call(admin, "GET", `/v1/users/${user.row.id}`);
      expect(body).toMatchObject({ name: "Ana Paz", role, email: user.row.email, disabled: false });
    }
  });

  it("is nobody's without a token, and takes no role and no empty name", async () => {
    const user = await shop.addUser("sales");
    expect((await call(null, "GET", "/v1/me/profile")).status).toBe(401);
    expect((await call(null, "PATCH", "/v1/me/profile", { name: "A" })).status).toBe(401);
    expect((await call(user, "PATCH", "/v1/me/profile", { name: " " })).status).toBe(400);
    expect((await call(user, "PATCH", "/v1/me/profile", { name: "A", role: "admin" })).status).toBe(400);
    expect((await call(admin, "GET", `/v1/users/${user.row.id}`)).body).toMatchObject({ role: "sales" });
  });
});
