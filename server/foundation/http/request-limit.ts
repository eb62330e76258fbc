import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import type { Principal } from "../auth/principal.ts";
import type { Foundation } from "../foundation.ts";
import type { SettingDefinition } from "../module.ts";
import { Problem, problems } from "../problem.ts";
import { limiterKey } from "../resilience/limiter-key.ts";
import { type HttpEnv, socketOf } from "./http-env.ts";
import { PrepaidLimit } from "./prepaid-limit.ts";

export interface RequestLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** How fast one user, or one address without a user, may ask: far more than hands do, and imports just so. */
export const requestLimitSetting: SettingDefinition<RequestLimit> = {
  key: "limits.requests",
  schema: z.object({ burst: z.int().min(1).max(1_000_000), perSecond: z.number().positive().max(1_000_000) }),
  fallback: { burst: 1_000, perSecond: 200 },
  description: "Requests of one user, or of one address that shows no token: at once, and per second for long.",
  isPublic: false,
};

export interface LimitFoundation {
  readonly limiter: Pick<Foundation["limiter"], "take">;
  readonly settings: Pick<Foundation["settings"], "get">;
}

/** What is not counted: probes, the documents, and pictures (immutable, and many to a page). */
const counted = /^\/(v1|auth|internal)\//;

/**
 * The general limit, shared by all instances. Tells how much is left (`RateLimit`, `RateLimit-Policy`,
 * draft-ietf-httpapi-ratelimit-headers-10) and when to come back (`Retry-After`). A caller whose address is not known
 * is counted by connection: one bucket for all of them would let one lock out the others.
 */
export function limitRequests(foundation: LimitFoundation): MiddlewareHandler<HttpEnv> {
  const limiter = new PrepaidLimit(foundation.limiter);
  return async (c, next) => {
    if (!counted.test(c.req.path)) return next();
    const key = await callerKey(c);
    const limit = await foundation.settings.get(requestLimitSetting);
    const taken = await limiter.take(key, { name: "requests", ...limit });
    const headers = limitHeaders("requests", limit, taken);
    if (!taken.allowed) throw rateLimited(headers, taken.retryAfterMs);
    await next();
    // A refusal by a narrower limit tells of that one.
    if (c.res.headers.has("ratelimit")) return undefined;
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    return undefined;
  };
}

/** 429 with the seconds to wait, rounded up so that who waits that long is let in. */
export function rateLimited(headers: Readonly<Record<string, string>>, retryAfterMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return problems.RATE_LIMITED({
    detail: `Wait ${seconds} s, then go on.`,
    headers: { ...headers, "retry-after": String(seconds) },
  });
}

/** `r`: how many are left; `t`: seconds until all are; `q`: how many at once; `w`: seconds in which so many come back. */
export function limitHeaders(
  name: string,
  limit: RequestLimit,
  taken: { readonly remaining: number; readonly resetMs: number },
): Readonly<Record<string, string>> {
  const windowSeconds = Math.max(1, Math.ceil(limit.burst / limit.perSecond));
  return {
    ratelimit: `"${name}";r=${Math.max(0, Math.floor(taken.remaining))};t=${Math.ceil(taken.resetMs / 1000)}`,
    "ratelimit-policy": `"${name}";q=${limit.burst};w=${windowSeconds}`,
  };
}

async function callerKey(c: Context<HttpEnv>): Promise<string> {
  return limiterKey({
    principal: await knownPrincipal(c),
    clientAddress: c.get("clientAddress"),
    connectionId: connectionIdOf(c),
  });
}

const connectionIds = new WeakMap<Socket, string>();

/** One id a connection; a request without one is a connection of its own. */
export function connectionIdOf(c: Context<HttpEnv>): string {
  const socket = socketOf(c);
  if (socket === undefined) return randomUUID();
  const id = connectionIds.get(socket) ?? randomUUID();
  connectionIds.set(socket, id);
  return id;
}

/** A token that is refused counts on the address it came from; the route says what is wrong with it, if it cares. */
async function knownPrincipal(c: Context<HttpEnv>): Promise<Principal | null> {
  try {
    return await c.get("identify")();
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return null;
    throw error;
  }
}
