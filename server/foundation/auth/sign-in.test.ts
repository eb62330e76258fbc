import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn, type TestHttp, testHttp, tokenOf } from "../../testing/test-http.ts";
import { addUser, hashNewPassword } from "./user-accounts.ts";

let shop: TestHttp;
beforeAll(async () => {
  shop = await testHttp({ environment: { ALLOWED_ORIGINS: "https://back.office.test" } });
});
afterAll(() => shop.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  shop.app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe("signing in", () => {
  it("gives a cookie that scripts cannot read, and for it a short-lived ES256 token with role and epoch", async () => {
    const { row, password } = await shop.addUser("sales");
    const answer = await post("/auth/sign-in/email", { email: row.email.toUpperCase(), password });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      user: { id: row.id, email: row.email, name: row.name, role: "sales", supplierId: null },
    });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^bodega\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).not.toMatch(/; Secure/i);

    const token = await tokenOf(shop.app, cookie.split(";")[0] ?? "");
    expect(decodeProtectedHeader(token).alg).toBe("ES256");
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      sub: row.id,
      email: row.email,
      role: "sales",
      supplier_id: null,
      ses_epoch: 0,
      iss: "bodega",
      aud: "bodega",
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(15 * 60);
    const me = await shop.app.request("/v1/me", { headers: { authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ userId: row.id, role: "sales", permissions: { "stock:reserve": "all" } });
  });

  it("makes the cookie Secure behind TLS", async () => {
    const { row, password } = await shop.addUser("sales");
    const credentials = { email: row.email, password };
    const answer = await post("/auth/sign-in/email", credentials, { "x-forwarded-proto": "https" });
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure/);
    expect(answer.headers.get("strict-transport-security")).toContain("max-age");
  });

  it("answers a wrong password and an unknown address alike", async () => {
    const { row } = await shop.addUser("sales");
    const wrong = await post("/auth/sign-in/email", { email: row.email, password: "not this one" });
    const unknown = await post("/auth/sign-in/email", { email: "nobody@bodega.test", password: "not this one" });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const { requestId: _a, ...wrongBody } = (await wrong.json()) as Record<string, unknown>;
    const { requestId: _b, ...unknownBody } = (await unknown.json()) as Record<string, unknown>;
    expect(wrongBody).toEqual(unknownBody);
    expect(wrongBody.code).toBe("UNAUTHENTICATED");
  });

  it("refuses more than ten tries at one account, from wherever they come", async () => {
    const { row } = await shop.addUser("sales");
    const tries = Array.from({ length: 12 }, () => post("/auth/sign-in/email", { email: row.email, password: "no" }));
    const answers = await Promise.all(tries);
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("ratelimit-policy")).toBe('"sign-in";q=10;w=60');
    expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(11);
  });

  it("refuses a page of another site, and lets in those of the allowlist", async () => {
    const { row, password } = await shop.addUser("sales");
    const credentials = { email: row.email, password };
    const foreign = await post("/auth/sign-in/email", credentials, { origin: "https://evil.test" });
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, "FORBIDDEN"]);
    expect((await post("/auth/sign-in/email", credentials, { origin: "https://back.office.test" })).status).toBe(200);
    expect((await post("/auth/sign-in/email", credentials, { origin: "http://localhost" })).status).toBe(200);
  });

  it("does not offer sign-up, nor anything else of the library", async () => {
    for (const path of ["/auth/sign-up/email", "/auth/update-user", "/auth/forget-password", "/auth/sign-in/social"]) {
      expect((await post(path, { email: "new@bodega.test", password: "12345678", name: "New" })).status).toBe(404);
    }
  });

  it("refuses a disabled user", async () => {
    const admin = await shop.addUser("admin");
    const { row, password } = await shop.addUser("sales");
    await shop.app.request(`/v1/users/${row.id}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json" },
      body: JSON.stringify({ disabled: true }),
    });
    const answer = await post("/auth/sign-in/email", { email: row.email, password });
    expect([answer.status, await codeOf(answer)]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("refuses a malformed body with the places that are wrong", async () => {
    const answer = await post("/auth/sign-in/email", { email: "no address" });
    expect(answer.status).toBe(400);
    const body = (await answer.json()) as { code: string; errors: { path: string }[] };
    expect(body.code).toBe("VALIDATION_FAILED");
    expect(body.errors.map(({ path }) => path).sort()).toEqual(["email", "password"]);
  });
});

describe("a session", () => {
  it("gives no token without its cookie, or with one that was tampered with", async () => {
    const { cookie } = await shop.addUser("sales");
    expect((await shop.app.request("/auth/token")).status).toBe(401);
    const forged = cookie.replace(/=(.)/, (_all, first: string) => `=${first === "a" ? "b" : "a"}`);
    const answer = await shop.app.request("/auth/token", { headers: { cookie: forged } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  });

  it("ends with sign-out", async () => {
    const { cookie } = await shop.addUser("sales");
    expect((await post("/auth/sign-out", {}, { cookie })).status).toBe(204);
    expect((await shop.app.request("/auth/token", { headers: { cookie } })).status).toBe(401);
  });

  it("ends with a change of password, and the new one works", async () => {
    const { row, password, cookie, token } = await shop.addUser("warehouse");
    const change = (currentPassword: string) =>
      shop.app.request("/v1/me/password", {
        method: "PUT",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ currentPassword, newPassword: "a better password" }),
      });
    expect((await change("not mine")).status).toBe(403);
    expect((await change(password)).status).toBe(204);
    expect((await shop.app.request("/auth/token", { headers: { cookie } })).status).toBe(401);
    expect((await shop.app.request("/v1/me", { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    const again = await signIn(shop.app, row.email, "a better password");
    const fresh = await tokenOf(shop.app, again);
    expect((await shop.app.request("/v1/me", { headers: { authorization: `Bearer ${fresh}` } })).status).toBe(200);
  });
});

describe("the key set", () => {
  it("holds public halves only", async () => {
    const answer = await shop.app.request("/auth/jwks");
    const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] };
    expect(keys.length).toBeGreaterThanOrEqual(1);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
      expect(key).toMatchObject({ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" });
    }
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
  });
});

it("an address is one user, however it is written", async () => {
  const { row } = await shop.addUser("sales");
  const passwordHash = await hashNewPassword("12345678");
  const twin = { email: row.email.toUpperCase(), name: "Twin", role: "sales" as const, supplierId: null, passwordHash };
  await expect(shop.test.database.transaction((tx) => addUser(tx, twin))).rejects.toMatchObject({ code: "CONFLICT" });
});
