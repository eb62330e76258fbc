import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import { type TestHttp, type TestUser, testHttp } from "../../testing/test-http.ts";
import { authorise } from "./authorise.ts";
import { drainSignalOf } from "./http-env.ts";
import { type HttpServer, serve } from "./server.ts";

let shop: TestHttp;
let admin: TestUser;
let release: () => void = () => undefined;
let started: () => void = () => undefined;

beforeAll(async () => {
  shop = await testHttp({
    modules: [
      {
        routes: (app) => {
          app.post("/v1/json", authorise("catalog:write"), async (c) => c.json(await c.req.json()));
          app.get("/slow", async (c) => {
            const gate = new Promise<void>((resolve) => {
              release = resolve;
            });
            started();
            await gate;
            return c.text("done after all");
          });
          app.get("/stream", (c) => {
            const drain = drainSignalOf(c);
            const body = new ReadableStream<Uint8Array>({
              start(controller) {
                controller.enqueue(new TextEncoder().encode(": hello\n\n"));
                drain.addEventListener("abort", () => controller.close());
              },
            });
            return new Response(body, { headers: { "content-type": "text/event-stream" } });
          });
        },
      },
    ],
  });
  admin = await shop.addUser("admin");
});
afterAll(() => shop.close());

const listen = (options: { drainTimeoutMs?: number; port?: number } = {}): Promise<HttpServer> =>
  serve({ app: shop.app, host: "127.0.0.1", port: 0, log: testLogger(), ...options });

/** A bare connection, to send what no well-behaved client would. */
async function dial(server: HttpServer): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(server.port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  return { socket, received: () => text };
}

describe("a body over the limit", () => {
  it("is refused by its announced length, before it is sent", async () => {
    const server = await listen();
    const { socket, received } = await dial(server);
    socket.write(
      `POST /v1/json HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${admin.token}\r\n` +
        "content-type: application/json\r\ncontent-length: 900000000\r\n\r\n{",
    );
    await expect.poll(received).toMatch(/^HTTP\/1\.1 413 [\s\S]*PAYLOAD_TOO_LARGE/);
    socket.destroy();
    await server.close();
  });

  it("that hides its length is refused once too much has come, long before its end", async () => {
    const server = await listen();
    const { socket, received } = await dial(server);
    socket.write(
      `POST /v1/json HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${admin.token}\r\n` +
        "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
    );
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    let sentBytes = 0;
    while (received() === "" && sentBytes < 200 * 1024 * 1024 && !socket.destroyed) {
      const isAccepted = socket.write(Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]));
      sentBytes += chunk.length;
      if (!isAccepted) await Promise.race([once(socket, "drain"), once(socket, "close"), once(socket, "data")]);
    }
    await expect.poll(received).toMatch(/^HTTP\/1\.1 413 [\s\S]*PAYLOAD_TOO_LARGE/);
    expect(sentBytes).toBeLessThan(100 * 1024 * 1024);
    socket.destroy();
    await server.close();
  });
});

describe("stopping", () => {
  it("lets a request under way end, ends streams, and refuses new connections", async () => {
    const server = await listen();
    const isStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const slow = fetch(`${server.url}/slow`);
    await isStarted;
    const stream = await fetch(`${server.url}/stream`);
    const closed = server.close();
    expect(await stream.text()).toBe(": hello\n\n");
    await expect
      .poll(() =>
        fetch(`${server.url}/health/live`).then(
          () => "open",
          () => "refused",
        ),
      )
      .toBe("refused");
    release();
    const answer = await slow;
    expect([answer.status, await answer.text()]).toEqual([200, "done after all"]);
    expect(answer.headers.get("connection")).toBe("close");
    expect(answer.headers.get("x-request-id")).not.toBeNull();
    await closed;
    await server.close();
  });

  it("says so to whoever asks on a connection that is open already", async () => {
    const server = await listen();
    const isStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const slow = fetch(`${server.url}/slow`);
    await isStarted;
    const { socket, received } = await dial(server);
    // Half a request is under way, so the connection is not idle when the server begins to stop.
    socket.write("GET /health/ready HTTP/1.1\r\nhost: x\r\n");
    const closed = server.close();
    socket.write("\r\n");
    await expect.poll(received).toMatch(/^HTTP\/1\.1 503 [\s\S]*"draining"/);
    release();
    await slow;
    socket.destroy();
    await closed;
  });

  it("cuts off after the time limit what does not end", async () => {
    const server = await listen({ drainTimeoutMs: 50 });
    const isStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const stuck = fetch(`${server.url}/slow`).then(
      () => "answered",
      () => "cut off",
    );
    await isStarted;
    await server.close();
    expect(await stuck).toBe("cut off");
    release();
  });
});

it("a port that is taken is told in one sentence that names the setting", async () => {
  const server = await listen();
  await expect(listen({ port: server.port })).rejects.toThrow(
    `Port ${server.port} of 127.0.0.1 is taken by another program; stop it, or set PORT to a free one.`,
  );
  await server.close();
});

it("measurements are open to this machine, but not to what a proxy on it passes on", async () => {
  const server = await listen();
  expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
  expect((await fetch(`${server.url}/metrics`, { headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(401);
  await server.close();
});
