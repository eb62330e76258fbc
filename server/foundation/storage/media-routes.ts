import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Foundation } from "../foundation.ts";
import { notModified } from "../http/etag.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { problems } from "../problem.ts";
import { isObjectKey } from "./object-key.ts";
import { type ByteRange, type MediaGrant, type ObjectHead, StoreError } from "./object-store.ts";

/** Keys are immutable, so what was fetched once never has to be asked for again. */
const cacheForever = "public, max-age=31536000, immutable";

/** Even an object that is not what it says it is can run nothing; the shop's own pages frame it, to show a book. */
const mediaPolicy = "default-src 'none'; sandbox; frame-ancestors 'self'";

/**
 * `GET` and `HEAD /media/{key}`: objects under `publicPrefixes` (each ends in `/`), from whatever store there is, with a
 * strong ETag and ranges (RFC 9110 §14). Any other key needs the signature of its own address, else it is as if it did
 * not exist; nothing is ever listed.
 */
export function registerMedia(
  app: OpenAPIHono<HttpEnv>,
  foundation: Pick<Foundation, "store">,
  publicPrefixes: readonly string[],
): void {
  app.get("/media/:key{.+}", async (c) => {
    const key = c.req.param("key");
    if (!isObjectKey(key)) throw missing();
    const grant = publicPrefixes.some((prefix) => key.startsWith(prefix))
      ? null
      : await requireGrant(c, foundation, key);
    const head = await foundation.store.head(key, c.req.raw.signal);
    if (head === null) throw missing();
    const unchanged = notModified(c, head.etag);
    if (unchanged !== null) return new Response(null, { status: 304, headers: headersOf(head, grant) });
    return send(c, foundation, head, grant);
  });
}

async function requireGrant(
  c: Context<HttpEnv>,
  { store }: Pick<Foundation, "store">,
  key: string,
): Promise<MediaGrant> {
  const grant = await store.grantOf(key, new URL(c.req.url).searchParams);
  if (grant === "expired") throw problems.FORBIDDEN("This address has expired; ask for a new one.");
  if (grant === null) throw missing();
  return grant;
}

async function send(
  c: Context<HttpEnv>,
  { store }: Pick<Foundation, "store">,
  head: ObjectHead,
  grant: MediaGrant | null,
): Promise<Response> {
  const headers = headersOf(head, grant);
  const range = rangeWanted(c, head);
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${head.sizeBytes}` } });
  }
  const { start, end } = range ?? { start: 0, end: head.sizeBytes - 1 };
  headers["content-length"] = String(end - start + 1);
  if (range !== null) headers["content-range"] = `bytes ${start}-${end}/${head.sizeBytes}`;
  const status = range === null ? 200 : 206;
  if (c.req.method === "HEAD") return new Response(null, { status, headers });
  try {
    const body = await store.stream(head.key, { ...(range && { range }), signal: c.req.raw.signal });
    return new Response(body, { status, headers });
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") throw missing();
    throw error;
  }
}

/** What needs a signature is for the one browser that has it, and no longer than the signature is good. */
function headersOf(head: ObjectHead, grant: MediaGrant | null): Record<string, string> {
  const remainingSeconds =
    grant === null ? 0 : Math.max(0, Math.floor((grant.expiresAt.getTime() - Date.now()) / 1000));
  return {
    ...(grant !== null &&
      grant.fileName !== null && { "content-disposition": `attachment; filename="${grant.fileName}"` }),
    "content-type": head.contentType,
    etag: head.etag,
    "last-modified": head.modifiedAt.toUTCString(),
    "cache-control": grant === null ? cacheForever : `private, max-age=${remainingSeconds}`,
    "accept-ranges": "bytes",
    "content-security-policy": mediaPolicy,
    "x-frame-options": "SAMEORIGIN",
  };
}

/** One range, as browsers ask for; several, or one that `If-Range` does not let through, mean the whole object. */
function rangeWanted(c: Context<HttpEnv>, head: ObjectHead): ByteRange | "unsatisfiable" | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(c.req.header("range") ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  const condition = c.req.header("if-range");
  if (condition !== undefined && condition !== head.etag) return null;
  const last = head.sizeBytes - 1;
  const start = from === "" ? Math.max(0, head.sizeBytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? last : Math.min(Number(to), last);
  if (start > last || start > end) return from !== "" && to !== "" && Number(to) < start ? null : "unsatisfiable";
  return { start, end };
}

const missing = () => problems.NOT_FOUND("There is no such object.");
