import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { rethrowAsProblem } from "../errors.ts";
import { requireStory } from "../manuscripts/service.ts";
import { chapterId, imageType, storyIdParam, storyImageSchema } from "../schemas.ts";
import { pictureView } from "./picture-view.ts";
import { listReplacedPictures, takeBackImage } from "./queries.ts";

const placeParam = storyIdParam.extend({ imageType });
const chapterQuery = z.object({ chapterId: chapterId.optional() });

const listRoute = createRoute({
  method: "get",
  path: "/v1/stories/{id}/images/{imageType}/versions",
  tags: ["Illustrations"],
  summary: "The pictures that gave way to the present one",
  description: "The latest first; of a place the last five are kept.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: placeParam, query: chapterQuery },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(z.object({ picture: storyImageSchema, replacedAt: z.string() })) }),
      "The replaced pictures.",
    ),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

const useRoute = createRoute({
  method: "post",
  path: "/v1/stories/{id}/images/{imageType}/versions/{version}/use",
  tags: ["Illustrations"],
  summary: "Take a replaced picture back",
  description: "The present one becomes a replaced one, and the version goes up.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: {
    params: placeParam.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
    query: chapterQuery,
  },
  responses: {
    200: jsonAnswer(storyImageSchema, "The picture, in its place again."),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

export function registerPictureVersionRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store } = foundation;

  app.openapi(listRoute, async (c) => {
    const { id, imageType: type } = c.req.valid("param");
    const place = { storyId: id, chapterId: c.req.valid("query").chapterId ?? null, imageType: type };
    const replaced = await database.readAs(c.get("principal"), async (tx) => {
      await requireStory(tx, id);
      return listReplacedPictures(tx, place);
    });
    const items = await Promise.all(
      replaced.map(async ({ picture, replacedAt }) => ({
        picture: await pictureView(picture, store),
        replacedAt: new Date(replacedAt).toISOString(),
      })),
    );
    return c.json({ items }, 200);
  });

  app.openapi(useRoute, async (c) => {
    const { id, imageType: type, version } = c.req.valid("param");
    const place = { storyId: id, chapterId: c.req.valid("query").chapterId ?? null, imageType: type };
    return idempotent(c, foundation, { place, version }, async (tx) => {
      const picture = await takeBackImage(tx, place, version).catch(rethrowAsProblem);
      return { status: 200, body: await pictureView(picture, store) };
    });
  });
}
