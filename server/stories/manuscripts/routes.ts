import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import { requireIfMatch } from "../../foundation/http/etag.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../../foundation/http/pagination.ts";
import { newStorySchema, storyChangeSchema, storyIdParam, storySchema, storySummarySchema, text } from "../schemas.ts";
import { listStories } from "./queries.ts";
import { changeStory, createStory, deleteStory, requireStory } from "./service.ts";
import { isEtagOfVersion, readWhole, storyEtag, storyView, summaryView } from "./story-view.ts";

const cursorSchema = z.tuple([z.string().regex(/^\d{1,16}$/), z.uuid()]);

const listRoute = createRoute({
  method: "get",
  path: "/v1/stories",
  tags: ["Stories"],
  summary: "List and search stories",
  description: "Newest first. `query` looks for all its words in title and author, accents ignored.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: {
    query: z
      .object({ query: text.max(200).optional(), language: z.enum(["es", "en"]).optional() })
      .extend(pageQuery.shape),
  },
  responses: {
    200: jsonAnswer(pageSchema(storySummarySchema), "A page of stories."),
    ...problemResponses(400, 401, 403, 429),
  },
});

const creationRoute = createRoute({
  method: "post",
  path: "/v1/stories",
  tags: ["Stories"],
  summary: "Create a story",
  description: "`scenes`, where given, has exactly its seven keys. `warnings` in the answer tell what to improve.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { body: jsonBody(newStorySchema) },
  responses: {
    201: jsonAnswer(storySchema, "The story."),
    ...problemResponses(400, 401, 403, 409, 413, 415, 422, 429),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/stories/{id}",
  tags: ["Stories"],
  summary: "One story with its pictures, its latest run and its latest book",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam },
  responses: {
    200: jsonAnswer(storySchema, "The story; `ETag` is what a change needs."),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/stories/{id}",
  tags: ["Stories"],
  summary: "Change a story",
  description:
    "Needs `If-Match` with the ETag that was read, so that nobody overwrites what they have not seen. A run that is " +
    "under way goes on with the texts it began with; pictures whose text is another by then are shown as stale.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam, body: jsonBody(storyChangeSchema) },
  responses: {
    200: jsonAnswer(storySchema, "The story."),
    ...problemResponses(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/stories/{id}",
  tags: ["Stories"],
  summary: "Delete a story with its pictures and books",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam },
  responses: { 204: { description: "It is gone." }, ...problemResponses(400, 401, 403, 404, 429) },
});

export function registerStoryRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store } = foundation;

  app.openapi(listRoute, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    const key = decodeCursor(cursorSchema, cursor);
    const after = key === null ? null : { createdAt: key[0], id: key[1] };
    const rows = await database.readAs(c.get("principal"), (tx) => listStories(tx, filter, after, limit + 1));
    const page = pageOf(rows, limit, (last) => [last.cursor.createdAt, last.cursor.id]);
    return c.json({ ...page, items: await Promise.all(page.items.map((story) => summaryView(story, store))) }, 200);
  });

  app.openapi(creationRoute, async (c) => {
    const story = c.req.valid("json");
    return idempotent(c, foundation, story, async (tx) => {
      const created = await createStory(tx, story);
      const headers = { etag: storyEtag(created), location: `/v1/stories/${created.id}` };
      return { status: 201, body: await storyView(await readWhole(tx, created), store), headers };
    });
  });

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    const whole = await database.readAs(c.get("principal"), async (tx) => readWhole(tx, await requireStory(tx, id)));
    return c.json(await storyView(whole, store), 200, { etag: storyEtag(whole.story) });
  });

  app.openapi(changeRoute, async (c) => {
    const { id } = c.req.valid("param");
    const change = c.req.valid("json");
    return idempotent(c, foundation, change, async (tx) => {
      const story = await changeStory(tx, id, change, (present) =>
        requireIfMatch(c, storyEtag(present), (tag) => isEtagOfVersion(tag, present.version)),
      );
      const body = await storyView(await readWhole(tx, story), store);
      return { status: 200, body, headers: { etag: storyEtag(story) } };
    });
  });

  app.openapi(deleteRoute, async (c) => {
    const { id } = c.req.valid("param");
    return idempotent(c, foundation, {}, async (tx) => {
      await deleteStory(tx, id);
      return { status: 204 };
    });
  });
}
