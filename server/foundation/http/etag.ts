import type { Context } from "hono";
import { problems } from "../problem.ts";
import type { HttpEnv } from "./http-env.ts";

/** A strong entity tag (RFC 9110 §8.8.3) of a row's version: a counter, or the time of its last change. */
export function etagOf(version: string | number | bigint | Date): string {
  const text = version instanceof Date ? version.toISOString() : String(version);
  return `"${Buffer.from(text).toString("base64url")}"`;
}

/**
 * Lets a change through only if the caller has seen the present state: 428 `PRECONDITION_REQUIRED` without `If-Match`,
 * 412 `PRECONDITION_FAILED` when it names another state. Compares strongly (RFC 9110 §13.1.1), unless `isCurrent` knows
 * better which tags stand for a state that the change may build on.
 */
export function requireIfMatch(
  c: Context<HttpEnv>,
  etag: string,
  isCurrent: (tag: string) => boolean = (tag) => tag === etag,
): void {
  const given = c.req.header("if-match");
  if (given === undefined) throw problems.PRECONDITION_REQUIRED();
  const tags = tagsOf(given);
  if (!tags.includes("*") && !tags.some(isCurrent)) {
    throw problems.PRECONDITION_FAILED({
      detail: "Read it again, look at what changed, and repeat with the new ETag.",
      headers: { etag },
    });
  }
}

/** 304 when `If-None-Match` names the present state (compared weakly, RFC 9110 §13.1.2), else null. */
export function notModified(c: Context<HttpEnv>, etag: string): Response | null {
  const given = c.req.header("if-none-match");
  if (given === undefined) return null;
  const tags = tagsOf(given).map((tag) => tag.replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag) ? new Response(null, { status: 304, headers: { etag } }) : null;
}

const tagsOf = (header: string): readonly string[] => header.match(/\*|(?:W\/)?"[^"]*"/g) ?? [];
