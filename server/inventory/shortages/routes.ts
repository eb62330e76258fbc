import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce } from "../answer-once.ts";
import { registerList } from "../list.ts";
import { decimalText, idParam, orNull, positiveQuantity, reason, text, time } from "../schemas.ts";
import {
  changeShortage,
  findShortage,
  listShortages,
  reportShortage,
  type ShortageRow,
  shortageStates,
} from "./queries.ts";

const tag = "Shortages";

const shortageSchema = z
  .object({
    id: z.uuid(),
    productId: z.uuid().nullable(),
    sku: z.string().nullable(),
    name: z.string(),
    locationId: z.uuid().nullable(),
    quantity: decimalText.nullable(),
    note: z.string().nullable(),
    state: z.enum(shortageStates),
    createdBy: z.string(),
    createdAt: time,
    updatedBy: z.string(),
    updatedAt: time,
  })
  .openapi("Shortage");

const creationRoute = createRoute({
  method: "post",
  path: "/v1/shortages",
  tags: [tag],
  summary: "Note that something is missing",
  description: "A product, or in words what customers ask for and the shop does not have.",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: {
    body: jsonBody(
      z
        .strictObject({
          productId: z
            .uuid()
            .nullish()
            .transform((value) => value ?? null),
          description: text
            .trim()
            .max(300)
            .nullish()
            .transform((value) => value || null),
          locationId: z
            .uuid()
            .nullish()
            .transform((value) => value ?? null),
          quantity: positiveQuantity
            .nullish()
            .transform((value) => value ?? null)
            .openapi(orNull),
          note: reason,
        })
        .refine((given) => given.productId !== null || given.description !== null, {
          path: ["productId"],
          message: "must be there, or a description",
        }),
    ),
  },
  responses: {
    201: jsonAnswer(shortageSchema, "Noted."),
    ...problemResponses(400, 401, 403, 404, 415, 422, 429),
  },
});

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/shortages/{id}",
  tags: [tag],
  summary: "Move a shortage on",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ state: z.enum(shortageStates).optional(), note: reason })),
  },
  responses: {
    200: jsonAnswer(shortageSchema, "The shortage."),
    ...problemResponses(400, 401, 403, 404, 415, 422, 429),
  },
});

const filter = z.object({ state: z.enum(shortageStates).optional(), productId: z.uuid().optional() });

export function registerShortageRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, ShortageRow>(app, foundation, {
    path: "/v1/shortages",
    tag,
    summary: "What is missing",
    description: "Newest first.",
    permission: "stock:reserve",
    filter,
    item: shortageSchema,
    fetch: (tx, wanted, after, limit) => listShortages(tx, wanted, after?.[0] ?? null, limit),
    keyOf: ({ id }) => [id],
    csv: {
      name: "shortages",
      columns: {
        at: ({ createdAt }) => ({ text: createdAt }),
        state: ({ state }) => ({ text: state }),
        sku: ({ sku }) => ({ text: sku }),
        name: ({ name }) => ({ text: name }),
        quantity: ({ quantity }) => ({ decimal: quantity }),
        note: ({ note }) => ({ text: note }),
        user: ({ createdBy }) => ({ text: createdBy }),
      },
    },
  });

  app.openapi(creationRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx) => requireShortage(tx, await reportShortage(tx, given)));
  });

  app.openapi(changeRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    const work = async (tx: Executor) => {
      await changeShortage(tx, id, given);
      return requireShortage(tx, id);
    };
    return answerOnce(c, foundation, given, work, { status: 200 });
  });
}

async function requireShortage(tx: Executor, id: string): Promise<ShortageRow> {
  const shortage = await findShortage(tx, id);
  if (shortage === null) throw problems.NOT_FOUND("No shortage has this id.");
  return shortage;
}
