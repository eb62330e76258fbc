import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { S3Operation } from "./s3-faults.ts";

export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly cacheControl: string | null;
  readonly etag: string;
  readonly modifiedAt: Date;
}

export interface S3Bucket {
  readonly name: string;
  readonly objects: Map<string, StoredObject>;
  /** Keys that may not be removed: `AccessDenied`, as under an object lock. */
  readonly locked: Set<string>;
}

export interface Asked {
  readonly operation: S3Operation;
  readonly key: string;
  readonly query: URLSearchParams;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Buffer | string;
}

/** An error in S3's own words. */
export class S3Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Does what is asked and says what S3 would say. Throws `S3Refusal`. */
export function answerTo(bucket: S3Bucket, asked: Asked, request: IncomingMessage, body: Buffer): Answer {
  switch (asked.operation) {
    case "PutObject":
      return putObject(bucket, asked.key, request, body);
    case "GetObject":
      return getObject(bucket, asked.key, request.headers.range);
    case "HeadObject":
      return getObject(bucket, asked.key, undefined);
    case "DeleteObject":
      if (bucket.locked.has(asked.key)) throw new S3Refusal(403, "AccessDenied", "The object is locked.");
      bucket.objects.delete(asked.key);
      return { status: 204 };
    case "DeleteObjects":
      return deleteObjects(bucket, request, body);
    case "ListObjectsV2":
      return listObjects(bucket, asked.query);
    case "HeadBucket":
      return { status: 200 };
  }
}

function putObject(bucket: S3Bucket, key: string, request: IncomingMessage, body: Buffer): Answer {
  if (Buffer.byteLength(key) > 1024) throw new S3Refusal(400, "KeyTooLongError", "Your key is too long");
  bucket.objects.set(key, {
    bytes: body,
    contentType: request.headers["content-type"] ?? "binary/octet-stream",
    cacheControl: request.headers["cache-control"] ?? null,
    etag: etagOf(body),
    modifiedAt: new Date(),
  });
  return { status: 200, headers: { ETag: etagOf(body) } };
}

function getObject(bucket: S3Bucket, key: string, range: string | undefined): Answer {
  const object = bucket.objects.get(key);
  if (object === undefined) throw new S3Refusal(404, "NoSuchKey", "The specified key does not exist.");
  const headers = {
    ETag: object.etag,
    "Content-Type": object.contentType,
    "Last-Modified": object.modifiedAt.toUTCString(),
    "Accept-Ranges": "bytes",
    ...(object.cacheControl === null ? {} : { "Cache-Control": object.cacheControl }),
  };
  const sizeBytes = object.bytes.length;
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === "" && last === "") return { status: 200, headers, body: object.bytes };
  const start = first === "" ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (start > end) throw new S3Refusal(416, "InvalidRange", "The requested range is not satisfiable");
  return {
    status: 206,
    headers: { ...headers, "Content-Range": `bytes ${start}-${end}/${sizeBytes}` },
    body: object.bytes.subarray(start, end + 1),
  };
}

function deleteObjects(bucket: S3Bucket, request: IncomingMessage, body: Buffer): Answer {
  // As servers do that never learnt the newer checksums; AWS takes those as well.
  if (request.headers["content-md5"] === undefined) {
    throw new S3Refusal(400, "MissingContentMD5", "Missing required header for this request: Content-MD5");
  }
  const document = body.toString();
  const keys = [...document.matchAll(/<Object>.*?<Key>(.*?)<\/Key>.*?<\/Object>/gs)].map(([, key = ""]) =>
    unescaped(key),
  );
  if (keys.length === 0 || keys.length > 1000) {
    throw new S3Refusal(400, "MalformedXML", "The XML you provided was not well-formed");
  }
  const quiet = /<Quiet>true<\/Quiet>/.test(document);
  const entries = keys.map((key) => {
    const name = `<Key>${escaped(key)}</Key>`;
    if (bucket.locked.has(key)) {
      return `<Error>${name}<Code>AccessDenied</Code><Message>The object is locked.</Message></Error>`;
    }
    bucket.objects.delete(key);
    return quiet ? "" : `<Deleted>${name}</Deleted>`;
  });
  return xml("DeleteResult", entries.join(""));
}

function listObjects(bucket: S3Bucket, query: URLSearchParams): Answer {
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const maxKeys = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const keys = [...bucket.objects.keys()]
    .filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const page = keys.slice(0, maxKeys);
  const isTruncated = keys.length > page.length;
  const next = isTruncated ? Buffer.from(page.at(-1) ?? "").toString("base64url") : null;
  const contents = page.flatMap((key) => {
    const object = bucket.objects.get(key);
    if (object === undefined) return [];
    const modifiedAt = object.modifiedAt.toISOString();
    return `<Contents><Key>${escaped(key)}</Key><LastModified>${modifiedAt}</LastModified><ETag>${escaped(object.etag)}</ETag><Size>${object.bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  return xml(
    "ListBucketResult",
    `<Name>${bucket.name}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>` +
      `<MaxKeys>${maxKeys}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>` +
      `${next === null ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}${contents.join("")}`,
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function refusalAnswer({ status, code, message }: S3Refusal): Answer {
  const body = `${xmlHead}<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  return { status, headers: { "Content-Type": "application/xml" }, body };
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>\n`;

function xml(root: string, content: string): Answer {
  const body = `${xmlHead}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
  return { status: 200, headers: { "Content-Type": "application/xml" }, body };
}

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" } as const;

function escaped(text: string): string {
  return Object.entries(entities).reduce((done, [character, entity]) => done.replaceAll(character, entity), text);
}

function unescaped(text: string): string {
  return Object.entries(entities).reduceRight((done, [character, entity]) => done.replaceAll(entity, character), text);
}

export function etagOf(bytes: Buffer): string {
  return `"${digestOf("md5", bytes, "hex")}"`;
}

export function digestOf(algorithm: "md5" | "sha256", bytes: Buffer, encoding: "hex" | "base64"): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}
