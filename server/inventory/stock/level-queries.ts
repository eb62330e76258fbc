import { type RawBuilder, sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, moneyOf, searchConditions } from "../queries.ts";

export const stockSorts = ["product", "name", "available", "-available", "expiry"] as const;
export type StockSort = (typeof stockSorts)[number];

export interface StockRow {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly gtin: string | null;
  readonly category: string | null;
  readonly unitCost: string | null;
  readonly price: string;
  readonly currency: string;
  readonly locationId: string;
  readonly locationCode: string;
  readonly locationName: string;
  readonly onHand: string;
  readonly reserved: string;
  readonly available: string;
  readonly incoming: string;
  readonly reorderPoint: string | null;
  readonly maximum: string | null;
  readonly position: number;
  readonly state: "ok" | "low" | "out";
  readonly nextExpiry: string | null;
  /** Of the smallest thumbnail of the main photo: its key in the store. */
  readonly thumbnailKey: string | null;
}

export interface StockFilter {
  readonly query?: string | undefined;
  readonly category?: string | undefined;
  readonly productId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly state?: StockRow["state"] | undefined;
  readonly reserved?: "true" | undefined;
  readonly expiringWithinDays?: number | undefined;
  readonly sort?: StockSort | undefined;
  readonly onlyLow?: boolean | undefined;
}

const free = sql`(level.on_hand - level.reserved)`;

const state = sql`
  case
    when ${free} <= 0 then 'out'
    when ${free} <= level.reorder_point then 'low'
    else 'ok'
  end
`;

/** Below its reorder point, or with nothing free where there was something. */
const isLow = sql`(${free} <= level.reorder_point or (${free} <= 0 and level.position > 0))`;

/** What has been ordered and has not come. */
export const incoming = sql`
  coalesce((
    select sum(line.quantity - line.received)
    from inventory.purchase_order_lines as line
    join inventory.purchase_orders as purchase_order on purchase_order.id = line.order_id
    where line.product_id = level.product_id and purchase_order.location_id = level.location_id
      and purchase_order.status in ('sent', 'partly_received')
  ), 0)
`;

const nextExpiry = sql`
  (
    select min(lot.expires_on) from inventory.lots as lot
    where lot.product_id = level.product_id and lot.location_id = level.location_id and lot.on_hand > 0
  )
`;

const expiresWithin = (days: number) => sql`
  exists (
    select from inventory.lots as lot
    where lot.product_id = level.product_id and lot.location_id = level.location_id and lot.on_hand > 0
      and lot.expires_on <= inventory.shop_today() + ${days}::integer
  )
`;

/** What sorts after every date. */
const noDate = "9999-12-31";

/** By what a list is sorted, the type of it, and what of a row that is; product and location always come last. */
const sorts: Readonly<
  Record<
    Exclude<StockSort, "product">,
    { readonly by: RawBuilder<unknown>; readonly type: RawBuilder<unknown>; readonly keyOf: (row: StockRow) => string }
  >
> = {
  // No more of a name than a cursor can hold.
  name: { by: sql`left(product.name, 100)`, type: sql`text`, keyOf: ({ name }) => [...name].slice(0, 100).join("") },
  available: { by: free, type: sql`numeric`, keyOf: ({ available }) => available },
  "-available": { by: sql`-${free}`, type: sql`numeric`, keyOf: ({ available }) => negated(available) },
  expiry: {
    by: sql`coalesce(${nextExpiry}, ${noDate}::date)`,
    type: sql`date`,
    keyOf: (row) => row.nextExpiry ?? noDate,
  },
};

/** Where a list goes on. */
export function stockKey(row: StockRow, { sort = "product" }: StockFilter): readonly string[] {
  const ids = [row.productId, row.locationId];
  return sort === "product" ? ids : [...ids, sorts[sort].keyOf(row)];
}

/** Levels in the order asked for, after the key last seen. */
export async function listStock(
  tx: Executor,
  filter: StockFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<readonly StockRow[]> {
  const { sort = "product" } = filter;
  const order = sort === "product" ? [] : [sorts[sort].by];
  const conditions: RawBuilder<unknown>[] = [
    sql`product.deletion_status <> 'archived'`,
    ...(await searchConditions(tx, filter.query)),
    ...(filter.category === undefined ? [] : [sql`product.category = ${filter.category}`]),
    ...(filter.productId === undefined ? [] : [sql`level.product_id = ${filter.productId}::uuid`]),
    ...(filter.locationId === undefined ? [] : [sql`level.location_id = ${filter.locationId}::uuid`]),
    ...(filter.state === undefined ? [] : [sql`${state} = ${filter.state}`]),
    ...(filter.reserved === undefined ? [] : [sql`level.reserved > 0`]),
    ...(filter.expiringWithinDays === undefined ? [] : [expiresWithin(filter.expiringWithinDays)]),
    ...(filter.onlyLow === true ? [isLow] : []),
    ...(after === null ? [] : [afterKey(sort, after)]),
  ];
  const { rows } = await sql<StockRow>`
    select level.product_id as "productId", product.sku, product.name, product.unit, product.gtin, product.category,
      ${moneyOf(sql`product.cost`)} as "unitCost", ${moneyOf(sql`product.price`)} as price, product.currency,
      level.location_id as "locationId", location.code as "locationCode",
      location.name as "locationName", ${decimalOf(sql`level.on_hand`)} as "onHand",
      ${decimalOf(sql`level.reserved`)} as reserved, ${decimalOf(free)} as available, ${decimalOf(incoming)} as incoming,
      ${decimalOf(sql`level.reorder_point`)} as "reorderPoint", ${decimalOf(sql`level.maximum`)} as maximum,
      level.position::float8 as position, ${state} as state, ${nextExpiry}::text as "nextExpiry",
      (
        select image.thumbnails ->> 'minithumb' from catalog.product_images as image
        where image.product_id = level.product_id and image.position = 0
      ) as "thumbnailKey"
    from inventory.stock_levels as level
    join catalog.products as product on product.id = level.product_id
    join inventory.locations as location on location.id = level.location_id
    where ${all(conditions)}
    order by ${sql.join([...order, sql`level.product_id`, sql`level.location_id`])}
    limit ${limit}
  `.execute(tx);
  return rows;
}

function afterKey(sort: StockSort, [productId = null, locationId = null, key = null]: readonly (string | null)[]) {
  if (sort === "product") return sql`(level.product_id, level.location_id) > (${productId}::uuid, ${locationId}::uuid)`;
  const { by, type } = sorts[sort];
  return sql`
    (${by}, level.product_id, level.location_id) > (${key}::${type}, ${productId}::uuid, ${locationId}::uuid)
  `;
}

const negated = (decimal: string): string => {
  if (decimal === "0") return decimal;
  return decimal.startsWith("-") ? decimal.slice(1) : `-${decimal}`;
};

export async function setStockLimits(
  tx: Executor,
  productId: string,
  locationId: string,
  limits: { readonly reorderPoint: string | null; readonly maximum: string | null },
): Promise<void> {
  await sql`
    select inventory.set_stock_limits(
      ${productId}::uuid, ${locationId}::uuid, ${limits.reorderPoint}::numeric, ${limits.maximum}::numeric
    )
  `.execute(tx);
}

export interface StockSummaryRow {
  readonly levels: number;
  readonly low: number;
  readonly out: number;
  readonly expiring: number;
  readonly reservedLines: number;
  readonly worth: { readonly currency: string; readonly amount: string }[];
}

/** The figures of all levels, or of one location's: what the filters of the list would show, and what stock is worth at cost. */
export async function summariseStock(
  tx: Executor,
  locationId: string | null,
  expiringDays: number,
): Promise<StockSummaryRow | null> {
  const { rows } = await sql<StockSummaryRow>`
    with level as materialized (
      select level.*, product.currency, product.cost, ${state} as state, ${isLow} as is_low
      from inventory.stock_levels as level
      join catalog.products as product on product.id = level.product_id
      where product.deletion_status <> 'archived'
        and (${locationId}::uuid is null or level.location_id = ${locationId}::uuid)
    )
    select count(*)::integer as levels, (count(*) filter (where level.is_low and level.state = 'low'))::integer as low,
      (count(*) filter (where level.is_low and level.state = 'out'))::integer as out,
      (
        select count(distinct (lot.product_id, lot.location_id))::integer
        from inventory.lots as lot join level using (product_id, location_id)
        where lot.on_hand > 0 and lot.expires_on <= inventory.shop_today() + ${expiringDays}::integer
      ) as expiring,
      (
        select count(*)::integer
        from inventory.reservations as reservation
        join inventory.reservation_lines as line on line.reservation_id = reservation.id
        where reservation.state = 'active'
          and (${locationId}::uuid is null or line.location_id = ${locationId}::uuid)
      ) as "reservedLines",
      coalesce((
        select jsonb_agg(jsonb_build_object('currency', currency, 'amount', ${moneyOf(sql`amount`)}) order by currency)
        from (
          select currency, round(sum(on_hand * cost), 2) as amount
          from level where on_hand > 0 and cost is not null group by currency
        ) as worth
      ), '[]') as worth
    from level
  `.execute(tx);
  return rows[0] ?? null;
}
