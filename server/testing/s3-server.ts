import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { crc32 } from "node:zlib";
import {
  type Answer,
  type Asked,
  answerTo,
  digestOf,
  etagOf,
  refusalAnswer,
  S3Refusal,
  type StoredObject,
} from "./s3-bucket.ts";
import { S3Faults, type S3Operation } from "./s3-faults.ts";
import { presignedFault, type S3Credentials, signatureFault } from "./s3-signature.ts";

export interface S3Server {
  readonly url: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: S3Credentials;
  readonly faults: S3Faults;
  /** What is stored, for those who judge; changing it is seen by the next request. */
  readonly objects: Map<string, StoredObject>;
  /** Keys that may not be removed: `AccessDenied`, as under an object lock. */
  readonly locked: Set<string>;
  /** How often each operation was asked for, refused requests too. */
  readonly requests: ReadonlyMap<S3Operation, number>;
  close(): Promise<void>;
}

export interface S3ServerOptions {
  /** 0 (the default) is any free port. */
  readonly port?: number;
  readonly bucket?: string;
  readonly region?: string;
  readonly random?: () => number;
  /** Told of every accepted request before it is answered; the answer waits for it. */
  readonly onAsked?: (asked: { readonly operation: S3Operation; readonly key: string }) => void | Promise<void>;
}

/** S3's limit of a single put is 5 GiB; this one lives in memory. */
const putBytesMax = 256 * 1024 * 1024;

/**
 * One bucket in memory behind a real socket, speaking the part of the S3 protocol that the product uses: path style,
 * signatures, checksums, ranges and paging as AWS documents them; everything else is answered with 501. It can be told
 * to misbehave (`faults`).
 */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const { port = 0, bucket = "bodega-test", region = "eu-south-2" } = options;
  const credentials = {
    accessKeyId: `TEST${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64"),
  };
  const requests = new Map<S3Operation, number>();
  const state = {
    bucket,
    region,
    credentials,
    faults: new S3Faults(options.random),
    objects: new Map<string, StoredObject>(),
    locked: new Set<string>(),
    onAsked: options.onAsked ?? (() => undefined),
  };
  const server = createServer((request, response) => {
    void serve(state, requests, request, response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { onAsked: _, ...shown } = state;
  return { ...shown, requests, url: `http://127.0.0.1:${portOf(server)}`, close: () => close(server) };
}

type State = Pick<S3Server, "bucket" | "region" | "credentials" | "faults" | "objects" | "locked"> &
  Required<Pick<S3ServerOptions, "onAsked">>;

async function serve(
  state: State,
  requests: Map<S3Operation, number>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = "/", query = ""] = (request.url ?? "/").split("?");
  try {
    const asked = whatIsAsked(state, request.method ?? "", path, new URLSearchParams(query));
    requests.set(asked.operation, (requests.get(asked.operation) ?? 0) + 1);
    const body = await readBody(request);
    authorise(state, request, path, query, body);
    await state.onAsked({ operation: asked.operation, key: asked.key });
    if (state.faults.slowMs > 0) await wait(state.faults.slowMs);
    const fault = state.faults.next(asked.operation);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "fail") throw new S3Refusal(fault.status, fault.code, "The server was told to fail.");
    if (fault?.kind === "lose") return send(request, response, { status: 200, headers: { ETag: etagOf(body) } });
    const answer = answerTo({ ...state, name: state.bucket }, asked, request, body);
    if (fault?.kind === "cut") return sendHalf(response, answer);
    send(request, response, answer);
  } catch (error) {
    if (error instanceof S3Refusal) return send(request, response, refusalAnswer(error));
    if (request.complete) {
      return send(request, response, refusalAnswer(new S3Refusal(500, "InternalError", String(error))));
    }
    // The sender went away: there is nobody to answer.
    response.destroy();
  }
}

function whatIsAsked(state: State, method: string, path: string, query: URLSearchParams): Asked {
  const [, bucket = "", ...rest] = path.split("/").map(decodeURIComponent);
  const key = rest.join("/");
  if (bucket !== state.bucket) throw new S3Refusal(404, "NoSuchBucket", "The specified bucket does not exist");
  const unused = [...query.keys()].find((name) => !knownParameters.has(name));
  const operation = unused === undefined ? operationOf(method, key, query) : undefined;
  if (operation === undefined)
    throw new S3Refusal(501, "NotImplemented", `${method} with ${query} is not implemented.`);
  return { operation, key, query };
}

const knownParameters: ReadonlySet<string> = new Set([
  "x-id",
  "delete",
  "list-type",
  "prefix",
  "start-after",
  "max-keys",
  "continuation-token",
  // Of presigned addresses.
  "X-Amz-Algorithm",
  "X-Amz-Content-Sha256",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
  "response-cache-control",
  "response-content-disposition",
]);

function operationOf(method: string, key: string, query: URLSearchParams): S3Operation | undefined {
  if (key === "") {
    if (method === "HEAD") return "HeadBucket";
    if (method === "GET" && query.get("list-type") === "2") return "ListObjectsV2";
    return method === "POST" && query.has("delete") ? "DeleteObjects" : undefined;
  }
  const operations = { PUT: "PutObject", GET: "GetObject", HEAD: "HeadObject", DELETE: "DeleteObject" } as const;
  return Object.entries(operations).find(([known]) => known === method)?.[1];
}

/** The whole body, or an error when the sender goes away before its end: an object is stored whole or not at all. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.method === "PUT" && request.headers["content-length"] === undefined) {
    throw new S3Refusal(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > putBytesMax) throw new S3Refusal(400, "EntityTooLarge", "Your proposed upload is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function authorise(state: State, request: IncomingMessage, path: string, query: string, body: Buffer): void {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const signed = { method: request.method ?? "", path, query, headers };
  if (new URLSearchParams(query).has("X-Amz-Signature")) {
    const refused = presignedFault(signed, state.credentials, state.region);
    if (refused !== null) throw new S3Refusal(403, refused.code, refused.message);
    return;
  }
  const fault = signatureFault(signed, state.credentials, state.region);
  if (fault !== null) {
    throw new S3Refusal(fault.code === "AuthorizationHeaderMalformed" ? 400 : 403, fault.code, fault.message);
  }
  const declared = headers["x-amz-content-sha256"];
  if (declared?.startsWith("STREAMING-")) {
    throw new S3Refusal(501, "NotImplemented", "Bodies in signed chunks are not implemented.");
  }
  if (declared !== "UNSIGNED-PAYLOAD" && declared !== digestOf("sha256", body, "hex")) {
    throw new S3Refusal(400, "XAmzContentSHA256Mismatch", "The body does not match x-amz-content-sha256.");
  }
  const md5 = headers["content-md5"];
  const crc = headers["x-amz-checksum-crc32"];
  if (md5 !== undefined && md5 !== digestOf("md5", body, "base64")) {
    throw new S3Refusal(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  if (crc !== undefined && crc !== crc32Of(body)) {
    throw new S3Refusal(400, "BadDigest", "The CRC32 you specified did not match what we received.");
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body = "" }: Answer): void {
  const length = status === 204 ? {} : { "Content-Length": Buffer.byteLength(body) };
  // A body that was refused unread must not be taken for the next request.
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(status, { ...headers, ...length, "x-amz-request-id": randomBytes(8).toString("hex") });
  response.end(request.method === "HEAD" || status === 204 ? undefined : body);
}

function sendHalf(response: ServerResponse, { status, headers, body = "" }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function crc32Of(bytes: Buffer): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(bytes));
  return digest.toString("base64");
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
