import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { operatorAccess } from "../operator-access.ts";
import { listAuditCheckpoints, listLatestReports } from "../queries.ts";

/** The sweeps that compare rows with objects (contracts, *Operations*, Schedules). */
const sweeps = ["thumbnail_audit", "storage_audit", "orphan_purge"] as const;

const storageSchema = z
  .object({
    store: z.string().openapi({ example: "folder /srv/bodega/objects" }),
    sweeps: z.array(
      z.object({
        schedule: z.string(),
        finishedAt: z.iso.datetime(),
        report: z.record(z.string(), z.number()).openapi({ description: "How much was checked, found and repaired." }),
      }),
    ),
    rounds: z
      .array(
        z.object({
          audit: z.string(),
          rounds: z.int().openapi({ description: "How often it has gone over everything." }),
          isUnderWay: z.boolean(),
          updatedAt: z.iso.datetime(),
        }),
      )
      .openapi({ description: "How far the audits have come that go over everything slice by slice." }),
  })
  .openapi("Storage");

const storageRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/storage",
  summary: "What the sweeps found in the object store",
  description:
    "Objects without a row, rows without an object. `POST /v1/operations/schedules/{name}/run` runs one now.",
  responses: { 200: jsonAnswer(storageSchema, "The last run of each."), ...problemResponses(401, 403, 429) },
});

export function registerStorageRoutes(app: OpenAPIHono<HttpEnv>, { database, store }: Foundation): void {
  app.openapi(storageRoute, async (c) => {
    const reports = await listLatestReports(database.db, sweeps);
    const checkpoints = await listAuditCheckpoints(database.db);
    return c.json(
      {
        store: store.description,
        sweeps: reports.map((each) => ({
          ...each,
          finishedAt: each.finishedAt.toISOString(),
          report: { ...each.report },
        })),
        rounds: checkpoints.map((each) => ({ ...each, updatedAt: each.updatedAt.toISOString() })),
      },
      200,
    );
  });
}
