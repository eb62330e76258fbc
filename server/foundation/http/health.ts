import { isIP } from "node:net";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { reach } from "../auth/permissions.ts";
import type { Foundation } from "../foundation.ts";
import type { HealthCheck } from "../module.ts";
import { problems } from "../problem.ts";
import { drainSignalOf, type HttpEnv, socketOf } from "./http-env.ts";
import { askDatabase } from "./queries.ts";

const checkTimeoutMs = 2_000;

interface NamedCheck {
  readonly name: string;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * `/health/live`: the process answers. `/health/ready`: it may be given requests; 503 names the check that failed, and
 * why is in the log alone, since anyone may ask. `/metrics`: for loopback, or who may manage operations.
 */
export function registerHealth<F extends Foundation | Pick<Foundation, "database" | "log" | "metrics">>(
  app: OpenAPIHono<HttpEnv>,
  foundation: F,
  healthChecks: readonly HealthCheckFor<F>[],
): void {
  const checks: readonly NamedCheck[] = [
    { name: "database", run: () => askDatabase(foundation.database.db) },
    ...healthChecks.map(({ name, check }) => ({ name, run: (signal: AbortSignal) => check(foundation, signal) })),
  ];
  app.get("/health/live", (c) => c.json({ status: "ok" }));
  app.get("/health/ready", async (c) => {
    const results = await Promise.all(checks.map((check) => outcomeOf(check, foundation)));
    const isDraining = drainSignalOf(c).aborted;
    const isReady = !isDraining && results.every(([, outcome]) => outcome === "ok");
    const status = isDraining ? "draining" : isReady ? "ok" : "unavailable";
    return c.json({ status, checks: Object.fromEntries(results) }, isReady ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    await requireScraper(c);
    const { registry } = foundation.metrics;
    return c.body(await registry.metrics(), 200, { "content-type": registry.contentType });
  });
}

/** A module's health check, over whatever foundation the app was made with. */
export interface HealthCheckFor<F> {
  readonly name: HealthCheck["name"];
  readonly check: (foundation: F, signal: AbortSignal) => Promise<unknown>;
}

async function outcomeOf(
  check: NamedCheck,
  foundation: Pick<Foundation, "log">,
): Promise<readonly [string, "ok" | "failed"]> {
  const signal = AbortSignal.timeout(checkTimeoutMs);
  try {
    await Promise.race([check.run(signal), aborted(signal)]);
    return [check.name, "ok"];
  } catch (error) {
    foundation.log.warn({ error, check: check.name }, "a health check failed");
    return [check.name, "failed"];
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error(`took longer than ${checkTimeoutMs} ms`)), { once: true });
  });
}

async function requireScraper(c: Context<HttpEnv>): Promise<void> {
  if (isLoopback(c)) return;
  const principal = await c.get("identify")();
  if (principal === null) throw problems.UNAUTHENTICATED();
  if (reach(principal, "operations:manage") === "none") throw problems.FORBIDDEN();
}

/** A proxy on the same machine is loopback too, but what it passes on is not: it says so by `X-Forwarded-For`. */
function isLoopback(c: Context<HttpEnv>): boolean {
  if (c.req.header("x-forwarded-for") !== undefined || c.req.header("forwarded") !== undefined) return false;
  const peer = socketOf(c)?.remoteAddress ?? "";
  return isIP(peer) !== 0 && (peer === "::1" || peer.replace(/^::ffff:/, "").startsWith("127."));
}
