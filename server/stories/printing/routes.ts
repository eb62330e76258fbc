import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { bookFormats } from "../book/index.ts";
import { requireStory } from "../manuscripts/service.ts";
import { listPictures } from "../pictures/queries.ts";
import { bookSchema, storyIdParam } from "../schemas.ts";
import { bookView } from "./book-view.ts";
import { bookFingerprint } from "./fingerprint.ts";
import { findLatestBook } from "./queries.ts";
import { requestStoryBook } from "./request-book.ts";

const requestSchema = z.strictObject({
  format: z.enum(bookFormats).default("a4").openapi({ description: "`a4`: 210 × 297 mm; `square`: 210 × 210 mm." }),
  bleed: z
    .boolean()
    .default(false)
    .openapi({ description: "3 mm of picture beyond the edge, for a printer that cuts." }),
  cropMarks: z.boolean().default(false),
});

const printRoute = createRoute({
  method: "post",
  path: "/v1/stories/{id}/pdf",
  tags: ["Books"],
  summary: "Print the story as a book",
  description:
    "Follow it on the topic `stories` (`book_progress`, `book_done`), or by reading it. The book of an unchanged story is " +
    "there at once. Pictures that are missing get a page to draw on, and a note.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam, body: { content: { "application/json": { schema: requestSchema } } } },
  responses: {
    202: jsonAnswer(bookSchema, "The book, printed already or to be printed."),
    ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/stories/{id}/pdf",
  tags: ["Books"],
  summary: "The book that was asked for last",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: { params: storyIdParam, query: z.object({ format: z.enum(bookFormats).optional() }) },
  responses: {
    200: jsonAnswer(bookSchema, "The book; `url` once it is printed."),
    ...problemResponses(400, 401, 403, 404, 429),
  },
});

export function registerBookRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, store } = foundation;

  app.openapi(printRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { format, bleed, cropMarks } = requestSchema.parse(c.req.valid("json") ?? {});
    return idempotent(c, foundation, { format, bleed, cropMarks }, async (tx) => {
      const story = await requireStory(tx, id);
      const book = await requestStoryBook(tx, story, { format, hasBleed: bleed, hasCropMarks: cropMarks });
      const headers = { location: `/v1/stories/${id}/pdf` };
      return { status: 202, body: await bookView(book, book.fingerprint, store), headers };
    });
  });

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { format = null } = c.req.valid("query");
    const { book, fingerprint } = await database.readAs(c.get("principal"), async (tx) => {
      const story = await requireStory(tx, id);
      const latest = await findLatestBook(tx, id, format);
      if (latest === null) throw problems.NOT_FOUND("No book of this story was asked for yet.");
      return { book: latest, fingerprint: bookFingerprint(story, await listPictures(tx, id), latest) };
    });
    return c.json(await bookView(book, fingerprint, store), 200);
  });
}
