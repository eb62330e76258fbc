import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { limitHeaders, rateLimited } from "../../foundation/http/request-limit.ts";
import { problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import { setMadeScenes } from "../manuscripts/queries.ts";
import { requireStory } from "../manuscripts/service.ts";
import { readWhole, storyEtag, storyView } from "../manuscripts/story-view.ts";
import { storyIdParam, storySchema } from "../schemas.ts";
import { makeScenes } from "./make-scenes.ts";

/** A model is paid by the word, and nobody needs its scenes more often. */
const scenesLimit = { name: "story-scenes", burst: 20, perSecond: 0.5 };

const scenesRoute = createRoute({
  method: "post",
  path: "/v1/stories/{id}/scenes",
  tags: ["Stories"],
  summary: "Make the seven descriptions from the story's text",
  description:
    "Written by the configured text model, else by rule (`source`); `fallbackReason` tells why a rule made them " +
    "although there is a model. They replace those that are there.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam },
  responses: {
    200: jsonAnswer(
      storySchema.extend({ source: z.enum(["model", "rule"]), fallbackReason: z.string().nullable() }),
      "The story with its descriptions, and warnings about them.",
    ),
    ...problemResponses(400, 401, 403, 404, 409, 422, 429),
  },
});

export function registerSceneRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store, limiter } = foundation;

  app.openapi(scenesRoute, async (c) => {
    const { id } = c.req.valid("param");
    const principal = c.get("principal");
    const taken = await limiter.take(`user:${principal.userId}`, scenesLimit);
    if (!taken.allowed) throw rateLimited(limitHeaders(scenesLimit.name, scenesLimit, taken), taken.retryAfterMs);
    const story = await database.readAs(principal, (tx) => requireStory(tx, id));
    const made = await makeScenes(foundation, story, c.req.raw.signal);
    return idempotent(c, foundation, {}, async (tx) => {
      const isSet = await setMadeScenes(tx, id, story.version, made.scenes).catch(rethrowAsProblem);
      if (!isSet) {
        throw problems.CONFLICT(
          "The story was changed while its descriptions were made; nothing was changed. Try again.",
        );
      }
      const changed = await requireStory(tx, id);
      const { source, fallbackReason } = made;
      const body = { ...(await storyView(await readWhole(tx, changed), store)), source, fallbackReason };
      return { status: 200, body, headers: { etag: storyEtag(changed) } };
    });
  });
}
