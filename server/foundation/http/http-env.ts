import type { Socket } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Principal } from "../auth/principal.ts";
import type { Logger } from "../telemetry/logger.ts";

/** What middleware leaves on a request for the routes behind it. */
export interface HttpEnv {
  readonly Bindings: HttpBindings & {
    /** Set by `serve`; read it with `drainSignalOf`. */
    readonly drain?: AbortSignal;
  };
  readonly Variables: {
    requestId: string;
    traceId: string;
    log: Logger;
    /** The caller's address, as far as `TRUSTED_PROXIES` lets it be known; null when it is not. */
    clientAddress: string | null;
    /** Set by `authorise`; absent on public routes. */
    principal: Principal;
    /** Who asks, or null without a bearer token; throws for a bad one. Verified once a request. Use `authorise`. */
    identify: () => Promise<Principal | null>;
  };
}

/** The connection that a request came by; undefined without one (`app.request` in tests and generators). */
export function socketOf(c: Context<HttpEnv>): Socket | undefined {
  const bindings: Partial<HttpEnv["Bindings"]> | undefined = c.env;
  return bindings?.incoming?.socket;
}

/** Aborted when the process begins to stop: long answers listen to it. Never aborted without a socket. */
export function drainSignalOf(c: Context<HttpEnv>): AbortSignal {
  const bindings: Partial<HttpEnv["Bindings"]> | undefined = c.env;
  return bindings?.drain ?? neverAborted;
}

const neverAborted = new AbortController().signal;
