import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { answerOnce, requireKey } from "../answer-once.ts";
import { registerList } from "../list.ts";
import {
  date,
  decimalText,
  idParam,
  keyFilter,
  personName,
  positiveQuantity,
  reason,
  reference,
  signedQuantity,
  text,
  time,
} from "../schemas.ts";
import {
  findDocument,
  listMovements,
  type MovementRow,
  movementTypes,
  recordMovement,
  transferStock,
  undoMovements,
} from "./queries.ts";

const tag = "Stock";

const movementSchema = z
  .object({
    id: z.uuid(),
    documentId: z.uuid().openapi({ description: "What holds together what one act did." }),
    type: z.enum(movementTypes),
    productId: z.uuid(),
    sku: z.string(),
    name: z.string(),
    unit: z.string(),
    locationId: z.uuid(),
    locationCode: z.string(),
    locationName: z.string(),
    delta: decimalText,
    balanceAfter: decimalText,
    position: z.int().openapi({ description: "In the ledger of this product at this location, from 1, gapless." }),
    lot: z.string().nullable(),
    expiresOn: date.nullable(),
    reason: z.string().nullable(),
    reference: z.string().nullable(),
    reservationId: z.uuid().nullable(),
    undoes: z.uuid().nullable().openapi({ description: "The movement that this one takes back." }),
    undoneBy: z.uuid().nullable(),
    createdBy: z.string(),
    createdByName: personName,
    createdAt: time,
  })
  .openapi("Movement");

const documentSchema = z
  .object({ id: z.uuid(), movements: z.array(movementSchema) })
  .openapi("MovementDocument", { description: "What one act did, in the order in which it was written." });

const lot = text
  .trim()
  .max(100)
  .nullish()
  .transform((value) => value || null);
const movedLine = { productId: z.uuid(), locationId: z.uuid(), lot, expiresOn: date.nullish() };
const plainLines = z
  .array(z.strictObject({ ...movedLine, quantity: positiveQuantity }))
  .min(1)
  .max(500);

const newMovementSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("entry"), lines: plainLines, reason, reference }),
    z.strictObject({ type: z.literal("exit"), lines: plainLines, reason, reference }),
    z.strictObject({
      type: z.literal("adjustment"),
      lines: z
        .array(z.strictObject({ ...movedLine, quantity: signedQuantity }))
        .min(1)
        .max(500),
      reason,
      reference,
    }),
  ])
  .openapi("NewMovement");

const keyed = [authorise("stock:write"), requireKey()];
const answers = {
  201: jsonAnswer(documentSchema, "Done."),
  200: jsonAnswer(documentSchema, "Done before, under this key."),
  ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429),
};

const movementRoute = createRoute({
  method: "post",
  path: "/v1/stock/movements",
  tags: [tag],
  summary: "Record an entry, an exit or an adjustment",
  description:
    "All lines or none. An adjustment's quantity has a sign. What is reserved is not there to be taken. Outflows take " +
    "what expires first, unless the line names a lot.",
  security: bearer,
  middleware: keyed,
  request: { body: jsonBody(newMovementSchema) },
  responses: answers,
});

const transferRoute = createRoute({
  method: "post",
  path: "/v1/stock/transfers",
  tags: [tag],
  summary: "Move stock from one location to another",
  description: "Lots go along. The total stays what it was at every moment.",
  security: bearer,
  middleware: keyed,
  request: {
    body: jsonBody(
      z
        .strictObject({
          fromLocationId: z.uuid(),
          toLocationId: z.uuid(),
          lines: z
            .array(z.strictObject({ productId: z.uuid(), quantity: positiveQuantity, lot }))
            .min(1)
            .max(500),
          reason,
          reference,
        })
        .refine((given) => given.fromLocationId !== given.toLocationId, {
          path: ["toLocationId"],
          message: "must be another location",
        }),
    ),
  },
  responses: answers,
});

const undoRoute = createRoute({
  method: "post",
  path: "/v1/stock/movements/{id}/undo",
  tags: [tag],
  summary: "Take back what one act did",
  description:
    "By movements of the opposite sign that point to the original ones; `id`: of the document, or of any movement in it.",
  security: bearer,
  middleware: keyed,
  request: {
    params: idParam,
    body: { content: { "application/json": { schema: z.strictObject({ reason }) } } },
  },
  responses: answers,
});

export function registerMovementRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerLedger(app, foundation);

  app.openapi(movementRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx, key) =>
      documentOf(tx, await recordMovement(tx, given.type, given.lines, { ...given, key })),
    );
  });

  app.openapi(transferRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx, key) =>
      documentOf(tx, await transferStock(tx, given.fromLocationId, given.toLocationId, given.lines, { ...given, key })),
    );
  });

  app.openapi(undoRoute, (c) => {
    const { id } = c.req.valid("param");
    const { reason: why = null } = c.req.valid("json") ?? {};
    return answerOnce(c, foundation, { why }, async (tx, key) => documentOf(tx, await undoMovements(tx, id, why, key)));
  });
}

async function documentOf(tx: Executor, id: string): Promise<z.infer<typeof documentSchema>> {
  return { id, movements: [...(await findDocument(tx, id))] };
}

const filter = z.object({
  productId: z.uuid().optional(),
  locationId: z.uuid().optional(),
  type: z.enum(movementTypes).optional(),
  reference: z.string().max(200).optional(),
  documentId: z.uuid().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  key: keyFilter,
});

function registerLedger(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, MovementRow>(app, foundation, {
    path: "/v1/stock/movements",
    tag,
    summary: "The ledger",
    description: "Newest first. With `productId` and `locationId`, `balanceAfter` is the running balance.",
    permission: "stock:read",
    filter,
    item: movementSchema,
    fetch: (tx, { key, ...wanted }, after, limit, { userId }) =>
      listMovements(
        tx,
        { ...wanted, madeBy: key === undefined ? undefined : { userId, key } },
        after?.[0] ?? null,
        limit,
      ),
    keyOf: ({ id }) => [id],
    csv: {
      name: "movements",
      columns: {
        at: ({ createdAt }) => ({ text: createdAt }),
        type: ({ type }) => ({ text: type }),
        sku: ({ sku }) => ({ text: sku }),
        name: ({ name }) => ({ text: name }),
        location: ({ locationCode }) => ({ text: locationCode }),
        delta: ({ delta }) => ({ decimal: delta }),
        balance_after: ({ balanceAfter }) => ({ decimal: balanceAfter }),
        lot: ({ lot: code }) => ({ text: code }),
        expires_on: ({ expiresOn }) => ({ text: expiresOn }),
        reason: ({ reason: why }) => ({ text: why }),
        reference: ({ reference: about }) => ({ text: about }),
        user: ({ createdBy, createdByName }) => ({ text: createdByName ?? createdBy }),
        document: ({ documentId }) => ({ text: documentId }),
      },
    },
  });
}
