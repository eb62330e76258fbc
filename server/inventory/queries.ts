import { type RawBuilder, sql } from "kysely";
import type { Executor } from "../foundation/database/database.ts";

/** A quantity or a rate as a decimal string without needless zeros. */
export const decimalOf = (column: RawBuilder<unknown>) => sql`trim_scale(${column})::text`;

/** Money as people write it: two decimals, more only where there are more. */
export const moneyOf = (column: RawBuilder<unknown>) =>
  sql`(case when scale(trim_scale(${column})) <= 2 then round(${column}, 2) else trim_scale(${column}) end)::text`;

/** RFC 3339 in UTC, with milliseconds. */
export const utcOf = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The name of the user whose id it is; null for who is none of the embedded identity. */
export const nameOf = (column: RawBuilder<unknown>) => sql`inventory.person_name(${column})`;

/** True, or what narrows a list. */
export const all = (conditions: readonly RawBuilder<unknown>[]) =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

/**
 * What narrows a list of `product` to those with every word of `query` in their name, SKU or GTIN: by their ids when they
 * are few, which an index finds; else word by word as the list is read, which then finds enough of them soon. Runs as the
 * caller.
 */
export async function searchConditions(
  tx: Executor,
  query: string | undefined,
): Promise<readonly RawBuilder<unknown>[]> {
  const words = (query ?? "").split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const { rows } = await sql<{ readonly ids: readonly string[] | null }>`
    select inventory.find_few_products(${words}::text[]) as ids
  `.execute(tx);
  const ids = rows[0]?.ids ?? null;
  if (ids !== null) return [sql`product.id = any(${ids}::uuid[])`];
  // Under row security the planner may look at no statistics of LIKE: it takes any word for one that hardly a product has,
  // and would read and sort all of them for a page. A `case` it takes for half of them, and walks in the list's order.
  return words.map((word) => sql`case when product.search like catalog.search_pattern(${word}) then true end`);
}

export async function setShopTimeZone(db: Executor, timeZone: string): Promise<void> {
  await sql`select inventory.set_shop_time_zone(${timeZone})`.execute(db);
}

/** See `database/routines/inventory/find_answer.sql`; null for a key that is new. */
export async function findAnswer(
  tx: Executor,
  claim: { readonly scope: string; readonly key: string; readonly fingerprint: string },
): Promise<string | null> {
  const { rows } = await sql<{ readonly answer: string | null }>`
    select inventory.find_answer(${claim.scope}, ${claim.key}, ${claim.fingerprint}) as answer
  `.execute(tx);
  return rows[0]?.answer ?? null;
}

export async function storeAnswer(
  tx: Executor,
  claim: { readonly scope: string; readonly key: string; readonly fingerprint: string },
  answer: string,
): Promise<void> {
  await sql`
    select inventory.store_answer(${claim.scope}, ${claim.key}, ${claim.fingerprint}, ${answer})
  `.execute(tx);
}

export async function raiseStockAlerts(db: Executor, days: number): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ readonly counts: Readonly<Record<string, number>> }>`
    select inventory.raise_stock_alerts(${days}) as counts
  `.execute(db);
  return rows[0]?.counts ?? {};
}

export async function expireReservations(db: Executor, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly expired: number }>`
    select inventory.expire_reservations(${limit}) as expired
  `.execute(db);
  return rows[0]?.expired ?? 0;
}

export interface Discrepancy {
  readonly productId: string;
  readonly locationId: string;
  readonly onHand: string;
  readonly ledger: string;
  readonly reserved: string;
  readonly held: string;
}

export async function findStockDiscrepancies(db: Executor, limit: number): Promise<readonly Discrepancy[]> {
  const { rows } = await sql<Discrepancy>`
    select product_id as "productId", location_id as "locationId", ${decimalOf(sql`on_hand`)} as "onHand",
      ${decimalOf(sql`ledger`)} as ledger, ${decimalOf(sql`reserved`)} as reserved, ${decimalOf(sql`held`)} as held
    from inventory.find_stock_discrepancies(${limit})
  `.execute(db);
  return rows;
}

export async function countStockLevels(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly levels: number }>`
    select count(*)::integer as levels from inventory.stock_levels
  `.execute(db);
  return rows[0]?.levels ?? 0;
}
