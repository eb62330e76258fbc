import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, moneyOf, nameOf, utcOf } from "../queries.ts";

export interface CountRow {
  readonly id: string;
  readonly locationId: string;
  readonly locationCode: string;
  readonly note: string | null;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: string;
  readonly linesCounted: number;
  readonly linesOff: number;
  readonly surplus: string;
  readonly missing: string;
  /** Of the variance, at the products' costs of that time. */
  readonly worth: string;
}

export interface CountLineRow {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly expected: string;
  readonly counted: string;
  readonly variance: string;
  readonly unitCost: string | null;
  readonly worth: string | null;
}

const columns = sql`
  counted.id, counted.location_id as "locationId", location.code as "locationCode", counted.note,
  counted.created_by as "createdBy",
  ${nameOf(sql`counted.created_by`)} as "createdByName", ${utcOf(sql`counted.created_at`)} as "createdAt",
  total."linesCounted", total."linesOff", total.surplus, total.missing, total.worth
`;

const tables = sql`
  inventory.counts as counted
  join inventory.locations as location on location.id = counted.location_id
  cross join lateral (
    select count(*)::integer as "linesCounted", (count(*) filter (where line.variance <> 0))::integer as "linesOff",
      ${decimalOf(sql`coalesce(sum(line.variance) filter (where line.variance > 0), 0)`)} as surplus,
      ${decimalOf(sql`coalesce(-sum(line.variance) filter (where line.variance < 0), 0)`)} as missing,
      ${moneyOf(sql`coalesce(sum(line.variance * line.unit_cost), 0)`)} as worth
    from inventory.count_lines as line where line.count_id = counted.id
  ) as total
`;

/** Newest first, after the id last seen. */
export async function listCounts(
  tx: Executor,
  filter: { readonly locationId?: string | undefined },
  after: string | null,
  limit: number,
): Promise<readonly CountRow[]> {
  const conditions = [
    ...(filter.locationId === undefined ? [] : [sql`counted.location_id = ${filter.locationId}::uuid`]),
    ...(after === null ? [] : [sql`counted.id < ${after}::uuid`]),
  ];
  const { rows } = await sql<CountRow>`
    select ${columns} from ${tables} where ${all(conditions)} order by counted.id desc limit ${limit}
  `.execute(tx);
  return rows;
}

export async function findCount(tx: Executor, id: string): Promise<CountRow | null> {
  const { rows } = await sql<CountRow>`select ${columns} from ${tables} where counted.id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

/** The variance report: what is off most first, by its worth. */
export async function findCountLines(tx: Executor, id: string): Promise<readonly CountLineRow[]> {
  const { rows } = await sql<CountLineRow>`
    select line.product_id as "productId", product.sku, product.name, ${decimalOf(sql`line.expected`)} as expected,
      ${decimalOf(sql`line.counted`)} as counted, ${decimalOf(sql`line.variance`)} as variance,
      ${moneyOf(sql`line.unit_cost`)} as "unitCost", ${moneyOf(sql`line.variance * line.unit_cost`)} as worth
    from inventory.count_lines as line
    join catalog.products as product on product.id = line.product_id
    where line.count_id = ${id}::uuid
    order by abs(line.variance * coalesce(line.unit_cost, 0)) desc, abs(line.variance) desc, product.sku
  `.execute(tx);
  return rows;
}

export async function recordCount(
  tx: Executor,
  locationId: string,
  lines: readonly { readonly productId: string; readonly counted: string; readonly countedFrom: number }[],
  note: string | null,
  key: string | null,
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.record_count(${locationId}::uuid, ${JSON.stringify(lines)}::jsonb, ${note}, ${key}) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}
