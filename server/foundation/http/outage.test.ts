import { createServer } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { problems } from "../problem.ts";
import { isOutage } from "./outage.ts";
import { toProblem } from "./problem-json.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe("an outage is", () => {
  it("a server that is not there", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => probe.once("listening", resolve));
    const address = probe.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((resolve) => probe.close(resolve));
    for (const host of ["127.0.0.1", "localhost"]) {
      expect(isOutage(await failureOf(new pg.Client({ host, port, user: "x" }).connect()))).toBe(true);
    }
  });

  it("a connection that the server ends under a statement", async () => {
    const client = new pg.Client({ connectionString: test.url });
    client.on("error", () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const sleeping = failureOf(client.query("select pg_sleep(20)"));
    await test.database.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    expect(isOutage(await sleeping)).toBe(true);
    expect(isOutage(await failureOf(client.query("select 1")))).toBe(true);
  });
});

it("a mistake of ours, a refusal or a broken rule is none", async () => {
  expect(isOutage(await failureOf(test.database.pool.query("select nonsense")))).toBe(false);
  expect(isOutage(await failureOf(test.database.pool.query("select 1/0")))).toBe(false);
  expect(isOutage(problems.CONFLICT())).toBe(false);
  expect(isOutage("text")).toBe(false);
  expect(toProblem("text")).toMatchObject({ code: "INTERNAL", status: 500 });
});
