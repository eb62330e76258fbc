import type { Context } from "hono";
import { problems } from "../problem.ts";
import type { HttpEnv } from "./http-env.ts";

/**
 * Whether the browser came by TLS, here or at the proxy before us. `X-Forwarded-Proto` is believed from anyone: all it
 * does is to make the caller's own cookies `Secure`.
 */
export function isSecure(c: Context<HttpEnv>): boolean {
  const forwarded = c.req.header("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase();
  return (forwarded ?? new URL(c.req.url).protocol.replace(":", "")) === "https";
}

/**
 * Refuses a request that a browser sends from a page of another site (cross-site request forgery). Who sends no
 * `Origin` is not a browser with a cookie: browsers send it with every POST, and the cookie is `SameSite=Lax`.
 */
export function refuseForeignOrigin(c: Context<HttpEnv>, allowedOrigins: readonly string[]): void {
  const origin = c.req.header("origin");
  if (origin === undefined || allowedOrigins.includes(origin)) return;
  // The scheme is left out: behind a proxy that ends TLS, the page is https and the request here http.
  if (URL.parse(origin)?.host === new URL(c.req.url).host) return;
  throw problems.FORBIDDEN("Requests from pages of this origin are not accepted.");
}
