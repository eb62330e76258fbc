import { createHash } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Foundation } from "../foundation.ts";
import { authenticated } from "../http/authorise.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../http/openapi.ts";
import { isSecure, refuseForeignOrigin } from "../http/own-origin.ts";
import { connectionIdOf, limitHeaders, rateLimited } from "../http/request-limit.ts";
import { type Problem, problems } from "../problem.ts";
import { limiterKey } from "../resilience/limiter-key.ts";
import { ownKeys } from "./authenticator.ts";
import type { Identity } from "./identity.ts";
import { roles } from "./principal.ts";
import { findUserByEmail } from "./queries.ts";
import { changeUser, hashNewPassword, isPasswordOf } from "./user-accounts.ts";
import { passwordSchema } from "./user-routes.ts";

/** Ten tries, then one every six seconds: per address, so that nobody tries many accounts, and per account. */
const signInLimit = { burst: 10, perSecond: 10 / 60 };

export interface SignInFoundation extends Pick<Foundation, "config" | "database" | "log"> {
  readonly limiter: Pick<Foundation["limiter"], "take">;
  readonly authenticator: Pick<Foundation["authenticator"], "epochs">;
}

type SignIn = Pick<Identity, "handler">;

const credentialsSchema = z
  .object({
    email: z.email().max(254),
    password: z.string().min(1).max(256),
    rememberMe: z.boolean().optional().openapi({ description: "False: the cookie goes with the browser window." }),
  })
  .openapi("Credentials");

const signedInSchema = z
  .object({
    user: z.object({
      id: z.uuid(),
      email: z.string(),
      name: z.string(),
      role: z.enum(roles),
      supplierId: z.uuid().nullable(),
    }),
  })
  .openapi("SignedIn");

const keySchema = z.object({
  kty: z.string(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
});

const signInRoute = createRoute({
  method: "post",
  path: "/auth/sign-in/email",
  tags: ["sign-in"],
  summary: "Sign in: sets the session cookie",
  request: { body: jsonBody(credentialsSchema) },
  responses: {
    200: jsonAnswer(signedInSchema, "Signed in; the cookie is set."),
    ...problemResponses(400, 401, 403, 413, 415, 429),
  },
});

const signOutRoute = createRoute({
  method: "post",
  path: "/auth/sign-out",
  tags: ["sign-in"],
  summary: "End the session of the cookie",
  responses: { 204: { description: "Signed out, or never signed in." }, ...problemResponses(403) },
});

const tokenRoute = createRoute({
  method: "get",
  path: "/auth/token",
  tags: ["sign-in"],
  summary: "A bearer token (ES256, 15 minutes) for the session of the cookie",
  responses: { 200: jsonAnswer(z.object({ token: z.string() }), "The token."), ...problemResponses(401) },
});

const keysRoute = createRoute({
  method: "get",
  path: "/auth/jwks",
  tags: ["sign-in"],
  summary: "The public keys that tokens are verified with (RFC 7517)",
  responses: { 200: jsonAnswer(z.object({ keys: z.array(keySchema) }), "The keys.") },
});

const passwordRoute = createRoute({
  method: "put",
  path: "/v1/me/password",
  tags: ["users"],
  summary: "Change one's own password; ends all sessions, this one too",
  security: bearer,
  middleware: authenticated(),
  request: { body: jsonBody(z.object({ currentPassword: z.string().min(1).max(256), newPassword: passwordSchema })) },
  responses: { 204: { description: "Changed." }, ...problemResponses(400, 401, 403, 415, 429) },
});

/** What of better-auth is reachable; every other path of its own is not. Its errors become problems here. */
export function registerSignIn(app: OpenAPIHono<HttpEnv>, foundation: SignInFoundation, identity: SignIn): void {
  const { database, config, authenticator } = foundation;

  app.openapi(signInRoute, async (c) => {
    refuseForeignOrigin(c, config.allowedOrigins);
    const credentials = c.req.valid("json");
    await limitTries(c, foundation, credentials.email);
    const answer = await ask(identity, c, { body: credentials });
    if (!answer.ok) throw refusalOf(answer.status, "The address or the password is not right.");
    const user = await findUserByEmail(database.db, credentials.email.toLowerCase());
    if (user === undefined) throw problems.UNAUTHENTICATED();
    passCookies(c, answer);
    const { id, email, name, role, supplierId } = user;
    return c.json({ user: { id, email, name, role, supplierId } }, 200);
  });

  app.openapi(signOutRoute, async (c) => {
    refuseForeignOrigin(c, config.allowedOrigins);
    const answer = await ask(identity, c, { body: {} });
    if (!answer.ok) throw refusalOf(answer.status, "There is no session.");
    passCookies(c, answer);
    return c.body(null, 204);
  });

  app.openapi(tokenRoute, async (c) => {
    const answer = await ask(identity, c, {});
    if (!answer.ok) throw refusalOf(answer.status, "There is no session; sign in first.");
    passCookies(c, answer);
    const { token } = z.object({ token: z.string() }).parse(await answer.json());
    return c.json({ token }, 200, { "cache-control": "no-store" });
  });

  app.openapi(keysRoute, async (c) => {
    const { keys } = await ownKeys(database.db);
    return c.json({ keys: z.array(keySchema).parse(keys) }, 200, { "cache-control": "public, max-age=300" });
  });

  app.openapi(passwordRoute, async (c) => {
    const { currentPassword, newPassword } = c.req.valid("json");
    const { userId } = c.get("principal");
    await limitTries(c, foundation, userId);
    if (!(await isPasswordOf(database.db, userId, currentPassword))) {
      throw problems.FORBIDDEN("The current password is not right.");
    }
    const passwordHash = await hashNewPassword(newPassword);
    await database.transaction((tx) => changeUser(tx, userId, { passwordHash }));
    authenticator.epochs.forget(userId);
    return c.body(null, 204);
  });
}

/** Counts before the password is looked at, right or wrong: what a try costs us is the hash. */
async function limitTries(c: Context<HttpEnv>, foundation: SignInFoundation, account: string): Promise<void> {
  const address = limiterKey({
    principal: null,
    clientAddress: c.get("clientAddress"),
    connectionId: connectionIdOf(c),
  });
  const accountHash = createHash("sha256").update(account.toLowerCase()).digest("hex");
  for (const key of [address, `account:${accountHash}`]) {
    const taken = await foundation.limiter.take(key, { name: "sign-in", ...signInLimit });
    if (!taken.allowed) throw rateLimited(limitHeaders("sign-in", signInLimit, taken), taken.retryAfterMs);
  }
}

/** The same path at better-auth, with the caller's cookies and nothing else of theirs but what was validated. */
async function ask(identity: SignIn, c: Context<HttpEnv>, options: { readonly body?: object }): Promise<Response> {
  const headers = new Headers({ "content-type": "application/json" });
  for (const name of ["cookie", "user-agent"]) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const answer = await identity.handler(
    new Request(new URL(c.req.path, c.req.url), {
      method: c.req.method,
      headers,
      ...(options.body && { body: JSON.stringify(options.body) }),
    }),
  );
  return answer;
}

function refusalOf(status: number, detail: string): Problem {
  if (status < 500) return problems.UNAUTHENTICATED(detail);
  return problems.SERVICE_UNAVAILABLE({
    detail: "Signing in is not possible right now.",
    headers: { "retry-after": "2" },
  });
}

/** better-auth cannot know whether the browser came by TLS, so `Secure` is added here. */
function passCookies(c: Context<HttpEnv>, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) {
    c.header("set-cookie", isSecure(c) ? `${cookie}; Secure` : cookie, { append: true });
  }
}
