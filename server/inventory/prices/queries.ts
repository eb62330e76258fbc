import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { decimalOf, moneyOf, utcOf } from "../queries.ts";

export interface PriceChangeRow {
  readonly id: string;
  readonly productId: string;
  readonly costBefore: string | null;
  readonly cost: string;
  readonly priceBefore: string;
  readonly price: string;
  readonly currency: string;
  readonly marginPercent: string;
  readonly createdBy: string;
  readonly createdAt: string;
}

const columns = sql`
  id, product_id as "productId", ${moneyOf(sql`cost_before`)} as "costBefore", ${moneyOf(sql`cost`)} as cost,
  ${moneyOf(sql`price_before`)} as "priceBefore", ${moneyOf(sql`price`)} as price, currency,
  ${decimalOf(sql`margin_percent`)} as "marginPercent", created_by as "createdBy",
  ${utcOf(sql`created_at`)} as "createdAt"
`;

/** Sets cost and price of a product; see `database/routines/inventory/apply_price.sql`. */
export async function applyPrice(
  tx: Executor,
  productId: string,
  cost: string,
  marginPercent: string,
): Promise<PriceChangeRow> {
  const { rows } = await sql<PriceChangeRow>`
    select ${columns} from inventory.apply_price(${productId}::uuid, ${cost}::numeric, ${marginPercent}::numeric)
  `.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("inventory.apply_price gave no row");
  return row;
}

/** Newest first, after the id last seen; of one product, or of all. */
export async function listPriceChanges(
  tx: Executor,
  productId: string | undefined,
  after: string | null,
  limit: number,
): Promise<readonly PriceChangeRow[]> {
  const { rows } = await sql<PriceChangeRow>`
    select ${columns} from inventory.price_changes
    where (${productId ?? null}::uuid is null or product_id = ${productId ?? null}::uuid)
      and (${after}::uuid is null or id < ${after}::uuid)
    order by id desc
    limit ${limit}
  `.execute(tx);
  return rows;
}

export interface PriceSuggestionRow {
  readonly cost: string | null;
  readonly currency: string;
  readonly price: string;
  readonly marginPercent: string | null;
  readonly minimumPercent: string;
  readonly suggestedPercent: string;
  readonly minimumPrice: string | null;
  readonly suggestedPrice: string | null;
  /** What would be set with the margin asked about; null when none was, or there is no cost. */
  readonly preview: {
    readonly price: string;
    readonly marginPercent: string;
    readonly isBelowMinimum: boolean;
  } | null;
}

/** What the product's category suggests for `cost`, or for the cost that it has; and what `marginPercent` would make. */
export async function suggestPrice(
  tx: Executor,
  productId: string,
  cost: string | null,
  marginPercent: string | null,
): Promise<PriceSuggestionRow | null> {
  const { rows } = await sql<PriceSuggestionRow>`
    select ${moneyOf(sql`given.cost`)} as cost, product.currency, ${moneyOf(sql`product.price`)} as price,
      ${decimalOf(sql`round((product.price - given.cost) * 100 / nullif(given.cost, 0), 3)`)} as "marginPercent",
      ${decimalOf(sql`rule.minimum_percent`)} as "minimumPercent",
      ${decimalOf(sql`rule.suggested_percent`)} as "suggestedPercent",
      ${moneyOf(sql`inventory.round_price(given.cost * (1 + rule.minimum_percent / 100), product.currency, 'up')`)}
        as "minimumPrice",
      ${moneyOf(sql`inventory.price_of(
        given.cost, rule.suggested_percent, rule.minimum_percent, product.currency
      )`)} as "suggestedPrice",
      case when preview.price is not null then jsonb_build_object(
        'price', ${moneyOf(sql`preview.price`)},
        'marginPercent', ${decimalOf(sql`round((preview.price - given.cost) * 100 / given.cost, 3)`)},
        'isBelowMinimum', given.margin < rule.minimum_percent
      ) end as preview
    from catalog.products as product
    cross join lateral (
      select coalesce(${cost}::numeric, product.cost) as cost, ${marginPercent}::numeric as margin
    ) as given
    cross join lateral inventory.margin_rule(product.category) as rule
    cross join lateral (
      select case when given.cost > 0 then inventory.price_of(
        given.cost, given.margin, rule.minimum_percent, product.currency
      ) end as price
    ) as preview
    where product.id = ${productId}::uuid and product.deletion_status = 'active'
  `.execute(tx);
  return rows[0] ?? null;
}

export interface MarginRuleRow {
  readonly category: string;
  readonly minimumPercent: string;
  readonly suggestedPercent: string;
  readonly updatedBy: string;
  readonly updatedAt: string;
}

export async function listMarginRules(tx: Executor): Promise<readonly MarginRuleRow[]> {
  const { rows } = await sql<MarginRuleRow>`
    select category, ${decimalOf(sql`minimum_percent`)} as "minimumPercent",
      ${decimalOf(sql`suggested_percent`)} as "suggestedPercent", updated_by as "updatedBy",
      ${utcOf(sql`updated_at`)} as "updatedAt"
    from inventory.margin_rules order by category
  `.execute(tx);
  return rows;
}

export async function setMarginRule(tx: Executor, category: string, minimum: string, suggested: string): Promise<void> {
  await sql`
    select inventory.set_margin_rule(${category}, ${minimum}::numeric, ${suggested}::numeric)
  `.execute(tx);
}

export interface RoundingRuleRow {
  readonly currency: string;
  readonly step: string;
  readonly mode: "nearest" | "up" | "down";
  readonly updatedBy: string;
  readonly updatedAt: string;
}

export async function listRoundingRules(tx: Executor): Promise<readonly RoundingRuleRow[]> {
  const { rows } = await sql<RoundingRuleRow>`
    select currency, ${moneyOf(sql`step`)} as step, mode, updated_by as "updatedBy",
      ${utcOf(sql`updated_at`)} as "updatedAt"
    from inventory.rounding_rules order by currency
  `.execute(tx);
  return rows;
}

export async function setRoundingRule(tx: Executor, currency: string, step: string, mode: string): Promise<void> {
  await sql`select inventory.set_rounding_rule(${currency}, ${step}::numeric, ${mode})`.execute(tx);
}
