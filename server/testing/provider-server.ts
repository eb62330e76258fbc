import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { type ProviderFault, ProviderFaults } from "./provider-faults.ts";

/** One request as it came over the wire, and how it was answered. */
export interface ProviderRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly prompt: string;
  readonly size: string;
  readonly model: string;
  readonly referenceBytes: Uint8Array | null;
  readonly idempotencyKey: string | null;
  /** Null: no answer was given (hang, reset). */
  readonly status: number | null;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What befell it; null when it was answered well, or refused for what it was. */
  readonly fault: ProviderFault | null;
  /** A picture was made and would be charged; a repeat with the same `Idempotency-Key` is not charged again. */
  readonly isCharged: boolean;
}

export interface ProviderServer {
  readonly url: string;
  readonly apiKey: string;
  readonly faults: ProviderFaults;
  /** Every request, in the order in which they were answered; for those who judge. */
  readonly requests: ProviderRequest[];
  /** The most requests that were under way at once. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
}

/** What the request asks for, once its own emulator has understood it. */
export interface Asked {
  readonly prompt: string;
  readonly size: string;
  readonly width: number;
  readonly height: number;
  readonly model: string;
  readonly referenceBytes: Uint8Array | null;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that the provider itself would refuse, in the provider's own form. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

export interface Dialect {
  readonly apiKey: string;
  /** Throws `Refused`. */
  readonly understand: (request: IncomingMessage, path: string, body: Buffer) => Promise<Asked>;
  /** The good answer around a picture, base64. */
  readonly answer: (asked: Asked, base64: string) => unknown;
}

const requestBytesMax = 32 * 1024 * 1024;

/** A provider of pictures behind a real socket: it checks what the real one checks, and can be told to misbehave. */
export async function startProviderServer(
  dialect: Dialect,
  options: { readonly port?: number } = {},
): Promise<ProviderServer> {
  const state = {
    faults: new ProviderFaults(),
    requests: [] as ProviderRequest[],
    made: new Map<string, unknown>(),
    now: 0,
    most: 0,
  };
  const server = createServer((request, response) => {
    state.now += 1;
    state.most = Math.max(state.most, state.now);
    response.once("close", () => {
      state.now -= 1;
    });
    void serve(dialect, state, request, response);
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    apiKey: dialect.apiKey,
    faults: state.faults,
    requests: state.requests,
    mostAtOnce: () => state.most,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

interface State {
  readonly faults: ProviderFaults;
  readonly requests: ProviderRequest[];
  /** By `Idempotency-Key`. */
  readonly made: Map<string, unknown>;
}

async function serve(
  dialect: Dialect,
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = performance.now();
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const idempotencyKey = headers["idempotency-key"] ?? null;
  const seen = { path, headers, idempotencyKey, startedAt };
  const nothing = { prompt: "", size: "", model: "", referenceBytes: null };
  let fault: ProviderFault | null = null;
  const log = (entry: Pick<ProviderRequest, "status" | "isCharged">, asked: Partial<Asked> = {}) => {
    const { width: _width, height: _height, ...known } = asked;
    state.requests.push({ ...seen, ...nothing, ...known, ...entry, fault, endedAt: performance.now() });
  };
  let asked: Asked | undefined;
  try {
    asked = await dialect.understand(request, path, await readBody(request));
    fault = state.faults.next();
    if (fault !== null && fault.kind !== "picture" && fault.kind !== "cut") {
      if (state.faults.slowMs > 0 && fault.kind !== "hang") await wait(state.faults.slowMs);
      log({ status: statusOf(fault), isCharged: false }, asked);
      return misbehave(fault, response);
    }
    if (state.faults.slowMs > 0) await wait(state.faults.slowMs);
    const known = idempotencyKey === null ? undefined : state.made.get(idempotencyKey);
    const body = known ?? dialect.answer(asked, await pictureOf(asked, fault));
    // One that was spoilt on purpose is no answer to give again.
    if (idempotencyKey !== null && fault === null) state.made.set(idempotencyKey, body);
    log({ status: 200, isCharged: known === undefined }, asked);
    if (fault?.kind === "cut") return sendHalf(response, body);
    send(response, { status: 200, body });
  } catch (error) {
    if (!(error instanceof Refused)) {
      // The asker went away while it was read.
      log({ status: null, isCharged: false }, asked);
      response.destroy();
      return;
    }
    log({ status: error.reply.status, isCharged: false }, asked);
    send(response, error.reply);
  }
}

function statusOf(fault: ProviderFault): number | null {
  if (fault.kind === "status") return fault.status;
  return fault.kind === "body" ? 200 : null;
}

function misbehave(fault: ProviderFault, response: ServerResponse): void {
  if (fault.kind === "status")
    send(response, { status: fault.status, body: fault.body ?? {}, headers: fault.headers ?? {} });
  else if (fault.kind === "body") send(response, { status: 200, body: fault.body });
  else if (fault.kind === "reset") response.destroy();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > requestBytesMax) throw new Error("too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=UTF-8",
    "content-length": Buffer.byteLength(text),
    "x-request-id": `req_${Math.random().toString(36).slice(2)}`,
    ...headers,
  });
  response.end(text);
}

function sendHalf(response: ServerResponse, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

/** Of one colour that the prompt decides: small, real, and told apart. */
async function pictureOf({ prompt, width, height }: Asked, fault: ProviderFault | null): Promise<string> {
  const shade = [...prompt].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffff, 7);
  const background = { r: shade >> 16, g: (shade >> 8) & 0xff, b: shade & 0xff };
  const picture = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
  const base64 = picture.toString("base64");
  return fault?.kind === "picture" ? fault.change(base64) : base64;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
