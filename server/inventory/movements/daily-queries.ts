import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { decimalOf } from "../queries.ts";

export interface DayRow {
  readonly day: string;
  readonly entries: string;
  readonly exits: string;
  readonly balance: string;
}

/** Ids are time-ordered, so that the index of a product's movements leads to its last days; a second for clocks that differ. */
const firstIdAt = (time: ReturnType<typeof sql>) => sql`
  (lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint - 1000), 12, '0') || '70008000000000000000')::uuid
`;

/**
 * What came, what went and what was there at the end of each of the last `days` days of the shop, today included; of one
 * product, at one location, or of all. Transfers between locations that are both looked at come and go.
 */
export async function listDays(
  tx: Executor,
  filter: { readonly productId: string | null; readonly locationId: string | null; readonly days: number },
): Promise<readonly DayRow[]> {
  const { productId, locationId, days } = filter;
  const { rows } = await sql<DayRow>`
    with day as (
      select shop.day::date as day, inventory.shop_day_start(shop.day::date) as starts_at,
        inventory.shop_day_start(shop.day::date + 1) as ends_at
      from generate_series(inventory.shop_today() - ${days - 1}::integer, inventory.shop_today(), '1 day') as shop (day)
    ), moved as (
      select day.day, sum(movement.delta) filter (where movement.delta > 0) as entries,
        -sum(movement.delta) filter (where movement.delta < 0) as exits, sum(movement.delta) as total
      from day
      join inventory.movements as movement
        on movement.created_at >= day.starts_at and movement.created_at < day.ends_at
      where movement.id >= ${firstIdAt(sql`inventory.shop_day_start(inventory.shop_today() - ${days - 1}::integer)`)}
        and (${productId}::uuid is null or movement.product_id = ${productId}::uuid)
        and (${locationId}::uuid is null or movement.location_id = ${locationId}::uuid)
      group by day.day
    ), present as (
      select coalesce(sum(level.on_hand), 0) as total
      from inventory.stock_levels as level
      where (${productId}::uuid is null or level.product_id = ${productId}::uuid)
        and (${locationId}::uuid is null or level.location_id = ${locationId}::uuid)
    )
    select day.day::text as day, ${decimalOf(sql`coalesce(moved.entries, 0)`)} as entries,
      ${decimalOf(sql`coalesce(moved.exits, 0)`)} as exits,
      ${decimalOf(sql`
        present.total - coalesce(sum(moved.total) over (
          order by day.day rows between 1 following and unbounded following
        ), 0)
      `)} as balance
    from day cross join present left join moved on moved.day = day.day
    order by day.day
  `.execute(tx);
  return rows;
}
