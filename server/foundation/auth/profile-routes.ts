import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../foundation.ts";
import { authenticated } from "../http/authorise.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { idempotent } from "../http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../http/openapi.ts";
import { problems } from "../problem.ts";
import type { Principal } from "./principal.ts";
import { findUser } from "./queries.ts";
import { changeUser } from "./user-accounts.ts";
import { nameSchema } from "./user-routes.ts";

const profileSchema = z.object({ email: z.string(), name: z.string() }).openapi("Profile");
const access = { tags: ["users"], security: bearer, middleware: authenticated(), path: "/v1/me/profile" };

const readRoute = createRoute({
  ...access,
  method: "get",
  summary: "What one has told of oneself",
  responses: { 200: jsonAnswer(profileSchema, "The caller's profile."), ...problemResponses(401, 403, 404) },
});

const changeRoute = createRoute({
  ...access,
  method: "patch",
  summary: "Change one's own name, as others see it",
  request: { body: jsonBody(z.strictObject({ name: nameSchema })) },
  responses: { 200: jsonAnswer(profileSchema, "The profile."), ...problemResponses(400, 401, 403, 404, 415) },
});

/** Of the embedded identity: whoever comes from another issuer has their name there, and none here (404). */
export function registerProfile(app: OpenAPIHono<HttpEnv>, foundation: Pick<Foundation, "database">): void {
  app.openapi(readRoute, async (c) => {
    const user = await findUser(foundation.database.db, ownUserId(c.get("principal")));
    if (user === undefined) throw noSuchUser();
    return c.json({ email: user.email, name: user.name }, 200);
  });

  app.openapi(changeRoute, async (c) => {
    const userId = ownUserId(c.get("principal"));
    const change = c.req.valid("json");
    return idempotent(
      c,
      foundation,
      change,
      async (tx) => {
        const { email, name } = await changeUser(tx, userId, change);
        return { status: 200, body: { email, name } };
      },
      { as: "service" },
    );
  });
}

/** Other issuers name people as they like; ours have UUIDs. */
function ownUserId({ userId }: Principal): string {
  if (!z.guid().safeParse(userId).success) throw noSuchUser();
  return userId;
}

const noSuchUser = () => problems.NOT_FOUND("There is no such user.");
