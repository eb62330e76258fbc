import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { answerOnce, idempotencyKey, jsonResponse, requireKey } from "../answer-once.ts";
import { inventoryProblems, rethrowAsReservationProblem } from "../errors.ts";
import { registerList } from "../list.ts";
import { ReservationBatcher } from "../reservation-batcher.ts";
import {
  decimalText,
  idParam,
  keyFilter,
  newReservationSchema,
  personName,
  reason,
  reservationSchema,
  time,
} from "../schemas.ts";
import {
  cancelReservation,
  confirmReservation,
  extendReservation,
  findReservation,
  listReservations,
  type ReservationRow,
} from "./queries.ts";
import { reserve } from "./service.ts";

const tags = ["Reservations"];

const storedSchema = reservationSchema
  .extend({
    lines: z.array(
      z.object({
        productId: z.uuid(),
        sku: z.string().nullable(),
        name: z.string().nullable(),
        unit: z.string().nullable(),
        locationId: z.uuid(),
        locationCode: z.string().nullable(),
        quantity: decimalText,
      }),
    ),
    createdBy: z.string(),
    createdByName: personName,
    isOverdue: z.boolean().openapi({ description: "Active in name only: its time is over." }),
    closedAt: time.nullable(),
    closedBy: z.string().nullable(),
    closedByName: personName,
    closeReason: z.string().nullable(),
  })
  .openapi("StoredReservation");

const creationRoute = createRoute({
  method: "post",
  path: "/v1/reservations",
  tags,
  summary: "Reserve stock",
  description:
    "All lines or nothing. Needs `Idempotency-Key`: the same key and body get the same answer with 200, however late, " +
    "whatever the stock is by then. A refusal is not kept, so the same key may try again.",
  security: bearer,
  middleware: [authorise("stock:reserve"), requireKey()] as const,
  request: { body: jsonBody(newReservationSchema) },
  responses: {
    201: jsonAnswer(reservationSchema, "Reserved."),
    200: jsonAnswer(reservationSchema, "Reserved before, under this key."),
    ...problemResponses(400, 401, 403, 409, 415, 422, 429, 503),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/reservations/{id}",
  tags,
  summary: "One reservation as it is now",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: { params: idParam },
  responses: { 200: jsonAnswer(storedSchema, "The reservation."), ...problemResponses(400, 401, 403, 404, 429) },
});

const changes = problemResponses(400, 401, 403, 404, 409, 415, 422, 429);

const confirmationRoute = createRoute({
  method: "post",
  path: "/v1/reservations/{id}/confirm",
  tags,
  summary: "Sell what was reserved",
  description: "Becomes `sale` movements, of the lots that expire first. Too late when its time is over.",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: { params: idParam },
  responses: { 200: jsonAnswer(storedSchema, "Confirmed."), ...changes },
});

const cancellationRoute = createRoute({
  method: "post",
  path: "/v1/reservations/{id}/cancel",
  tags,
  summary: "Give back what was reserved",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: {
    params: idParam,
    body: { content: { "application/json": { schema: z.strictObject({ reason }) } } },
  },
  responses: { 200: jsonAnswer(storedSchema, "Cancelled."), ...changes },
});

const extensionRoute = createRoute({
  method: "post",
  path: "/v1/reservations/{id}/extend",
  tags,
  summary: "Hold it for longer",
  description: "Until `expiresInSeconds` from now; never shorter than it is.",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: { params: idParam, body: jsonBody(z.strictObject({ expiresInSeconds: z.int().min(1).max(604_800) })) },
  responses: { 200: jsonAnswer(storedSchema, "Extended."), ...changes },
});

export function registerReservationRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database } = foundation;
  const batcher = new ReservationBatcher(database.db);

  app.openapi(creationRoute, async (c) => {
    const key = idempotencyKey(c) ?? "";
    const { reservation, isReplayed } = await reserve(batcher, c.get("principal"), key, c.req.valid("json"));
    return jsonResponse(JSON.stringify(reservation), isReplayed ? 200 : 201, isReplayed);
  });

  registerReservationList(app, foundation);

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await database.readAs(c.get("principal"), (tx) => requireReservation(tx, id)), 200);
  });

  app.openapi(confirmationRoute, (c) => {
    const { id } = c.req.valid("param");
    return answerOnce(c, foundation, {}, (tx, key) => changed(tx, id, confirmReservation(tx, id, key)), {
      status: 200,
    });
  });

  app.openapi(cancellationRoute, (c) => {
    const { id } = c.req.valid("param");
    const { reason: why = null } = c.req.valid("json") ?? {};
    return answerOnce(c, foundation, { why }, (tx) => changed(tx, id, cancelReservation(tx, id, why)), { status: 200 });
  });

  app.openapi(extensionRoute, (c) => {
    const { id } = c.req.valid("param");
    const { expiresInSeconds } = c.req.valid("json");
    const work = (tx: Executor) => changed(tx, id, extendReservation(tx, id, expiresInSeconds));
    return answerOnce(c, foundation, { expiresInSeconds }, work, { status: 200 });
  });
}

async function changed(tx: Executor, id: string, change: Promise<void>): Promise<ReservationRow> {
  await change.catch(rethrowAsReservationProblem);
  return requireReservation(tx, id);
}

async function requireReservation(tx: Executor, id: string): Promise<ReservationRow> {
  const reservation = await findReservation(tx, id);
  if (reservation === null) throw inventoryProblems.RESERVATION_NOT_FOUND("No reservation has this id.");
  return reservation;
}

const filter = z.object({
  state: z.enum(["active", "confirmed", "cancelled", "expired"]).optional(),
  productId: z.uuid().optional(),
  locationId: z.uuid().optional(),
  reference: z.string().max(200).optional(),
  createdBy: z.string().max(255).optional().openapi({ description: "A user's id, or `me`." }),
  key: keyFilter,
});

function registerReservationList(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, ReservationRow>(app, foundation, {
    path: "/v1/reservations",
    tag: "Reservations",
    summary: "Reservations",
    description: "Newest first. With `productId` and `state=active`: by whom a product is reserved.",
    permission: "stock:reserve",
    filter,
    item: storedSchema,
    fetch: (tx, wanted, after, limit, { userId }) => {
      const isOwn = wanted.createdBy === "me" || wanted.key !== undefined;
      const createdBy = isOwn ? userId : wanted.createdBy;
      return listReservations(tx, { ...wanted, createdBy }, after?.[0] ?? null, limit);
    },
    keyOf: ({ id }) => [id],
    csv: {
      name: "reservations",
      columns: {
        id: ({ id }) => ({ text: id }),
        state: ({ state }) => ({ text: state }),
        reference: ({ reference }) => ({ text: reference }),
        created_by: ({ createdBy, createdByName }) => ({ text: createdByName ?? createdBy }),
        created_at: ({ createdAt }) => ({ text: createdAt }),
        expires_at: ({ expiresAt }) => ({ text: expiresAt }),
        lines: ({ lines }) => ({
          text: lines
            .map((line) => `${line.quantity} × ${line.sku ?? line.productId} @ ${line.locationCode ?? line.locationId}`)
            .join("\n"),
        }),
      },
    },
  });
}
