import { type Span, SpanStatusCode } from "@opentelemetry/api";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Foundation } from "../foundation.ts";
import { currentTraceId, inSpan } from "../telemetry/tracing.ts";
import { clientAddress } from "./client-address.ts";
import { type HttpEnv, socketOf } from "./http-env.ts";
import { requestIdOf } from "./request-id.ts";

/**
 * The outermost middleware: gives the request its id (echoed as `x-request-id` on every answer, refusals and streams
 * too), goes on with the caller's trace, and leaves one log line and one measurement of each request. Route patterns
 * name all three, never addresses: those may hold secrets, and there is no end of them.
 */
export function observe(foundation: Pick<Foundation, "config" | "log" | "metrics">): MiddlewareHandler<HttpEnv> {
  const { trustedProxies } = foundation.config;
  const labels = ["method", "route", "status"] as const;
  const total = foundation.metrics.counter("bodega_http_requests_total", "Requests answered.", labels);
  const seconds = foundation.metrics.histogram(
    "bodega_http_request_duration_seconds",
    "Time until an answer begins.",
    labels,
  );
  return async (c, next) => {
    const startedAt = performance.now();
    const requestId = requestIdOf(c.req.header("x-request-id"));
    await inSpan(c.req.method, { kind: "server", traceparent: c.req.header("traceparent") }, async (span) => {
      const traceId = currentTraceId();
      c.set("requestId", requestId);
      c.set("traceId", traceId);
      c.set("log", foundation.log.child({ requestId, traceId }));
      c.set("clientAddress", callerAddress(c, trustedProxies));
      await next();
      c.res.headers.set("x-request-id", requestId);
      const route = routeOf(c);
      const elapsedMs = performance.now() - startedAt;
      const label = { method: methodOf(c), route, status: String(c.res.status) };
      total.inc(label);
      seconds.observe(label, elapsedMs / 1000);
      describe(span, c, route);
      logAnswer(c, route, elapsedMs);
    });
  };
}

function callerAddress(c: Context<HttpEnv>, trustedProxies: readonly string[]): string | null {
  const socket = socketOf(c);
  if (socket === undefined) return null;
  return clientAddress(socket.remoteAddress, c.req.header("x-forwarded-for"), trustedProxies);
}

/** The pattern of the route that answered, such as `/v1/products/:id`; `unmatched` when none did. */
function routeOf(c: Context<HttpEnv>): string {
  const route = matchedRoutes(c).findLast(({ method }) => method !== "ALL");
  return route?.path ?? "unmatched";
}

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A caller may invent methods without end; labels must not grow with them. */
const methodOf = (c: Context<HttpEnv>): string => (knownMethods.has(c.req.method) ? c.req.method : "OTHER");

function describe(span: Span, c: Context<HttpEnv>, route: string): void {
  span.updateName(`${methodOf(c)} ${route}`);
  span.setAttributes({
    "http.request.method": methodOf(c),
    "http.route": route,
    "http.response.status_code": c.res.status,
  });
  if (c.res.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}

function logAnswer(c: Context<HttpEnv>, route: string, elapsedMs: number): void {
  const principal = c.get("principal");
  const isProbe = route.startsWith("/health/") || route === "/metrics";
  c.get("log")[isProbe ? "debug" : "info"](
    {
      method: methodOf(c),
      route,
      status: c.res.status,
      elapsedMs: Math.round(elapsedMs * 10) / 10,
      ...(principal !== undefined && { userId: principal.userId }),
    },
    "request",
  );
}
