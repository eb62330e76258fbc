import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { operatorAccess } from "../operator-access.ts";
import { type Component, componentStates } from "./components.ts";
import { examineHealth } from "./health-report.ts";

const healthSchema = z
  .object({
    state: z.enum(componentStates).openapi({ description: "The worst of its components'." }),
    score: z.int().min(0).max(100).openapi({ description: "100: all is well." }),
    checkedAt: z.iso.datetime(),
    components: z.array(
      z.object({
        name: z.string(),
        state: z.enum(componentStates),
        summary: z.string(),
        facts: z.record(z.string(), z.union([z.number(), z.string()])),
      }),
    ),
  })
  .openapi("Health");

const healthRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/health",
  summary: "How the shop's machinery is, part by part",
  description:
    "Always 200 while it can answer; `/health/ready` is for balancers. `event-loop` is that of the process that answers.",
  responses: { 200: jsonAnswer(healthSchema, "Score and components."), ...problemResponses(401, 403, 429) },
});

export function registerHealthRoutes(
  app: OpenAPIHono<HttpEnv>,
  foundation: Foundation,
  components: readonly Component[],
): void {
  app.openapi(healthRoute, async (c) => {
    const report = await examineHealth(foundation, components, c.req.raw.signal);
    return c.json(
      {
        ...report,
        checkedAt: report.checkedAt.toISOString(),
        components: report.components.map((component) => ({ ...component, facts: { ...component.facts } })),
      },
      200,
    );
  });
}
