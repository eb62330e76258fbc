import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { type BreakerRow, Breakers } from "../../foundation/resilience/breakers.ts";
import { operatorAccess } from "../operator-access.ts";

const nameParam = z.object({ name: z.string().regex(/^[a-z][a-z0-9_.-]{0,62}$/, "must be the name of a breaker") });

const breakerSchema = z
  .object({
    name: z.string(),
    state: z.enum(["closed", "open", "half_open"]).openapi({
      description: "`half_open`: one call finds out whether the service is back; all others are kept out.",
    }),
    failures: z.int().openapi({ description: "In a row." }),
    trips: z.int().openapi({ description: "How often it opened since it was last closed." }),
    openedAt: z.iso.datetime().nullable(),
    openUntil: z.iso.datetime().nullable().openapi({ description: "From then on one call may find out." }),
    probeUntil: z.iso.datetime().nullable(),
    lastFailure: z.string().nullable(),
    lastFailureAt: z.iso.datetime().nullable(),
    changedAt: z.iso.datetime(),
    resetBy: z.string().nullable(),
    resetAt: z.iso.datetime().nullable(),
  })
  .openapi("Breaker");

const listRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/breakers",
  summary: "The breakers of services outside",
  description: "A service that keeps failing is not asked for a while, by no process.",
  responses: {
    200: jsonAnswer(z.object({ items: z.array(breakerSchema) }), "By name; a service that was never asked has none."),
    ...problemResponses(401, 403, 429),
  },
});

const resetRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/breakers/{name}/reset",
  summary: "Close a breaker now",
  description: "The very state that requests consult: the next one is let through, in every process.",
  request: { params: nameParam },
  responses: {
    200: jsonAnswer(breakerSchema, "It is closed."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

export function registerBreakerRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const breakers = new Breakers(foundation);

  app.openapi(listRoute, async (c) => c.json({ items: (await breakers.list()).map(breakerView) }, 200));

  app.openapi(resetRoute, async (c) => {
    const { name } = c.req.valid("param");
    const work = async (tx: Executor) => {
      const breaker = await breakers.reset(tx, name, c.get("principal").userId);
      if (breaker === null) throw problems.NOT_FOUND("No breaker has this name.");
      return { status: 200, body: breakerView(breaker) };
    };
    return idempotent(c, foundation, {}, work, { as: "service" });
  });
}

function breakerView(breaker: BreakerRow): z.infer<typeof breakerSchema> {
  const told = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...breaker,
    openedAt: told(breaker.openedAt),
    openUntil: told(breaker.openUntil),
    probeUntil: told(breaker.probeUntil),
    lastFailureAt: told(breaker.lastFailureAt),
    changedAt: breaker.changedAt.toISOString(),
    resetAt: told(breaker.resetAt),
  };
}
