import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHttp, type TestUser, testHttp } from "../../testing/test-http.ts";
import { problems } from "../problem.ts";
import { authorise } from "./authorise.ts";
import { idempotent } from "./idempotency.ts";
import { deleteExpiredIdempotentAnswers } from "./queries.ts";

let shop: TestHttp;
let admin: TestUser;
const gates = new Map<string, { readonly arrived: () => void; readonly opened: Promise<void> }>();

beforeAll(async () => {
  shop = await testHttp({
    modules: [
      {
        routes: (app, foundation) => {
          const effect = async (c: Parameters<typeof idempotent>[0], as: "caller" | "service") => {
            const body = (await c.req.json()) as { what: string; refuse?: "throw" | "store" | "forget" };
            return idempotent(
              c,
              foundation,
              body,
              async (tx) => {
                await sql`insert into public.effects (what) values (${body.what})`.execute(tx);
                gates.get(body.what)?.arrived();
                await gates.get(body.what)?.opened;
                if (body.refuse === "throw") throw problems.CONFLICT();
                if (body.refuse !== undefined) {
                  return { status: 409, body: { code: "NO" }, store: body.refuse === "store" };
                }
                return { status: 201, body: { at: randomUUID(), text: "ñ € 😀" }, headers: { location: "/v1/x" } };
              },
              { as },
            );
          };
          app.post("/v1/effects", authorise("catalog:write"), (c) => effect(c, "caller"));
          app.post("/v1/service-effects", authorise("catalog:write"), (c) => effect(c, "service"));
        },
      },
    ],
  });
  await shop.test.database.pool.query(`
    create table public.effects (what text not null);
    grant usage on schema public to bodega_user;
    grant insert on public.effects to bodega_user;
  `);
  admin = await shop.addUser("admin");
});
afterAll(() => shop.close());

function post(body: object, key: string | null, options: { user?: TestUser; path?: string } = {}) {
  return shop.app.request(options.path ?? "/v1/effects", {
    method: "POST",
    headers: {
      authorization: `Bearer ${(options.user ?? admin).token}`,
      "content-type": "application/json",
      ...(key !== null && { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
}

async function effects(what: string): Promise<number> {
  const { rows } = await shop.test.database.pool.query("select 1 from public.effects where what = $1", [what]);
  return rows.length;
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe.each([
  ["caller", "/v1/effects"],
  ["service", "/v1/service-effects"],
] as const)("a key, with the work done as the %s", (_as, path) => {
  it("used a hundred times at once has one effect and one answer", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    const user = await shop.addUser("warehouse");
    const answers = await Promise.all(Array.from({ length: 100 }, () => post({ what }, key, { path, user })));
    expect(await effects(what)).toBe(1);
    const done = answers.filter((answer) => answer.status === 201);
    expect(done.filter((answer) => answer.headers.get("idempotency-replayed") === null)).toHaveLength(1);
    expect(new Set(await Promise.all(done.map((answer) => answer.text()))).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect([answer.status, await codeOf(answer)]).toEqual([409, "REQUEST_IN_PROGRESS"]);
    }
  });

  it("gives the first answer again, byte by byte, headers too", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    const first = await post({ what }, key, { path });
    const again = await post({ what }, `"${key}"`, { path });
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
    expect(again.headers.get("location")).toBe("/v1/x");
    expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(first.headers.get("idempotency-replayed")).toBeNull();
  });

  it("stands for one request: another body is refused", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    await post({ what }, key, { path });
    const other = await post({ what: `${what}-other` }, key, { path });
    expect([other.status, await codeOf(other)]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
    expect(await effects(`${what}-other`)).toBe(0);
  });
});

describe("a key", () => {
  it("tells a second caller that the first is still under way, and works afterwards", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    const arrival = Promise.withResolvers<void>();
    const opening = Promise.withResolvers<void>();
    gates.set(what, { arrived: arrival.resolve, opened: opening.promise });
    const first = post({ what }, key);
    await arrival.promise;
    const second = await post({ what }, key);
    expect([second.status, await codeOf(second)]).toEqual([409, "REQUEST_IN_PROGRESS"]);
    expect(second.headers.get("retry-after")).toBe("1");
    opening.resolve();
    expect((await first).status).toBe(201);
    expect((await post({ what }, key)).headers.get("idempotency-replayed")).toBe("true");
  });

  it("belongs to its principal and its path", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    const other = await shop.addUser("warehouse");
    await post({ what }, key);
    expect((await post({ what }, key, { user: other })).headers.get("idempotency-replayed")).toBeNull();
    expect((await post({ what }, key, { path: "/v1/service-effects" })).status).toBe(201);
    expect(await effects(what)).toBe(3);
  });

  it("whose work failed leaves no effect and no answer, so it may try again", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    expect((await post({ what, refuse: "throw" }, key)).status).toBe(409);
    expect(await effects(what)).toBe(0);
    expect((await post({ what }, key)).status).toBe(201);
  });

  it("keeps a refusal that the work gave as its answer, unless the work says not to", async () => {
    const [what, key, other] = [randomUUID(), randomUUID(), randomUUID()];
    await post({ what, refuse: "store" }, key);
    const again = await post({ what, refuse: "store" }, key);
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([409, "true"]);
    expect(again.headers.get("content-type")).toBe("application/problem+json");
    await post({ what, refuse: "forget" }, other);
    expect((await post({ what }, other)).status).toBe(201);
  });

  it.each(["", " ", "a b", "ñ".repeat(3), "k".repeat(256)])("that is malformed is refused: %j", async (key) => {
    const answer = await post({ what: "never" }, encodeURI(key) === key ? key : Buffer.from(key).toString("latin1"));
    expect([answer.status, await codeOf(answer)]).toEqual([400, "VALIDATION_FAILED"]);
  });

  it("is forgotten after seven days, and swept", async () => {
    const [what, key] = [randomUUID(), randomUUID()];
    await post({ what }, key);
    const { database } = shop.test;
    const age = "update platform.idempotency_keys set created_at = now() - interval '8 days' where key = $1";
    await database.pool.query(age, [key]);
    expect((await post({ what }, key)).headers.get("idempotency-replayed")).toBeNull();
    expect((await post({ what }, key)).headers.get("idempotency-replayed")).toBe("true");
    await database.pool.query(age, [key]);
    expect(await deleteExpiredIdempotentAnswers(database.db, 100)).toBe(1);
  });
});

it("without a key each request has its effect", async () => {
  const what = randomUUID();
  await Promise.all([post({ what }, null), post({ what }, null)]);
  expect(await effects(what)).toBe(2);
});

it("nobody can store or read answers in another's name", async () => {
  const claim = ["someone else", "POST", "/v1/x", randomUUID(), "0".repeat(64)] as const;
  const principal = { userId: admin.row.id, role: "admin" as const, supplierId: null, email: null };
  const { database } = shop.test;
  await database.actAs(principal, (tx) =>
    sql`select platform.store_idempotent_answer(${sql.join(claim)}, 200, '{}'::jsonb, 'forged')`.execute(tx),
  );
  const { rows } = await database.pool.query("select principal from platform.idempotency_keys where key = $1", [
    claim[3],
  ]);
  expect(rows).toEqual([{ principal: admin.row.id }]);
});
