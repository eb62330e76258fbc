import type { MiddlewareHandler } from "hono";
import type { Authenticator } from "../auth/authenticator.ts";
import type { Principal } from "../auth/principal.ts";
import { problems } from "../problem.ts";
import type { HttpEnv } from "./http-env.ts";

/** Leaves `c.var.identify`: verifies the bearer token when somebody asks, once a request. */
export function identify(authenticator: Pick<Authenticator, "authenticate">): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    let known: Promise<Principal | null> | undefined;
    c.set("identify", () => {
      known ??= principalOf(c.req.header("authorization"), authenticator);
      return known;
    });
    await next();
  };
}

async function principalOf(
  header: string | undefined,
  authenticator: Pick<Authenticator, "authenticate">,
): Promise<Principal | null> {
  if (header === undefined) return null;
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1];
  if (token === undefined) throw problems.UNAUTHENTICATED("Send the header as: Authorization: Bearer <token>.");
  return authenticator.authenticate(token);
}
