import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { problems } from "../../foundation/problem.ts";
import type { SettingView } from "../../foundation/settings/settings.ts";
import { operatorAccess } from "../operator-access.ts";

const keyParam = z.object({ key: z.string().min(1).max(100) });
const anyValue = z.unknown().openapi({ description: "Any JSON, as the setting says." });

const settingSchema = z
  .object({
    key: z.string().openapi({ example: "images.webpPolicy" }),
    description: z.string(),
    value: anyValue,
    fallback: anyValue,
    allowed: z.record(z.string(), z.unknown()).openapi({ description: "What values fit, as JSON Schema." }),
    isSet: z.boolean().openapi({ description: "False: the fallback holds." }),
    isValid: z.boolean().openapi({ description: "False: what is stored does not fit, so the fallback holds." }),
    updatedAt: z.iso.datetime().nullable(),
    updatedBy: z.string().nullable(),
  })
  .openapi("Setting");

const changeSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    oldValue: anyValue,
    newValue: anyValue,
    changedBy: z.string(),
    changedAt: z.iso.datetime(),
  })
  .openapi("SettingChange");

const listRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/settings",
  summary: "What can be changed while the shop works",
  responses: {
    200: jsonAnswer(z.object({ items: z.array(settingSchema) }), "By key."),
    ...problemResponses(401, 403, 429),
  },
});

const readRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/settings/{key}",
  summary: "One setting",
  request: { params: keyParam },
  responses: { 200: jsonAnswer(settingSchema, "The setting."), ...problemResponses(400, 401, 403, 404, 429) },
});

const changeRoute = createRoute({
  ...operatorAccess,
  method: "put",
  path: "/v1/operations/settings/{key}",
  summary: "Change a setting",
  description: "Every instance sees it within five seconds. Who changed what is kept.",
  request: { params: keyParam, body: jsonBody(z.strictObject({ value: anyValue })) },
  responses: {
    200: jsonAnswer(settingSchema, "The setting."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const historyRoute = createRoute({
  ...operatorAccess,
  method: "get",
  path: "/v1/operations/settings/{key}/history",
  summary: "Who changed a setting, the newest first",
  request: { params: keyParam, query: pageQuery },
  responses: {
    200: jsonAnswer(pageSchema(changeSchema), "A page of changes."),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

export function registerSettingRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { settings } = foundation;

  const view = (setting: SettingView): z.infer<typeof settingSchema> => {
    const { isPublic: _isPublic, ...shown } = setting;
    const { $schema: _$schema, ...allowed } = z.toJSONSchema(settings.definition(setting.key).schema, {
      unrepresentable: "any",
    });
    return { ...shown, allowed, updatedAt: setting.updatedAt?.toISOString() ?? null };
  };
  const find = async (key: string) => {
    const setting = (await settings.list()).find((each) => each.key === key);
    if (setting === undefined) throw problems.NOT_FOUND("There is no such setting.");
    return view(setting);
  };

  app.openapi(listRoute, async (c) => c.json({ items: (await settings.list()).map(view) }, 200));

  app.openapi(readRoute, async (c) => c.json(await find(c.req.valid("param").key), 200));

  app.openapi(changeRoute, async (c) => {
    const { key } = c.req.valid("param");
    const { value } = c.req.valid("json");
    const work = async () => {
      await settings.set(settings.definition(key), value, c.get("principal"));
      return { status: 200, body: await find(key) };
    };
    return idempotent(c, foundation, { value }, work, { as: "service" });
  });

  app.openapi(historyRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await settings.history(c.req.valid("param").key, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items.map((change) => ({ ...change, changedAt: change.changedAt.toISOString() }));
    return c.json({ ...page, items }, 200);
  });
}
