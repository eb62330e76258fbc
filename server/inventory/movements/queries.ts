import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, nameOf, utcOf } from "../queries.ts";

export const movementTypes = ["entry", "exit", "adjustment", "transfer_in", "transfer_out", "sale", "receipt"] as const;
export type MovementType = (typeof movementTypes)[number];

export interface MovementRow {
  readonly id: string;
  readonly documentId: string;
  readonly type: MovementType;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly locationId: string;
  readonly locationCode: string;
  readonly locationName: string;
  readonly delta: string;
  readonly balanceAfter: string;
  readonly position: number;
  readonly lot: string | null;
  readonly expiresOn: string | null;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly reservationId: string | null;
  readonly undoes: string | null;
  readonly undoneBy: string | null;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: string;
}

const columns = sql`
  movement.id, movement.document_id as "documentId", movement.type, movement.product_id as "productId", product.sku,
  product.name, product.unit, movement.location_id as "locationId", location.code as "locationCode",
  location.name as "locationName",
  ${decimalOf(sql`movement.delta`)} as delta, ${decimalOf(sql`movement.balance_after`)} as "balanceAfter",
  movement.position::float8 as position, nullif(lot.code, '') as lot, lot.expires_on::text as "expiresOn",
  movement.reason, movement.reference, movement.reservation_id as "reservationId", movement.undoes,
  (select undoing.id from inventory.movements as undoing where undoing.undoes = movement.id) as "undoneBy",
  movement.created_by as "createdBy",
  ${nameOf(sql`movement.created_by`)} as "createdByName", ${utcOf(sql`movement.created_at`)} as "createdAt"
`;

const tables = sql`
  inventory.movements as movement
  join catalog.products as product on product.id = movement.product_id
  join inventory.locations as location on location.id = movement.location_id
  left join inventory.lots as lot on lot.id = movement.lot_id
`;

export interface MovementFilter {
  readonly productId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly type?: MovementType | undefined;
  readonly reference?: string | undefined;
  readonly documentId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** One user's idempotency key. */
  readonly madeBy?: { readonly userId: string; readonly key: string } | undefined;
}

/** Newest first, after the id last seen: ids are time-ordered. */
export async function listMovements(
  tx: Executor,
  filter: MovementFilter,
  after: string | null,
  limit: number,
): Promise<readonly MovementRow[]> {
  const conditions = [
    ...(filter.productId === undefined ? [] : [sql`movement.product_id = ${filter.productId}::uuid`]),
    ...(filter.locationId === undefined ? [] : [sql`movement.location_id = ${filter.locationId}::uuid`]),
    ...(filter.type === undefined ? [] : [sql`movement.type = ${filter.type}`]),
    ...(filter.reference === undefined ? [] : [sql`movement.reference = ${filter.reference}`]),
    ...(filter.documentId === undefined ? [] : [sql`movement.document_id = ${filter.documentId}::uuid`]),
    ...(filter.from === undefined ? [] : [sql`movement.created_at >= ${filter.from}::timestamptz`]),
    ...(filter.to === undefined ? [] : [sql`movement.created_at < ${filter.to}::timestamptz`]),
    ...(filter.madeBy === undefined
      ? []
      : [sql`movement.created_by = ${filter.madeBy.userId} and movement.key = ${filter.madeBy.key}`]),
    ...(after === null ? [] : [sql`movement.id < ${after}::uuid`]),
  ];
  const { rows } = await sql<MovementRow>`
    select ${columns} from ${tables} where ${all(conditions)} order by movement.id desc limit ${limit}
  `.execute(tx);
  return rows;
}

/** All movements of one act, in the order in which they were written. */
export async function findDocument(tx: Executor, documentId: string): Promise<readonly MovementRow[]> {
  const { rows } = await sql<MovementRow>`
    select ${columns} from ${tables}
    where movement.document_id = ${documentId}::uuid
    order by movement.created_at, movement.id
  `.execute(tx);
  return rows;
}

export interface MovedLine {
  readonly productId: string;
  readonly locationId: string;
  readonly quantity: string;
  readonly lot?: string | null | undefined;
  readonly expiresOn?: string | null | undefined;
}

interface About {
  readonly reason: string | null;
  readonly reference: string | null;
  readonly key: string | null;
}

export async function recordMovement(
  tx: Executor,
  type: "entry" | "exit" | "adjustment",
  lines: readonly MovedLine[],
  about: About,
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.record_movement(
      ${type}, ${JSON.stringify(lines)}::jsonb, ${about.reason}, ${about.reference}, ${about.key}
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function transferStock(
  tx: Executor,
  from: string,
  to: string,
  lines: readonly { readonly productId: string; readonly quantity: string; readonly lot?: string | null | undefined }[],
  about: About,
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.transfer_stock(
      ${from}::uuid, ${to}::uuid, ${JSON.stringify(lines)}::jsonb, ${about.reason}, ${about.reference}, ${about.key}
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function undoMovements(
  tx: Executor,
  id: string,
  reason: string | null,
  key: string | null,
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.undo_movements(${id}::uuid, ${reason}, ${key}) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}
