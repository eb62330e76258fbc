import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce, requireKey } from "../answer-once.ts";
import { registerList } from "../list.ts";
import { date, decimalText, idParam, money, orNull, positiveQuantity, reference, text, time } from "../schemas.ts";
import {
  cancelOrder,
  changeOrder,
  createOrder,
  findOrder,
  listOrders,
  type OrderRow,
  orderStatuses,
  receiveOrder,
  sendOrder,
} from "./queries.ts";

const tag = "Purchase orders";

const orderSchema = z
  .object({
    id: z.uuid(),
    number: z.int(),
    supplierId: z.uuid().nullable(),
    locationId: z.uuid(),
    locationCode: z.string(),
    status: z.enum(orderStatuses),
    expectedOn: date.nullable(),
    note: z.string().nullable(),
    createdBy: z.string(),
    createdAt: time,
    sentAt: time.nullable(),
    closedAt: time.nullable(),
    lines: z.array(
      z.object({
        productId: z.uuid(),
        sku: z.string(),
        name: z.string(),
        gtin: z.string().nullable(),
        unit: z.string(),
        quantity: decimalText,
        received: decimalText,
        unitCost: decimalText.nullable(),
      }),
    ),
    receipts: z.array(
      z.object({
        id: z.uuid().openapi({ description: "Also the document of its movements, by which it can be undone." }),
        reference: z.string().nullable(),
        createdBy: z.string(),
        createdAt: time,
        undoneAt: time.nullable(),
      }),
    ),
  })
  .openapi("PurchaseOrder");

const receiptSchema = z.object({ id: z.uuid(), order: orderSchema }).openapi("Receipt");

const contentSchema = z
  .strictObject({
    supplierId: z
      .uuid()
      .nullish()
      .transform((value) => value ?? null),
    locationId: z.uuid(),
    lines: z
      .array(
        z.strictObject({ productId: z.uuid(), quantity: positiveQuantity, unitCost: money.nullish().openapi(orNull) }),
      )
      .min(1)
      .max(500),
    expectedOn: date.nullish().transform((value) => value ?? null),
    note: text
      .trim()
      .max(1000)
      .nullish()
      .transform((value) => value || null),
  })
  .openapi("NewPurchaseOrder");

const receiptContent = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          productId: z.uuid(),
          quantity: positiveQuantity,
          lot: text
            .trim()
            .max(100)
            .nullish()
            .transform((value) => value || null),
          expiresOn: date.nullish(),
        }),
      )
      .min(1)
      .max(500)
      .openapi({ description: "A product may come in several lots." }),
    reference,
  })
  .openapi("NewReceipt");

const middleware = [authorise("stock:write")];
const keyed = [authorise("stock:write"), requireKey()];
const refusals = problemResponses(400, 401, 403, 404, 409, 415, 422, 429);
const path = "/v1/purchase-orders";

const creationRoute = createRoute({
  method: "post",
  path,
  tags: [tag],
  summary: "Draft an order",
  security: bearer,
  middleware: keyed,
  request: { body: jsonBody(contentSchema) },
  responses: {
    201: jsonAnswer(orderSchema, "The draft."),
    200: jsonAnswer(orderSchema, "Drafted before, under this key."),
    ...refusals,
  },
});

const readRoute = createRoute({
  method: "get",
  path: `${path}/{id}`,
  tags: [tag],
  summary: "One order with what came of it",
  security: bearer,
  middleware,
  request: { params: idParam },
  responses: { 200: jsonAnswer(orderSchema, "The order."), ...problemResponses(400, 401, 403, 404, 429) },
});

const changeRoute = createRoute({
  method: "put",
  path: `${path}/{id}`,
  tags: [tag],
  summary: "Change a draft as a whole",
  security: bearer,
  middleware,
  request: { params: idParam, body: jsonBody(contentSchema) },
  responses: { 200: jsonAnswer(orderSchema, "The draft."), ...refusals },
});

const sendingRoute = createRoute({
  method: "post",
  path: `${path}/{id}/send`,
  tags: [tag],
  summary: "Mark it as sent: its goods are expected",
  security: bearer,
  middleware,
  request: { params: idParam },
  responses: { 200: jsonAnswer(orderSchema, "The order."), ...refusals },
});

const cancellationRoute = createRoute({
  method: "post",
  path: `${path}/{id}/cancel`,
  tags: [tag],
  summary: "Expect nothing more of it",
  security: bearer,
  middleware,
  request: { params: idParam },
  responses: { 200: jsonAnswer(orderSchema, "The order."), ...refusals },
});

const receiptRoute = createRoute({
  method: "post",
  path: `${path}/{id}/receipts`,
  tags: [tag],
  summary: "Book what came",
  description:
    "More than is missing of a line is refused (`OVER_RECEIPT`), and so is a product that is not on the order.",
  security: bearer,
  middleware: keyed,
  request: { params: idParam, body: jsonBody(receiptContent) },
  responses: {
    201: jsonAnswer(receiptSchema, "Booked."),
    200: jsonAnswer(receiptSchema, "Booked before, under this key."),
    ...refusals,
  },
});

export function registerPurchasingRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerOrderList(app, foundation);

  app.openapi(creationRoute, (c) => {
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx) => requireOrder(tx, await createOrder(tx, given)));
  });

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await foundation.database.readAs(c.get("principal"), (tx) => requireOrder(tx, id)), 200);
  });

  const changed = (id: string, change: (tx: Executor) => Promise<void>) => async (tx: Executor) => {
    await change(tx);
    return requireOrder(tx, id);
  };

  app.openapi(changeRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    return answerOnce(
      c,
      foundation,
      given,
      changed(id, (tx) => changeOrder(tx, id, given)),
      { status: 200 },
    );
  });

  app.openapi(sendingRoute, (c) => {
    const { id } = c.req.valid("param");
    return answerOnce(
      c,
      foundation,
      {},
      changed(id, (tx) => sendOrder(tx, id)),
      { status: 200 },
    );
  });

  app.openapi(cancellationRoute, (c) => {
    const { id } = c.req.valid("param");
    return answerOnce(
      c,
      foundation,
      {},
      changed(id, (tx) => cancelOrder(tx, id)),
      { status: 200 },
    );
  });

  app.openapi(receiptRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    return answerOnce(c, foundation, given, async (tx, key) => ({
      id: await receiveOrder(tx, id, given.lines, given.reference, key),
      order: await requireOrder(tx, id),
    }));
  });
}

async function requireOrder(tx: Executor, id: string): Promise<OrderRow> {
  const order = await findOrder(tx, id);
  if (order === null) throw problems.NOT_FOUND("No order has this id.");
  return order;
}

const filter = z.object({
  status: z.enum(orderStatuses).optional(),
  supplierId: z.uuid().optional(),
  productId: z.uuid().optional(),
});

function registerOrderList(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, OrderRow>(app, foundation, {
    path,
    tag,
    summary: "Purchase orders",
    description: "Newest first.",
    permission: "stock:write",
    filter,
    item: orderSchema,
    fetch: (tx, wanted, after, limit) => listOrders(tx, wanted, after?.[0] ?? null, limit),
    keyOf: ({ id }) => [id],
    csv: {
      name: "purchase-orders",
      columns: {
        number: (order) => ({ text: String(order.number) }),
        status: ({ status }) => ({ text: status }),
        supplier_id: ({ supplierId }) => ({ text: supplierId }),
        location: ({ locationCode }) => ({ text: locationCode }),
        expected_on: ({ expectedOn }) => ({ text: expectedOn }),
        created_at: ({ createdAt }) => ({ text: createdAt }),
        lines: ({ lines }) => ({
          text: lines.map(({ sku, quantity, received }) => `${sku} ${received}/${quantity}`).join("\n"),
        }),
      },
    },
  });
}
