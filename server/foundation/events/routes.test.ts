import { connect, type Socket } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase, testLogger } from "../../testing/test-database.ts";
import type { Principal } from "../auth/principal.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { identify } from "../http/identify.ts";
import { answerError } from "../http/problem-json.ts";
import type { Topic } from "../module.ts";
import { problems } from "../problem.ts";
import { Events } from "./events.ts";
import { registerEventRoutes } from "./routes.ts";

const topics: readonly Topic[] = [
  { name: "product-images", permission: "catalog:read" },
  { name: "incidents", permission: "operations:manage" },
];

let t: TestDatabase;
let events: Events;
let server: ServerType;
let origin: string;
let drain: AbortController;
/** Tokens that are good at the moment; whoever is removed was revoked. */
const principals = new Map<string, Principal>();
const authenticator = {
  authenticate: async (token: string): Promise<Principal> => {
    const principal = principals.get(token);
    if (principal === undefined) throw problems.UNAUTHENTICATED();
    return principal;
  },
};

beforeAll(async () => {
  t = await testDatabase();
  events = new Events({ database: t.database, log: testLogger() });
  await events.start();
  drain = new AbortController();
  const app = new OpenAPIHono<HttpEnv>();
  app.onError(answerError);
  app.use(async (c, next) => {
    c.set("log", testLogger());
    c.set("requestId", "test");
    await next();
  });
  app.use(identify(authenticator));
  registerEventRoutes(app, { events, authenticator }, topics, { heartbeatMs: 40, recheckMs: 20, stallMs: 200 });
  server = serve({
    fetch: (request, bindings) => app.fetch(request, { ...bindings, drain: drain.signal }),
    port: 0,
    hostname: "127.0.0.1",
  });
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(async () => {
  await events.close();
  await new Promise((resolve) => server.close(resolve));
  await t.drop();
});
beforeEach(() => {
  principals.clear();
  principals.set("admin", { userId: "admin", role: "admin", supplierId: null, email: null });
  principals.set("sales", { userId: "sales", role: "sales", supplierId: null, email: null });
});

async function publish(payload: object): Promise<string> {
  return t.database.transaction((tx) =>
    events.publish(tx, { topic: "product-images", supplierId: null, payload: { ...payload } }),
  );
}

function follow(query: string, options: { token?: string; lastEventId?: string; signal?: AbortSignal } = {}) {
  return fetch(`${origin}/v1/events?${query}`, {
    headers: {
      authorization: `Bearer ${options.token ?? "admin"}`,
      ...(options.lastEventId !== undefined && { "last-event-id": options.lastEventId }),
    },
    signal: options.signal ?? AbortSignal.timeout(20_000),
  });
}

/** The blocks of a stream, each as its fields; a comment is the field "". */
async function* blocksOf(response: Response): AsyncGenerator<Readonly<Record<string, string>>, void, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      yield Object.fromEntries(
        block.split("\n").map((line) => [line.split(": ", 1)[0], line.slice(line.indexOf(":") + 2)]),
      );
    }
  }
}

/** Reads until `count` events (blocks with data) have come, and leaves; all blocks, comments too. */
async function takeBlocks(response: Response, count: number) {
  const blocks: Readonly<Record<string, string>>[] = [];
  let found = 0;
  for await (const block of blocksOf(response)) {
    blocks.push(block);
    if (block.data !== undefined) found += 1;
    if (found >= count) break;
  }
  return blocks;
}

describe("GET /v1/events", () => {
  test("begins with the present position, then sends each event with its position, topic and envelope", async () => {
    const response = await follow("topics=product-images,incidents");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(response.headers.get("cache-control")).toContain("no-cache");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    const id = await publish({ phase: "base_insert", revision: 3 });
    const blocks = await takeBlocks(response, 1);
    const [first] = blocks;
    const event = blocks.at(-1);
    expect(first).toMatchObject({ id: expect.stringMatching(/^\d+$/), retry: expect.stringMatching(/^\d+$/) });
    expect(first).not.toHaveProperty("data");
    expect(event).toMatchObject({ event: "product-images", id: String(Number(first?.id) + 1) });
    const data = JSON.parse(event?.data ?? "");
    expect(data).toMatchObject({ id, phase: "base_insert", revision: 3, traceId: null });
    expect(new Date(data.at).toISOString()).toBe(data.at);
  });

  test("resumes behind Last-Event-ID, or `after`; the header goes before the query", async () => {
    const start = await events.positionToResume(null);
    const ids = [await publish({ n: 0 }), await publish({ n: 1 }), await publish({ n: 2 })];
    const idsIn = (blocks: readonly Readonly<Record<string, string>>[]) =>
      blocks.flatMap((block) => (block.data === undefined ? [] : [JSON.parse(block.data).id]));
    expect(idsIn(await takeBlocks(await follow(`topics=product-images&after=${start}`), 3))).toEqual(ids);
    const resumed = await follow("topics=product-images&after=0", { lastEventId: String(start + 1) });
    expect(idsIn(await takeBlocks(resumed, 2))).toEqual(ids.slice(1));
  });

  test("a quiet stream keeps sending comments that carry the position to resume from", async () => {
    const response = await follow("topics=incidents");
    const last = await publish({});
    const position = () =>
      sql<{ readonly position: string }>`
      select position::text as position from platform.events where id = ${last}::uuid
    `.execute(t.database.db);
    for await (const block of blocksOf(response)) {
      expect(block).not.toHaveProperty("data");
      // The event of another topic is not for this reader; its position is.
      const { rows } = await position();
      if (block[""] === "still here" && block.id === rows[0]?.position) break;
    }
  });

  test("refuses unknown topics and positions, strangers, and roles that may not follow", async () => {
    const codeOf = async (response: Response) => {
      const body: unknown = await response.json();
      return [response.status, typeof body === "object" && body !== null && "code" in body ? body.code : null];
    };
    expect(await codeOf(await follow("topics=weather"))).toEqual([400, "VALIDATION_FAILED"]);
    expect(await codeOf(await follow("topics="))).toEqual([400, "VALIDATION_FAILED"]);
    expect(await codeOf(await follow("topics=incidents&after=yesterday"))).toEqual([400, "VALIDATION_FAILED"]);
    expect(await codeOf(await follow("topics=incidents", { token: "nobody" }))).toEqual([401, "UNAUTHENTICATED"]);
    expect(await codeOf(await follow("topics=incidents", { token: "sales" }))).toEqual([403, "FORBIDDEN"]);
    expect(await codeOf(await follow("topics=incidents&after=99999999"))).toEqual([410, "EVENTS_EXPIRED"]);
  });

  test("ends when the token is revoked, or its owner's role changes", async () => {
    const blocks = blocksOf(await follow("topics=product-images", { token: "sales" }));
    await blocks.next();
    principals.delete("sales");
    for await (const block of blocks) expect(block).not.toHaveProperty("data");
    const demoted = blocksOf(await follow("topics=incidents"));
    await demoted.next();
    principals.set("admin", { userId: "admin", role: "sales", supplierId: null, email: null });
    for await (const block of demoted) expect(block).not.toHaveProperty("data");
  });

  test("a reader that takes nothing is cut, and only that one", async () => {
    const start = await events.positionToResume(null);
    const address = new URL(origin);
    const ends = new Map<number, Socket>();
    server.once("connection", (end: Socket) => ends.set(end.remotePort ?? 0, end));
    const socket: Socket = connect({ port: Number(address.port), host: address.hostname });
    const isCut = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    socket.write(
      `GET /v1/events?topics=product-images&after=${start} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once("data", resolve));
    socket.pause();
    // More than the sockets' buffers hold.
    const total = 1_500;
    await sql`
      select platform.publish_event('product-images', null, jsonb_build_object('filler', repeat('x', 15000)))
      from generate_series(1, ${total})
    `.execute(t.database.db);
    const signal = AbortSignal.timeout(20_000);
    const [topic] = topics;
    const principal = await authenticator.authenticate("admin");
    const healthy = events.subscribe({ topics: topic ? [topic] : [], principal, after: start, signal });
    let taken = 0;
    for await (const _ of healthy) {
      taken += 1;
      if (taken === total) break;
    }
    expect(taken).toBe(total);
    await expect.poll(() => ends.get(socket.localPort ?? 0)?.destroyed).toBe(true);
    socket.resume();
    await isCut;
  });

  test("streams end when the process begins to stop", async () => {
    const blocks = blocksOf(await follow("topics=product-images"));
    await blocks.next();
    drain.abort();
    for await (const block of blocks) expect(block).not.toHaveProperty("data");
  });
});
