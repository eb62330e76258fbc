import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";
import { isSecure } from "./own-origin.ts";

/** JSON is not a page: nothing may be loaded, framed or run by it. */
const answerPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Six months; only behind TLS, where it is heard (RFC 6797 §7.2). */
const strictTransport = "max-age=15768000; includeSubDomains";

/** On every answer; a route that serves pages or pictures sets its own `content-security-policy` and `x-frame-options`. */
export function securityHeaders(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has("content-security-policy")) headers.set("content-security-policy", answerPolicy);
    // What one caller may see is not for a shared cache, and is asked for again (by ETag) before it is shown again.
    if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    if (!headers.has("x-frame-options")) headers.set("x-frame-options", "DENY");
    headers.set("cross-origin-opener-policy", "same-origin");
    // The camera reads barcodes, on this shop's own pages alone.
    headers.set("permissions-policy", "camera=(self), geolocation=(), microphone=()");
    if (isSecure(c)) headers.set("strict-transport-security", strictTransport);
  };
}
