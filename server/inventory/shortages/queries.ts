import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, utcOf } from "../queries.ts";

export const shortageStates = ["open", "ordered", "resolved", "dismissed"] as const;
export type ShortageState = (typeof shortageStates)[number];

export interface ShortageRow {
  readonly id: string;
  readonly productId: string | null;
  readonly sku: string | null;
  readonly name: string;
  readonly locationId: string | null;
  readonly quantity: string | null;
  readonly note: string | null;
  readonly state: ShortageState;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedBy: string;
  readonly updatedAt: string;
}

const columns = sql`
  shortage.id, shortage.product_id as "productId", product.sku, coalesce(product.name, shortage.description) as name,
  shortage.location_id as "locationId", ${decimalOf(sql`shortage.quantity`)} as quantity, shortage.note, shortage.state,
  shortage.created_by as "createdBy", ${utcOf(sql`shortage.created_at`)} as "createdAt",
  shortage.updated_by as "updatedBy", ${utcOf(sql`shortage.updated_at`)} as "updatedAt"
`;
const tables = sql`
  inventory.shortages as shortage left join catalog.products as product on product.id = shortage.product_id
`;

/** Newest first, after the id last seen. */
export async function listShortages(
  tx: Executor,
  filter: { readonly state?: ShortageState | undefined; readonly productId?: string | undefined },
  after: string | null,
  limit: number,
): Promise<readonly ShortageRow[]> {
  const conditions = [
    ...(filter.state === undefined ? [] : [sql`shortage.state = ${filter.state}`]),
    ...(filter.productId === undefined ? [] : [sql`shortage.product_id = ${filter.productId}::uuid`]),
    ...(after === null ? [] : [sql`shortage.id < ${after}::uuid`]),
  ];
  const { rows } = await sql<ShortageRow>`
    select ${columns} from ${tables} where ${all(conditions)} order by shortage.id desc limit ${limit}
  `.execute(tx);
  return rows;
}

export async function findShortage(tx: Executor, id: string): Promise<ShortageRow | null> {
  const { rows } = await sql<ShortageRow>`
    select ${columns} from ${tables} where shortage.id = ${id}::uuid
  `.execute(tx);
  return rows[0] ?? null;
}

export async function reportShortage(
  tx: Executor,
  shortage: {
    readonly productId: string | null;
    readonly description: string | null;
    readonly locationId: string | null;
    readonly quantity: string | null;
    readonly note: string | null;
  },
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.report_shortage(
      ${shortage.productId}::uuid, ${shortage.description}, ${shortage.locationId}::uuid,
      ${shortage.quantity}::numeric, ${shortage.note}
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function changeShortage(
  tx: Executor,
  id: string,
  change: { readonly state?: ShortageState | undefined; readonly note?: string | null | undefined },
): Promise<void> {
  await sql`
    select inventory.change_shortage(${id}::uuid, ${change.state ?? null}, ${change.note ?? null})
  `.execute(tx);
}
