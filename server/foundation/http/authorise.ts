import type { MiddlewareHandler } from "hono";
import { type Permission, reach } from "../auth/permissions.ts";
import { problems } from "../problem.ts";
import type { HttpEnv } from "./http-env.ts";

/**
 * Lets in whoever may do something of `permission`, and leaves them at `c.var.principal`: 401 without a good bearer
 * token, 403 for a role that may not. Whose reach is `own` is let in: the queries narrow by `principal.supplierId`.
 */
export function authorise(permission: Permission): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const principal = await c.get("identify")();
    if (principal === null) throw problems.UNAUTHENTICATED();
    if (reach(principal, permission) === "none") throw problems.FORBIDDEN();
    c.set("principal", principal);
    await next();
  };
}

/** Lets in anyone with a role, whatever it may do. */
export function authenticated(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const principal = await c.get("identify")();
    if (principal === null) throw problems.UNAUTHENTICATED();
    c.set("principal", principal);
    await next();
  };
}
