import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Breakers } from "../../foundation/resilience/breakers.ts";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";

let shop: TestApplication;
beforeAll(async () => {
  shop = await testApplication();
});
afterAll(() => shop.close());

const admin = { role: "admin" } as const;
const policy = { failuresMax: 1, windowMs: 60_000, openMs: 3_600_000, openMsMax: 3_600_000 };

async function newOpenBreaker(): Promise<string> {
  const name = `test-${randomUUID()}`;
  const { pass } = await new Breakers(shop.foundation).enter(name, policy);
  await pass?.failed("TIMEOUT");
  return name;
}

describe("breakers", () => {
  it.each([
    ["GET", "/v1/operations/breakers"],
    ["POST", "/v1/operations/breakers/images-gemini/reset"],
  ])("%s %s is an administrator's alone", async (method, path) => {
    expect((await shop.request(null, method, path)).status).toBe(401);
    for (const role of ["warehouse", "sales", "supplier"] as const) {
      expect((await shop.request({ role }, method, path)).status).toBe(403);
    }
  });

  it("are told as they are, and a reset closes the very one that requests ask", async () => {
    const name = await newOpenBreaker();
    const list = await shop.request(admin, "GET", "/v1/operations/breakers");
    expect(await list.json()).toMatchObject({
      items: [{ name, state: "open", failures: 1, trips: 1, lastFailure: "TIMEOUT", resetBy: null }],
    });
    expect(await new Breakers(shop.foundation).enter(name, policy)).toMatchObject({ pass: null });
    const reset = await shop.request(admin, "POST", `/v1/operations/breakers/${name}/reset`);
    expect([reset.status, await reset.json()]).toMatchObject([
      200,
      { name, state: "closed", resetBy: expect.any(String) },
    ]);
    expect((await new Breakers(shop.foundation).enter(name, policy)).pass).not.toBeNull();
  });

  it("that nobody ever asked, or whose name is none, are not found or not valid", async () => {
    expect((await shop.request(admin, "POST", "/v1/operations/breakers/nobody/reset")).status).toBe(404);
    expect((await shop.request(admin, "POST", "/v1/operations/breakers/No%20Name/reset")).status).toBe(400);
  });

  it("are reset once under one key", async () => {
    const name = await newOpenBreaker();
    const key = { "idempotency-key": randomUUID() };
    const reset = () => shop.request(admin, "POST", `/v1/operations/breakers/${name}/reset`, {}, key);
    const first = await (await reset()).json();
    const { pass } = await new Breakers(shop.foundation).enter(name, policy);
    await pass?.failed("AGAIN");
    const replayed = await reset();
    expect([replayed.headers.get("idempotency-replayed"), await replayed.json()]).toEqual(["true", first]);
    expect(await new Breakers(shop.foundation).enter(name, policy)).toMatchObject({ pass: null });
  });
});
