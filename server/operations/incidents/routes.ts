import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { type Incident, type IncidentState, incidentStates, severities } from "../../foundation/incidents/incident.ts";
import { operatorAccess } from "../operator-access.ts";

const idParam = z.object({ id: z.uuid() });

const incidentSchema = z
  .object({
    id: z.uuid(),
    key: z.string().openapi({ description: "What it is about; one per key is unresolved at a time." }),
    kind: z.string(),
    severity: z.enum(severities),
    title: z.string(),
    state: z.enum(incidentStates),
    evidence: z.record(z.string(), z.unknown()),
    count: z.int().openapi({ description: "How often it came since it is unresolved." }),
    traceId: z.string().nullable(),
    openedAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    acknowledgedAt: z.iso.datetime().nullable(),
    acknowledgedBy: z.string().nullable(),
    resolvedAt: z.iso.datetime().nullable(),
    resolvedBy: z.string().nullable().openapi({ description: "Null when its cause was found gone." }),
    resolution: z.string().nullable(),
  })
  .openapi("Incident");

const listRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/incidents",
  summary: "List incidents, the newest first",
  request: {
    query: z
      .object({
        state: z
          .enum([...incidentStates, "unresolved"])
          .optional()
          .openapi({ description: "`unresolved`: open or acknowledged." }),
      })
      .extend(pageQuery.shape),
  },
  responses: {
    200: jsonAnswer(pageSchema(incidentSchema), "A page of incidents."),
    ...problemResponses(400, 401, 403, 429),
  },
});

const readRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/incidents/{id}",
  summary: "One incident",
  request: { params: idParam },
  responses: { 200: jsonAnswer(incidentSchema, "The incident."), ...problemResponses(400, 401, 403, 404, 429) },
});

const acknowledgeRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/incidents/{id}/acknowledge",
  summary: "Say that you have seen it",
  request: { params: idParam },
  responses: {
    200: jsonAnswer(incidentSchema, "The incident."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

const resolveRoute = createRoute({
  ...operatorAccess,
  method: "post",
  path: "/v1/operations/incidents/{id}/resolve",
  summary: "Say why it is over",
  description: "If its cause is not gone after all, a new incident opens.",
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ resolution: z.string().trim().min(1).max(1_000) })),
  },
  responses: {
    200: jsonAnswer(incidentSchema, "The incident."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

export function registerIncidentRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { incidents } = foundation;

  app.openapi(listRoute, async (c) => {
    const { state, cursor, limit } = c.req.valid("query");
    const page = await incidents.list({
      states: statesOf(state),
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return c.json({ ...page, items: page.items.map(incidentView) }, 200);
  });

  app.openapi(readRoute, async (c) => c.json(incidentView(await incidents.get(c.req.valid("param").id)), 200));

  app.openapi(acknowledgeRoute, async (c) => {
    const { id } = c.req.valid("param");
    const work = async () => ({
      status: 200,
      body: incidentView(await incidents.acknowledge(id, c.get("principal"))),
    });
    return idempotent(c, foundation, {}, work, { as: "service" });
  });

  app.openapi(resolveRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { resolution } = c.req.valid("json");
    const work = async () => ({
      status: 200,
      body: incidentView(await incidents.resolveByPerson(id, c.get("principal"), resolution)),
    });
    return idempotent(c, foundation, { resolution }, work, { as: "service" });
  });
}

function statesOf(state: IncidentState | "unresolved" | undefined): readonly IncidentState[] {
  if (state === undefined) return incidentStates;
  return state === "unresolved" ? ["open", "acknowledged"] : [state];
}

function incidentView(incident: Incident): z.infer<typeof incidentSchema> {
  return {
    ...incident,
    evidence: { ...incident.evidence },
    openedAt: incident.openedAt.toISOString(),
    lastSeenAt: incident.lastSeenAt.toISOString(),
    acknowledgedAt: incident.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: incident.resolvedAt?.toISOString() ?? null,
  };
}
