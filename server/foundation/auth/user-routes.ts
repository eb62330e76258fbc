import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../foundation.ts";
import { authorise } from "../http/authorise.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { idempotent } from "../http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../http/pagination.ts";
import { problems } from "../problem.ts";
import { passwordLength } from "./identity.ts";
import { roles } from "./principal.ts";
import { findUser, listUsers, type UserRow } from "./queries.ts";
import { addUser, changeUser, hashNewPassword, removeUser } from "./user-accounts.ts";

export const nameSchema = z.string().trim().min(1).max(200);
export const passwordSchema = z.string().min(passwordLength.min).max(passwordLength.max);

const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    supplierId: z.uuid().nullable(),
    disabled: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi("User");

const newUserSchema = z
  .object({
    email: z.email().max(254),
    name: nameSchema,
    role: z.enum(roles),
    supplierId: z.guid().nullable().default(null),
    password: passwordSchema,
  })
  .openapi("NewUser");

const userChangeSchema = z
  .object({
    name: nameSchema,
    role: z.enum(roles),
    supplierId: z.guid().nullable(),
    disabled: z.boolean(),
    password: passwordSchema,
  })
  .partial()
  .openapi("UserChange");

const params = z.object({ id: z.guid() });
const access = { tags: ["users"], security: bearer, middleware: authorise("operations:manage") };

const listRoute = createRoute({
  ...access,
  method: "get",
  path: "/v1/users",
  summary: "List users, by e-mail address",
  request: { query: pageQuery },
  responses: { 200: jsonAnswer(pageSchema(userSchema), "One page of users."), ...problemResponses(400, 401, 403) },
});

const addRoute = createRoute({
  ...access,
  method: "post",
  path: "/v1/users",
  summary: "Add a user",
  request: { body: jsonBody(newUserSchema) },
  responses: { 201: jsonAnswer(userSchema, "The user."), ...problemResponses(400, 401, 403, 409, 415, 422) },
});

const getRoute = createRoute({
  ...access,
  method: "get",
  path: "/v1/users/{id}",
  summary: "Read a user",
  request: { params },
  responses: { 200: jsonAnswer(userSchema, "The user."), ...problemResponses(400, 401, 403, 404) },
});

const changeRoute = createRoute({
  ...access,
  method: "patch",
  path: "/v1/users/{id}",
  summary: "Change a user; a new role, supplier, password or being disabled ends their sessions",
  request: { params, body: jsonBody(userChangeSchema) },
  responses: { 200: jsonAnswer(userSchema, "The user."), ...problemResponses(400, 401, 403, 404, 409, 415, 422) },
});

const removeRoute = createRoute({
  ...access,
  method: "delete",
  path: "/v1/users/{id}",
  summary: "Remove a user and end their sessions",
  request: { params },
  responses: { 204: { description: "Removed." }, ...problemResponses(400, 401, 403, 404, 409) },
});

/** The users of the embedded identity, for administrators. */
export function registerUsers(
  app: OpenAPIHono<HttpEnv>,
  foundation: Pick<Foundation, "database"> & { readonly authenticator: Pick<Foundation["authenticator"], "epochs"> },
): void {
  const { database, authenticator } = foundation;

  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const [afterEmail = null] = decodeCursor(z.tuple([z.string()]), cursor) ?? [];
    const rows = await listUsers(database.db, { afterEmail, limit: limit + 1 });
    const page = pageOf(rows, limit, (last) => [last.email]);
    return c.json({ ...page, items: page.items.map(toUser) }, 200);
  });

  app.openapi(getRoute, async (c) => {
    const row = await findUser(database.db, c.req.valid("param").id);
    if (row === undefined) throw problems.NOT_FOUND("There is no such user.");
    return c.json(toUser(row), 200);
  });

  app.openapi(addRoute, async (c) => {
    const { password, ...user } = c.req.valid("json");
    const passwordHash = await hashNewPassword(password);
    // The password is no part of the fingerprint: a plain hash of it must not lie in the database.
    return idempotent(
      c,
      foundation,
      user,
      async (tx) => ({ status: 201, body: toUser(await addUser(tx, { ...user, passwordHash })) }),
      { as: "service" },
    );
  });

  app.openapi(changeRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { password, ...change } = c.req.valid("json");
    const passwordHash = password === undefined ? undefined : await hashNewPassword(password);
    const answer = await idempotent(
      c,
      foundation,
      { ...change, hasPassword: password !== undefined },
      async (tx) => ({ status: 200, body: toUser(await changeUser(tx, id, { ...change, passwordHash })) }),
      { as: "service" },
    );
    authenticator.epochs.forget(id);
    return answer;
  });

  app.openapi(removeRoute, async (c) => {
    const { id } = c.req.valid("param");
    const work = async (tx: Parameters<typeof removeUser>[0]) => {
      await removeUser(tx, id);
      return { status: 204 };
    };
    const answer = await idempotent(c, foundation, null, work, { as: "service" });
    authenticator.epochs.forget(id);
    return answer;
  });
}

function toUser(row: UserRow): z.infer<typeof userSchema> {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    supplierId: row.supplierId,
    disabled: row.disabledAt !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
