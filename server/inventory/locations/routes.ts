import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce } from "../answer-once.ts";
import { registerList } from "../list.ts";
import { idParam, locationSchema, text } from "../schemas.ts";
import { changeLocation, createLocation, findLocation, type LocationRow, listLocations } from "./queries.ts";

const tags = ["Locations"];
const code = text.trim().min(1).max(40);
const name = text.trim().min(1).max(200);

const creationRoute = createRoute({
  method: "post",
  path: "/v1/locations",
  tags,
  summary: "Create a location",
  security: bearer,
  middleware: [authorise("stock:write")] as const,
  request: { body: jsonBody(z.strictObject({ name, code })) },
  responses: {
    201: jsonAnswer(locationSchema, "The location."),
    ...problemResponses(400, 401, 403, 409, 415, 422, 429),
  },
});

const change = z
  .strictObject({ name, code, isActive: z.boolean() })
  .partial()
  .refine((given) => Object.keys(given).length > 0, "must name at least one field");

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/locations/{id}",
  tags,
  summary: "Rename a location, or take it out of use",
  security: bearer,
  middleware: [authorise("stock:write")] as const,
  request: { params: idParam, body: jsonBody(change) },
  responses: {
    200: jsonAnswer(locationSchema, "The location."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const filter = z.object({ active: z.enum(["true", "false"]).optional() });

export function registerLocationRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, LocationRow>(app, foundation, {
    path: "/v1/locations",
    tag: "Locations",
    summary: "Locations",
    permission: "stock:read",
    filter,
    item: locationSchema,
    fetch: (tx, { active }, after, limit) =>
      listLocations(tx, active === undefined ? null : active === "true", after?.[0] ?? null, limit),
    keyOf: ({ code: last }) => [last],
    csv: {
      name: "locations",
      columns: {
        code: (location) => ({ text: location.code }),
        name: (location) => ({ text: location.name }),
        is_active: (location) => ({ text: String(location.isActive) }),
      },
    },
  });

  app.openapi(creationRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx) =>
      requireLocation(await findLocation(tx, await createLocation(tx, given.code, given.name))),
    );
  });

  app.openapi(changeRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    const work = async (tx: Parameters<typeof findLocation>[0]) => {
      await changeLocation(tx, id, given);
      return requireLocation(await findLocation(tx, id));
    };
    return answerOnce(c, foundation, given, work, { status: 200 });
  });
}

function requireLocation(location: LocationRow | null): LocationRow {
  if (location === null) throw problems.NOT_FOUND("No location has this id.");
  return location;
}
