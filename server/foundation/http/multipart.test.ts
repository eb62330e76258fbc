import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testLogger } from "../../testing/test-database.ts";
import type { HttpEnv } from "./http-env.ts";
import { type MultipartFile, readMultipart } from "./multipart.ts";
import { answerError } from "./problem-json.ts";
import { type HttpServer, serve } from "./server.ts";

const limits = { filesMax: 3, fieldsMax: 2, fieldBytesMax: 100 };
const boundary = "----bodega";
const formType = `multipart/form-data; boundary=${boundary}`;

let server: HttpServer;
/** What happened to each file, in order: `begun`, then `kept` or `given up`; `discarded` afterwards. */
let story: string[] = [];
/** Ends when a request has been answered for, or given up. */
let handled: PromiseWithResolvers<unknown>;
let receive: (file: MultipartFile) => Promise<Buffer>;

beforeAll(async () => {
  const app = new OpenAPIHono<HttpEnv>();
  app.onError(answerError);
  app.use(async (c, next) => {
    c.set("log", testLogger());
    c.set("requestId", "test");
    await next();
  });
  app.post("/", async (c) => {
    const reading = readMultipart(c.req.raw, limits, receive, async () => {
      story.push("discarded");
    });
    reading.then(handled.resolve, handled.resolve);
    const { fields, files } = await reading;
    return c.json({
      fields: Object.fromEntries(fields),
      files: files.map(({ field, received }) => ({ field, text: received.toString("latin1") })),
    });
  });
  server = await serve({ app, host: "127.0.0.1", port: 0, log: testLogger(), drainTimeoutMs: 100 });
});
afterAll(() => server.close());
beforeEach(() => {
  story = [];
  handled = Promise.withResolvers();
  receive = async ({ body }) => {
    story.push("begun");
    try {
      const bytes = Buffer.concat(await body.toArray());
      story.push("kept");
      return bytes;
    } catch (error) {
      story.push("given up");
      throw error;
    }
  };
});

interface Part {
  readonly name?: string;
  readonly file?: string;
  readonly content?: string;
}

const part = ({ name, file, content = "" }: Part): string => {
  const named = name === undefined ? "" : `; name="${name}"`;
  const filed = file === undefined ? "" : `; filename="${file}"\r\nContent-Type: image/jpeg`;
  return `--${boundary}\r\nContent-Disposition: form-data${named}${filed}\r\n\r\n${content}\r\n`;
};
const form = (...parts: readonly Part[]): string => `${parts.map(part).join("")}--${boundary}--\r\n`;

async function post(body: string, type = formType): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(server.url, { method: "POST", headers: { "content-type": type }, body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** A bare connection that has announced a body of `length` bytes, and nothing of it sent. */
async function announce(length: number): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType}\r\nContent-Length: ${length}\r\n\r\n`);
  return socket;
}

describe("what is whole", () => {
  it("is given field by field and file by file, empty files too, whatever follows the end", async () => {
    const body = form(
      { name: "alt", content: "Café ☕" },
      { name: "file", file: "a.jpg", content: "bytes\r\n--almost\r\n" },
      { name: "empty", file: "" },
    );
    const answer = await post(`a preamble\r\n${body}an epilogue`);
    expect(answer).toEqual({
      status: 200,
      body: {
        fields: { alt: "Café ☕" },
        files: [
          { field: "file", text: "bytes\r\n--almost\r\n" },
          { field: "empty", text: "" },
        ],
      },
    });
  });

  it("is the same when it comes byte by byte", async () => {
    const body = form({ name: "file", file: "a.jpg", content: `x\r\n--${boundary.slice(0, 5)}\r\n-` });
    const socket = await announce(body.length);
    for (const byte of body) {
      socket.write(byte);
      await new Promise(setImmediate);
    }
    const [answer] = await once(socket, "data");
    socket.destroy();
    expect(String(answer)).toContain("200 OK");
    expect(story).toEqual(["begun", "kept"]);
  });

  it("does not need the boundary unquoted, nor short", async () => {
    const long = "b".repeat(70);
    const body = form({ name: "a", content: "1" }).replaceAll(boundary, long);
    expect((await post(body, `multipart/form-data; charset=utf-8; boundary="${long}"`)).status).toBe(200);
  });
});

describe("what is not whole", () => {
  const body = form({ name: "file", file: "a.jpg", content: "0123456789" }, { name: "b", file: "b.jpg" });

  it("is refused wherever it is cut, and nothing of it is kept", async () => {
    for (let at = 0; at < body.length - 4; at += 3) {
      story = [];
      const answer = await post(body.slice(0, at));
      expect([at, answer.status, answer.body.code]).toEqual([at, 400, "VALIDATION_FAILED"]);
      const count = (what: string) => story.filter((each) => each === what).length;
      expect([at, count("given up") + count("discarded")]).toEqual([at, count("begun")]);
    }
  });

  it("is given up when the sender goes away in the middle of a file", async () => {
    const socket = await announce(1_000_000);
    socket.write(part({ name: "one", file: "1.jpg", content: "whole" }));
    socket.write(part({ name: "two", file: "2.jpg", content: "half" }).trimEnd());
    await until(() => story.length === 3);
    socket.destroy();
    expect(await handled.promise).toMatchObject({ code: "VALIDATION_FAILED" });
    expect(story.slice(0, 3).sort()).toEqual(["begun", "begun", "kept"]);
    expect(story.slice(3).sort()).toEqual(["discarded", "given up"]);
  });

  it("is given up when the sender goes away before the first part", async () => {
    const socket = await announce(1_000);
    socket.destroy();
    expect(await handled.promise).toMatchObject({ code: "VALIDATION_FAILED" });
    expect(story).toEqual([]);
  });
});

describe("limits", () => {
  it.each([
    ["300 files", Array.from({ length: 300 }, (_, n) => ({ name: `f${n}`, file: "a" }))],
    ["300 fields", Array.from({ length: 300 }, (_, n) => ({ name: `f${n}` }))],
    ["one file too many", Array.from({ length: 4 }, (_, n) => ({ name: `f${n}`, file: "a" }))],
    ["the same field twice", [{ name: "a" }, { name: "a" }]],
    ["a field without a name", [{ content: "x" }]],
  ])("%s are refused, and what was received by then is discarded", async (_what, parts) => {
    const answer = await post(form(...parts));
    expect([answer.status, answer.body.code]).toEqual([400, "VALIDATION_FAILED"]);
    const ended = story.filter((each) => each === "given up" || each === "discarded");
    expect(ended).toHaveLength(story.filter((each) => each === "begun").length);
  });

  it("parts that are neither field nor file are not passed over without end", async () => {
    const strange = `--${boundary}\r\nContent-Type: text/plain\r\n\r\nx\r\n`;
    expect((await post(`${strange.repeat(300)}--${boundary}--\r\n`)).status).toBe(400);
  });

  it("a field that is too long is too large", async () => {
    const answer = await post(form({ name: "alt", content: "x".repeat(101) }));
    expect([answer.status, answer.body.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    expect((await post(form({ name: "alt", content: "x".repeat(100) }))).status).toBe(200);
  });

  it("what the receiver refuses ends the reading at once, though the sender would go on for ever", async () => {
    receive = async ({ body }) => {
      for await (const _chunk of body) throw Object.assign(new Error("no"), { code: "REFUSED" });
      return Buffer.alloc(0);
    };
    const socket = await announce(1_000_000_000);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.write(part({ name: "file", file: "a.jpg", content: "first" }).trimEnd());
    const closed = once(socket, "close");
    const sending = setInterval(() => socket.write("x".repeat(10_000)), 1);
    await handled.promise.finally(() => clearInterval(sending));
    await closed;
    expect(answer).toContain("500");
    expect(await handled.promise).toMatchObject({ code: "REFUSED" });
  });
});

describe("boundaries", () => {
  it.each([
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary=""',
    `multipart/form-data; boundary=${"b".repeat(71)}`,
    "multipart/form-data; xboundary=a",
  ])("%s is refused", async (type) => {
    const answer = await post(form({ name: "a" }), type);
    expect([answer.status, answer.body.code]).toEqual([400, "VALIDATION_FAILED"]);
  });

  it("another one than announced finds no part at all", async () => {
    expect((await post(form({ name: "a" }), "multipart/form-data; boundary=other")).status).toBe(400);
  });

  it.each(["multipart/mixed; boundary=a", "multipart/form-data-x; boundary=a", "application/json"])(
    "%s is another kind of body",
    async (type) => {
      const answer = await post("{}", type);
      expect([answer.status, answer.body.code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    },
  );
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(setImmediate);
}
