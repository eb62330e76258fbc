import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, nameOf, utcOf } from "../queries.ts";
import type { Reservation, ReservationLine } from "../schemas.ts";
import type { StockLevel } from "./locked-levels.ts";

/** One request to reserve, with who makes it. Lines are summed: each product and location comes once. */
export interface ReservationRequest {
  readonly userId: string;
  readonly role: string;
  readonly key: string;
  readonly lines: readonly ReservationLine[];
  readonly reference: string | null;
  readonly expiresInSeconds: number | null;
}

export interface ShortLine {
  readonly productId: string;
  readonly locationId: string;
  readonly requested: string;
  readonly available: string;
}

/** What became of one, as the database says it (`inventory.reservation_outcome`). */
export type ReservationOutcome =
  | {
      readonly outcome: "created" | "replayed";
      readonly id: string;
      readonly createdAt: Date;
      readonly expiresAt: Date;
      readonly supersedes: readonly string[] | null;
    }
  | { readonly outcome: "refused"; readonly short: readonly ShortLine[] }
  | { readonly outcome: "locked"; readonly short: readonly StockLevel[] }
  | { readonly outcome: "key_reused" | "deferred" };

const outcomeColumns = sql`
  outcome, id, created_at as "createdAt", expires_at as "expiresAt", supersedes, short
`;

/** One request, one round trip, no transaction around it; refusals are thrown as the function raises them. */
export async function reserveStock(
  db: Executor,
  request: ReservationRequest,
  traceparent: string | null,
): Promise<ReservationOutcome> {
  const { rows } = await sql<ReservationOutcome>`
    select ${outcomeColumns}
    from inventory.reserve_stock_for(
      ${request.userId}, ${request.role}, ${request.key}, ${JSON.stringify(request.lines)}::jsonb,
      ${request.reference}, ${request.expiresInSeconds}::integer, ${traceparent}
    )
  `.execute(db);
  return required(rows[0]);
}

/**
 * Many in one transaction; an outcome each, in the order of the requests. With `passesOver`, those that need a level that
 * someone else has locked are `locked`, and nobody waits for it.
 */
export async function reserveStockBatch(
  db: Executor,
  requests: readonly ReservationRequest[],
  { passesOver, traceparent }: { readonly passesOver: boolean; readonly traceparent: string | null },
): Promise<readonly ReservationOutcome[]> {
  const lines = requests.flatMap((request, index) => request.lines.map((line) => ({ ...line, request: index + 1 })));
  const { rows } = await sql<ReservationOutcome>`
    select ${outcomeColumns}
    from inventory.reserve_stock_batch(
      ${requests.map(({ userId }) => userId)}::text[],
      ${requests.map(({ role }) => role)}::text[],
      ${requests.map(({ key }) => key)}::text[],
      ${requests.map(({ reference }) => reference)}::text[],
      ${requests.map(({ expiresInSeconds }) => expiresInSeconds)}::integer[],
      ${lines.map(({ request }) => request)}::integer[],
      ${lines.map(({ productId }) => productId)}::uuid[],
      ${lines.map(({ locationId }) => locationId)}::uuid[],
      ${lines.map(({ quantity }) => quantity)}::numeric[],
      ${traceparent},
      ${passesOver}
    )
  `.execute(db);
  return rows;
}

export async function confirmReservation(tx: Executor, id: string, key: string | null): Promise<void> {
  await sql`select inventory.confirm_reservation(${id}::uuid, ${key})`.execute(tx);
}

export async function cancelReservation(tx: Executor, id: string, reason: string | null): Promise<void> {
  await sql`select inventory.cancel_reservation(${id}::uuid, ${reason})`.execute(tx);
}

export async function extendReservation(tx: Executor, id: string, seconds: number): Promise<void> {
  await sql`select inventory.extend_reservation(${id}::uuid, ${seconds})`.execute(tx);
}

export interface ReservationRow extends Omit<Reservation, "lines"> {
  readonly lines: {
    readonly productId: string;
    readonly sku: string | null;
    readonly name: string | null;
    readonly unit: string | null;
    readonly locationId: string;
    readonly locationCode: string | null;
    readonly quantity: string;
  }[];
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly isOverdue: boolean;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  readonly closeReason: string | null;
}

const reservationColumns = sql`
  reservation.id, reservation.state, reservation.reference, reservation.created_by as "createdBy",
  ${nameOf(sql`reservation.created_by`)} as "createdByName",
  ${utcOf(sql`reservation.created_at`)} as "createdAt", ${utcOf(sql`reservation.expires_at`)} as "expiresAt",
  reservation.state = 'active' and reservation.expires_at <= clock_timestamp() as "isOverdue",
  coalesce(reservation.supersedes, '{}') as supersedes, ${utcOf(sql`reservation.closed_at`)} as "closedAt",
  reservation.closed_by as "closedBy", ${nameOf(sql`reservation.closed_by`)} as "closedByName",
  reservation.close_reason as "closeReason",
  (
    select jsonb_agg(jsonb_build_object(
      'productId', line.product_id, 'sku', product.sku, 'name', product.name, 'unit', product.unit,
      'locationId', line.location_id, 'locationCode', location.code, 'quantity', ${decimalOf(sql`line.quantity`)}
    ) order by line.product_id, line.location_id)
    from inventory.reservation_lines as line
    left join catalog.products as product on product.id = line.product_id
    left join inventory.locations as location on location.id = line.location_id
    where line.reservation_id = reservation.id
  ) as lines
`;

export async function findReservation(tx: Executor, id: string): Promise<ReservationRow | null> {
  const { rows } = await sql<ReservationRow>`
    select ${reservationColumns} from inventory.reservations as reservation where reservation.id = ${id}::uuid
  `.execute(tx);
  return rows[0] ?? null;
}

export interface ReservationFilter {
  readonly state?: string | undefined;
  readonly productId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly reference?: string | undefined;
  /** A user's id. */
  readonly createdBy?: string | undefined;
  readonly key?: string | undefined;
}

/** Newest first, after the id of the last seen. */
export async function listReservations(
  tx: Executor,
  filter: ReservationFilter,
  after: string | null,
  limit: number,
): Promise<readonly ReservationRow[]> {
  const line = all([
    sql`line.reservation_id = reservation.id`,
    ...(filter.productId === undefined ? [] : [sql`line.product_id = ${filter.productId}::uuid`]),
    ...(filter.locationId === undefined ? [] : [sql`line.location_id = ${filter.locationId}::uuid`]),
  ]);
  const conditions = [
    ...(filter.state === undefined ? [] : [sql`reservation.state = ${filter.state}`]),
    ...(filter.reference === undefined ? [] : [sql`reservation.reference = ${filter.reference}`]),
    ...(filter.createdBy === undefined ? [] : [sql`reservation.created_by = ${filter.createdBy}`]),
    ...(filter.key === undefined ? [] : [sql`reservation.key = ${filter.key}`]),
    ...(filter.productId === undefined && filter.locationId === undefined
      ? []
      : [sql`exists (select from inventory.reservation_lines as line where ${line})`]),
    ...(after === null ? [] : [sql`reservation.id < ${after}::uuid`]),
  ];
  const { rows } = await sql<ReservationRow>`
    select ${reservationColumns}
    from inventory.reservations as reservation
    where ${all(conditions)}
    order by reservation.id desc
    limit ${limit}
  `.execute(tx);
  return rows;
}

function required(outcome: ReservationOutcome | undefined): ReservationOutcome {
  if (outcome === undefined) throw new Error("a reservation was asked for and no outcome came");
  return outcome;
}
