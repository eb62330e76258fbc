import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { authenticated } from "../http/authorise.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../http/openapi.ts";
import { type Permission, permissions, reach } from "./permissions.ts";
import { type Principal, roles } from "./principal.ts";

const meSchema = z
  .object({
    userId: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
    supplierId: z.string().nullable(),
    permissions: z
      .record(z.string(), z.enum(["all", "own"]))
      .openapi({ description: "What the role may do, and to whose rows; what is not named is not allowed." }),
  })
  .openapi("Me");

const meRoute = createRoute({
  method: "get",
  path: "/v1/me",
  tags: ["users"],
  summary: "Who the token stands for, and what they may do",
  security: bearer,
  middleware: authenticated(),
  responses: { 200: jsonAnswer(meSchema, "The caller."), ...problemResponses(401, 403) },
});

/** For every issuer: what menus and buttons are made from. */
export function registerMe(app: OpenAPIHono<HttpEnv>): void {
  app.openapi(meRoute, (c) => c.json(toMe(c.get("principal")), 200));
}

function toMe(principal: Principal): z.infer<typeof meSchema> {
  const allowed = Object.keys(permissions).flatMap((name) => {
    const extent = isPermission(name) ? reach(principal, name) : "none";
    return extent === "none" ? [] : [[name, extent] as const];
  });
  return { ...principal, permissions: Object.fromEntries(allowed) };
}

const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name);
