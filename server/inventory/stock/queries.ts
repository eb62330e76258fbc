import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf } from "../queries.ts";
import { incoming } from "./level-queries.ts";

export interface ExpiringRow {
  readonly lotId: string;
  readonly lot: string;
  readonly expiresOn: string;
  readonly daysLeft: number;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly locationId: string;
  readonly locationCode: string;
  readonly onHand: string;
}

/** Lots that expire within `days` (or have), the soonest first, after the date and id last seen. */
export async function listExpiring(
  tx: Executor,
  filter: {
    readonly days: number;
    readonly productId?: string | undefined;
    readonly locationId?: string | undefined;
  },
  after: readonly string[] | null,
  limit: number,
): Promise<readonly ExpiringRow[]> {
  const conditions = [
    sql`lot.on_hand > 0 and lot.expires_on <= inventory.shop_today() + ${filter.days}::integer`,
    ...(filter.productId === undefined ? [] : [sql`lot.product_id = ${filter.productId}::uuid`]),
    ...(filter.locationId === undefined ? [] : [sql`lot.location_id = ${filter.locationId}::uuid`]),
    ...(after === null ? [] : [sql`(lot.expires_on, lot.id) > (${after[0] ?? null}::date, ${after[1] ?? null}::uuid)`]),
  ];
  const { rows } = await sql<ExpiringRow>`
    select lot.id as "lotId", lot.code as lot, lot.expires_on::text as "expiresOn",
      lot.expires_on - inventory.shop_today() as "daysLeft",
      lot.product_id as "productId", product.sku, product.name, lot.location_id as "locationId",
      location.code as "locationCode", ${decimalOf(sql`lot.on_hand`)} as "onHand"
    from inventory.lots as lot
    join catalog.products as product on product.id = lot.product_id
    join inventory.locations as location on location.id = lot.location_id
    where ${all(conditions)}
    order by lot.expires_on, lot.id
    limit ${limit}
  `.execute(tx);
  return rows;
}

export interface SuggestionRow {
  readonly supplierId: string | null;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly locationId: string;
  readonly locationCode: string;
  readonly available: string;
  readonly incoming: string;
  readonly reorderPoint: string;
  readonly maximum: string | null;
  readonly suggested: string;
  readonly unitCost: string | null;
}

/**
 * What is to be ordered: where what is free and incoming is at or below the reorder point, as much as fills it to the
 * maximum (or to twice the reorder point, where none is set). By supplier, so that each group is an order.
 */
export async function listSuggestions(
  tx: Executor,
  filter: { readonly supplierId?: string | undefined; readonly locationId?: string | undefined },
  after: readonly string[] | null,
  limit: number,
): Promise<readonly SuggestionRow[]> {
  const conditions = [
    sql`level.reorder_point is not null and product.deletion_status = 'active' and product.is_active`,
    sql`level.on_hand - level.reserved + ${incoming} <= level.reorder_point`,
    ...(filter.supplierId === undefined ? [] : [sql`product.supplier_id = ${filter.supplierId}::uuid`]),
    ...(filter.locationId === undefined ? [] : [sql`level.location_id = ${filter.locationId}::uuid`]),
    ...(after === null
      ? []
      : [
          sql`(coalesce(product.supplier_id::text, ''), level.product_id, level.location_id)
            > (${after[0] ?? ""}, ${after[1] ?? null}::uuid, ${after[2] ?? null}::uuid)`,
        ]),
  ];
  const { rows } = await sql<SuggestionRow>`
    select product.supplier_id as "supplierId", level.product_id as "productId", product.sku, product.name,
      level.location_id as "locationId", location.code as "locationCode",
      ${decimalOf(sql`level.on_hand - level.reserved`)} as available, ${decimalOf(incoming)} as incoming,
      ${decimalOf(sql`level.reorder_point`)} as "reorderPoint", ${decimalOf(sql`level.maximum`)} as maximum,
      ${decimalOf(sql`greatest(
        coalesce(level.maximum, level.reorder_point * 2) - (level.on_hand - level.reserved + ${incoming}),
        product.minimum_purchase
      )`)} as suggested,
      ${decimalOf(sql`product.cost`)} as "unitCost"
    from inventory.stock_levels as level
    join catalog.products as product on product.id = level.product_id
    join inventory.locations as location on location.id = level.location_id
    where ${all(conditions)}
    order by coalesce(product.supplier_id::text, ''), level.product_id, level.location_id
    limit ${limit}
  `.execute(tx);
  return rows;
}

/** Ids of products on sale by SKU. */
export async function findProductsBySku(tx: Executor, skus: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly id: string; readonly sku: string }>`
    select id, sku from catalog.products where sku = any(${skus}::text[]) and deletion_status = 'active'
  `.execute(tx);
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}

/** Ids of locations in use by code. */
export async function findLocationsByCode(
  tx: Executor,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly id: string; readonly code: string }>`
    select id, code from inventory.locations where code = any(${codes}::text[]) and is_active
  `.execute(tx);
  return new Map(rows.map(({ id, code }) => [code, id]));
}
