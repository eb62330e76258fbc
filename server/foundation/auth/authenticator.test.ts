import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../config.ts";
import { openTestDatabase } from "../../testing/test-database.ts";
import { type TestHttp, testHttp } from "../../testing/test-http.ts";
import { Authenticator } from "./authenticator.ts";

let shop: TestHttp;
beforeAll(async () => {
  shop = await testHttp();
});
afterAll(() => shop.close());

const refusal = (authenticator: Authenticator, token: string) =>
  authenticator.authenticate(token).then(
    () => "accepted",
    (error: { code?: string }) => error.code ?? String(error),
  );

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a token of the embedded identity", () => {
  it("stands for its user", async () => {
    const { row, token } = await shop.addUser("supplier");
    expect(await shop.foundation.authenticator.authenticate(token)).toEqual({
      userId: row.id,
      role: "supplier",
      supplierId: row.supplierId,
      email: row.email,
    });
  });

  it("is refused when anything of it was changed", async () => {
    const { token } = await shop.addUser("sales");
    const [header = "", payload = "", signature = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as JWTPayload;
    const promoted = base64url({ ...claims, role: "admin" });
    const { authenticator } = shop.foundation;
    const forged = [
      `${header}.${promoted}.${signature}`,
      `${base64url({ alg: "none" })}.${promoted}.`,
      `${base64url({ alg: "none", typ: "JWT" })}.${promoted}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      "x",
      "a.b.c",
      "a".repeat(9_000),
    ];
    for (const one of forged) expect(await refusal(authenticator, one)).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, token)).toBe("accepted");
  });

  it("is refused when signed with the public key as an HMAC secret", async () => {
    const keys = (await (await shop.app.request("/auth/jwks")).json()) as { keys: { kid: string }[] };
    const forged = await new SignJWT({ role: "admin", ses_epoch: 99 })
      .setProtectedHeader({ alg: "HS256", kid: keys.keys[0]?.kid ?? "" })
      .setSubject(randomUUID())
      .setIssuer("bodega")
      .setAudience("bodega")
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(new TextEncoder().encode(JSON.stringify(keys.keys[0])));
    expect(await refusal(shop.foundation.authenticator, forged)).toBe("UNAUTHENTICATED");
  });

  it("is refused without its epoch, for another audience, or expired, although well signed", async () => {
    const sign = async (payload: Record<string, unknown>) =>
      (await shop.identity.api.signJWT({ body: { payload: { sub: randomUUID(), role: "admin", ...payload } } })).token;
    const { authenticator } = shop.foundation;
    expect(await refusal(authenticator, await sign({ ses_epoch: 0 }))).toBe("UNAUTHENTICATED"); // no iat
    const iat = Math.floor(Date.now() / 1000);
    expect(await refusal(authenticator, await sign({ iat, ses_epoch: 0 }))).toBe("accepted");
    expect(await refusal(authenticator, await sign({ iat }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ iat, ses_epoch: 0, aud: "other" }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ iat, ses_epoch: 0, iss: "other" }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ iat, ses_epoch: 0, exp: iat - 60 }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ iat, ses_epoch: 0, role: "owner" }))).toBe("FORBIDDEN");
    expect(await refusal(authenticator, await sign({ iat, ses_epoch: 0, role: "supplier" }))).toBe("FORBIDDEN");
  });

  it("is refused by every instance within five seconds after a revocation", async () => {
    const { row, token } = await shop.addUser("sales");
    const elsewhere = openTestDatabase(shop.test.url);
    const other = new Authenticator({ ...shop.foundation, database: elsewhere });
    try {
      expect(await refusal(other, token)).toBe("accepted");
      await shop.foundation.authenticator.revokeSessions(row.id);
      expect(await refusal(shop.foundation.authenticator, token)).toBe("UNAUTHENTICATED");
      await expect.poll(() => refusal(other, token), { timeout: 5_000 }).toBe("UNAUTHENTICATED");
    } finally {
      await elsewhere.close();
    }
  });
});

describe("a token of an outside issuer", () => {
  const issuer = "https://id.example";
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function outside(alg: "ES256" | "RS256", options: { readonly roleClaim?: string } = {}) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const state = { isDown: false, requests: 0, keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg }] };
    server = createServer((_request, response) => {
      state.requests += 1;
      if (state.isDown) response.writeHead(503).end();
      else response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: state.keys }));
    });
    const url = await listening(server);
    const config = readConfig({
      AUTH_ISSUER: issuer,
      AUTH_AUDIENCE: "authenticated",
      AUTH_JWKS_URL: url,
      AUTH_ROLE_CLAIM: options.roleClaim ?? "app_metadata.role",
    });
    const sign = (claims: JWTPayload, header: { kid?: string } = {}) =>
      new SignJWT({ sub: randomUUID(), iss: issuer, aud: "authenticated", ...claims })
        .setProtectedHeader({ alg, kid: header.kid ?? "one" })
        .setIssuedAt(claims.iat)
        .setExpirationTime(claims.exp ?? "5m")
        .sign(privateKey);
    const spki = await exportSPKI(publicKey);
    return { authenticator: new Authenticator({ ...shop.foundation, config }), sign, state, spki, server };
  }

  it.each(["ES256", "RS256"] as const)(
    "is accepted with %s, role and supplier from where AUTH_ROLE_CLAIM says",
    async (alg) => {
      const { authenticator, sign } = await outside(alg);
      const supplierId = randomUUID();
      const token = await sign({ role: "authenticated", app_metadata: { role: "supplier", supplier_id: supplierId } });
      expect(await authenticator.authenticate(token)).toMatchObject({ role: "supplier", supplierId });
    },
  );

  it("is refused with another issuer, audience or key, expired, or as HMAC of the public key", async () => {
    const { authenticator, sign, spki } = await outside("RS256");
    const app_metadata = { role: "admin" };
    expect(await refusal(authenticator, await sign({ app_metadata }))).toBe("accepted");
    expect(await refusal(authenticator, await sign({ app_metadata, iss: "https://evil" }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ app_metadata, aud: "other" }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ app_metadata, exp: 1_000 }))).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, await sign({ app_metadata }, { kid: "two" }))).toBe("UNAUTHENTICATED");
    const hmac = await new SignJWT({ sub: "x", iss: issuer, aud: "authenticated", app_metadata })
      .setProtectedHeader({ alg: "HS256", kid: "one" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(new TextEncoder().encode(spki));
    expect(await refusal(authenticator, hmac)).toBe("UNAUTHENTICATED");
  });

  it("names a role of ours, or is forbidden", async () => {
    const { authenticator, sign } = await outside("ES256");
    expect(await refusal(authenticator, await sign({ role: "admin" }))).toBe("FORBIDDEN");
    expect(await refusal(authenticator, await sign({ app_metadata: { role: "root" } }))).toBe("FORBIDDEN");
  });

  it("of a known key goes on being accepted while the source is down; unknown keys do not make a flood", async () => {
    const { authenticator, sign, state } = await outside("ES256");
    const good = await sign({ app_metadata: { role: "admin" } });
    expect(await refusal(authenticator, good)).toBe("accepted");
    state.isDown = true;
    const asked = state.requests;
    const unknown = await sign({ app_metadata: { role: "admin" } }, { kid: "unknown" });
    for (let i = 0; i < 20; i += 1) {
      expect(await refusal(authenticator, unknown)).toBe("UNAUTHENTICATED");
      expect(await refusal(authenticator, good)).toBe("accepted");
    }
    expect(state.requests - asked).toBeLessThanOrEqual(1);
  });

  it("cannot be judged when no key was ever read, which is our outage and not the caller's fault", async () => {
    const { authenticator, sign, state } = await outside("ES256");
    state.isDown = true;
    const token = await sign({ app_metadata: { role: "admin" } });
    expect(await refusal(authenticator, token)).toBe("SERVICE_UNAVAILABLE");
    expect(await refusal(authenticator, token)).toBe("SERVICE_UNAVAILABLE");
    expect(state.requests).toBe(1);
  });

  it("made before a revocation is refused, made after it is accepted", async () => {
    const { authenticator, sign } = await outside("ES256");
    const sub = randomUUID();
    const now = Math.floor(Date.now() / 1000);
    const before = await sign({ sub, iat: now - 10, app_metadata: { role: "sales" } });
    const after = await sign({ sub, iat: now + 2, app_metadata: { role: "sales" } });
    expect(await refusal(authenticator, before)).toBe("accepted");
    await authenticator.revokeSessions(sub);
    expect(await refusal(authenticator, before)).toBe("UNAUTHENTICATED");
    expect(await refusal(authenticator, after)).toBe("accepted");
  });
});

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/jwks`);
    });
  });
}
