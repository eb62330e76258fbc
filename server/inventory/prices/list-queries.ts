import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, decimalOf, moneyOf, searchConditions, utcOf } from "../queries.ts";

export const priceStates = ["ok", "below_minimum", "below_suggested", "no_cost"] as const;
export type PriceState = (typeof priceStates)[number];

export interface PriceRow {
  readonly productId: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly name: string;
  readonly category: string | null;
  readonly unit: string;
  readonly currency: string;
  readonly cost: string | null;
  readonly price: string;
  readonly marginPercent: string | null;
  readonly minimumPercent: string;
  readonly suggestedPercent: string;
  readonly minimumPrice: string | null;
  readonly suggestedPrice: string | null;
  readonly state: PriceState;
  readonly changedAt: string | null;
}

export interface PriceFilter {
  readonly query?: string | undefined;
  readonly category?: string | undefined;
  readonly state?: PriceState | undefined;
}

const state = sql`
  case
    when coalesce(product.cost, 0) = 0 then 'no_cost'
    when product.price < product.cost * (1 + rule.minimum / 100) then 'below_minimum'
    when product.price < product.cost * (1 + rule.suggested / 100) then 'below_suggested'
    else 'ok'
  end
`;

/** Products with their margins, by name, after the name and id last seen. */
export async function listPrices(
  tx: Executor,
  filter: PriceFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<readonly PriceRow[]> {
  const conditions = [
    sql`product.deletion_status = 'active'`,
    ...(await searchConditions(tx, filter.query)),
    ...(filter.category === undefined ? [] : [sql`product.category = ${filter.category}`]),
    ...(filter.state === undefined ? [] : [sql`${state} = ${filter.state}`]),
    ...(after === null
      ? []
      : [sql`(left(product.name, 100), product.id) > (${after[0] ?? ""}, ${after[1] ?? null}::uuid)`]),
  ];
  const { rows } = await sql<PriceRow>`
    select product.id as "productId", product.sku, product.gtin, product.name, product.category, product.unit,
      product.currency, ${moneyOf(sql`product.cost`)} as cost, ${moneyOf(sql`product.price`)} as price,
      ${decimalOf(sql`round((product.price - product.cost) * 100 / nullif(product.cost, 0), 3)`)} as "marginPercent",
      ${decimalOf(sql`rule.minimum`)} as "minimumPercent", ${decimalOf(sql`rule.suggested`)} as "suggestedPercent",
      ${moneyOf(sql`inventory.round_price(product.cost * (1 + rule.minimum / 100), product.currency, 'up')`)}
        as "minimumPrice",
      ${moneyOf(sql`inventory.price_of(product.cost, rule.suggested, rule.minimum, product.currency)`)}
        as "suggestedPrice",
      ${state} as state,
      (
        select ${utcOf(sql`change.created_at`)}
        from inventory.price_changes as change where change.product_id = product.id order by change.id desc limit 1
      ) as "changedAt"
    from catalog.products as product
    left join inventory.margin_rules as own on own.category = product.category
    cross join lateral (
      select coalesce(own.minimum_percent, other.minimum_percent) as minimum,
        coalesce(own.suggested_percent, other.suggested_percent) as suggested
      from inventory.margin_rules as other where other.category = ''
    ) as rule
    where ${all(conditions)}
    order by left(product.name, 100), product.id
    limit ${limit}
  `.execute(tx);
  return rows;
}
