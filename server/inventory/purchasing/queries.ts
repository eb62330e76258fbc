import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, moneyOf, utcOf } from "../queries.ts";

export const orderStatuses = ["draft", "sent", "partly_received", "received", "cancelled"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export interface OrderRow {
  readonly id: string;
  readonly number: number;
  readonly supplierId: string | null;
  readonly locationId: string;
  readonly locationCode: string;
  readonly status: OrderStatus;
  readonly expectedOn: string | null;
  readonly note: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly closedAt: string | null;
  readonly lines: {
    readonly productId: string;
    readonly sku: string;
    readonly name: string;
    readonly gtin: string | null;
    readonly unit: string;
    readonly quantity: string;
    readonly received: string;
    readonly unitCost: string | null;
  }[];
  readonly receipts: {
    readonly id: string;
    readonly reference: string | null;
    readonly createdBy: string;
    readonly createdAt: string;
    readonly undoneAt: string | null;
  }[];
}

const columns = sql`
  purchase_order.id, purchase_order.number::float8 as number, purchase_order.supplier_id as "supplierId",
  purchase_order.location_id as "locationId", location.code as "locationCode", purchase_order.status,
  purchase_order.expected_on::text as "expectedOn", purchase_order.note, purchase_order.created_by as "createdBy",
  ${utcOf(sql`purchase_order.created_at`)} as "createdAt", ${utcOf(sql`purchase_order.sent_at`)} as "sentAt",
  ${utcOf(sql`purchase_order.closed_at`)} as "closedAt",
  (
    select jsonb_agg(jsonb_build_object(
      'productId', line.product_id, 'sku', product.sku, 'name', product.name,
      'gtin', product.gtin, 'unit', product.unit,
      'quantity', ${decimalOf(sql`line.quantity`)}, 'received', ${decimalOf(sql`line.received`)},
      'unitCost', ${moneyOf(sql`line.unit_cost`)}
    ) order by product.sku)
    from inventory.purchase_order_lines as line
    join catalog.products as product on product.id = line.product_id
    where line.order_id = purchase_order.id
  ) as lines,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', receipt.id, 'reference', receipt.reference, 'createdBy', receipt.created_by,
      'createdAt', ${utcOf(sql`receipt.created_at`)}, 'undoneAt', ${utcOf(sql`receipt.undone_at`)}
    ) order by receipt.created_at)
    from inventory.receipts as receipt where receipt.order_id = purchase_order.id
  ), '[]') as receipts
`;

const tables = sql`
  inventory.purchase_orders as purchase_order
  join inventory.locations as location on location.id = purchase_order.location_id
`;

export interface OrderFilter {
  readonly status?: OrderStatus | undefined;
  readonly supplierId?: string | undefined;
  readonly productId?: string | undefined;
}

/** Newest first, after the id last seen. */
export async function listOrders(
  tx: Executor,
  filter: OrderFilter,
  after: string | null,
  limit: number,
): Promise<readonly OrderRow[]> {
  const conditions = [
    ...(filter.status === undefined ? [] : [sql`purchase_order.status = ${filter.status}`]),
    ...(filter.supplierId === undefined ? [] : [sql`purchase_order.supplier_id = ${filter.supplierId}::uuid`]),
    ...(filter.productId === undefined
      ? []
      : [
          sql`exists (
            select from inventory.purchase_order_lines as line
            where line.order_id = purchase_order.id and line.product_id = ${filter.productId}::uuid
          )`,
        ]),
    ...(after === null ? [] : [sql`purchase_order.id < ${after}::uuid`]),
  ];
  const { rows } = await sql<OrderRow>`
    select ${columns} from ${tables} where ${all(conditions)} order by purchase_order.id desc limit ${limit}
  `.execute(tx);
  return rows;
}

export async function findOrder(tx: Executor, id: string): Promise<OrderRow | null> {
  const { rows } = await sql<OrderRow>`
    select ${columns} from ${tables} where purchase_order.id = ${id}::uuid
  `.execute(tx);
  return rows[0] ?? null;
}

export interface OrderContent {
  readonly supplierId: string | null;
  readonly locationId: string;
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: string;
    readonly unitCost?: string | null | undefined;
  }[];
  readonly expectedOn: string | null;
  readonly note: string | null;
}

export async function createOrder(tx: Executor, order: OrderContent): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.create_purchase_order(
      ${order.supplierId}::uuid, ${order.locationId}::uuid, ${JSON.stringify(order.lines)}::jsonb,
      ${order.expectedOn}::date, ${order.note}
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function changeOrder(tx: Executor, id: string, order: OrderContent): Promise<void> {
  await sql`
    select inventory.change_purchase_order(
      ${id}::uuid, ${order.supplierId}::uuid, ${order.locationId}::uuid, ${JSON.stringify(order.lines)}::jsonb,
      ${order.expectedOn}::date, ${order.note}
    )
  `.execute(tx);
}

export async function sendOrder(tx: Executor, id: string): Promise<void> {
  await sql`select inventory.send_purchase_order(${id}::uuid)`.execute(tx);
}

export async function cancelOrder(tx: Executor, id: string): Promise<void> {
  await sql`select inventory.cancel_purchase_order(${id}::uuid)`.execute(tx);
}

export interface ReceivedLine {
  readonly productId: string;
  readonly quantity: string;
  readonly lot?: string | null | undefined;
  readonly expiresOn?: string | null | undefined;
}

export async function receiveOrder(
  tx: Executor,
  id: string,
  lines: readonly ReceivedLine[],
  reference: string | null,
  key: string | null,
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.receive_purchase_order(
      ${id}::uuid, ${JSON.stringify(lines)}::jsonb, ${reference}, ${key}
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}
