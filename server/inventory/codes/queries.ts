import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { decimalOf, moneyOf, utcOf } from "../queries.ts";

export interface ScannedProduct {
  readonly id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly name: string;
  readonly unit: string;
  readonly category: string | null;
  readonly price: string;
  readonly cost: string | null;
  readonly currency: string;
}

/** What a code that was looked for is of the product that was found. */
export type CodeKind = "gtin" | "sku" | "linked";

export interface FoundByCode {
  readonly kind: CodeKind;
  /** Which of the codes it was. */
  readonly code: string;
  /** How much one scan stands for. */
  readonly quantity: string;
  readonly product: ScannedProduct;
}

/**
 * The product that one of `codes` stands for, exactly: by its GTIN, else its SKU, else a code that was linked to it, else
 * its SKU in capitals or small letters that are not the code's; among several the earlier code. Null when there is none,
 * or it is not on sale any more.
 */
export async function findProductByCode(tx: Executor, codes: readonly string[]): Promise<FoundByCode | null> {
  const { rows } = await sql<FoundByCode>`
    select found.kind, found.code, ${decimalOf(sql`found.quantity`)} as quantity, jsonb_build_object(
      'id', product.id, 'sku', product.sku, 'gtin', product.gtin, 'name', product.name, 'unit', product.unit,
      'category', product.category, 'price', ${moneyOf(sql`product.price`)}, 'cost', ${moneyOf(sql`product.cost`)},
      'currency', product.currency
    ) as product
    from (
      select 'gtin' as kind, 1 as rank, gtin as code, 1::numeric as quantity, id
      from catalog.products where gtin = any(${codes}::text[])
      union all
      select 'sku', case when is_same then 2 else 4 end, code, 1, product_id
      from inventory.find_products_by_sku(${codes}::text[])
      union all
      select 'linked', 3, code, quantity, product_id from inventory.product_codes where code = any(${codes}::text[])
    ) as found
    join catalog.products as product on product.id = found.id
    where product.deletion_status = 'active'
    order by found.rank, array_position(${codes}::text[], found.code), product.is_active desc, product.id
    limit 1
  `.execute(tx);
  return rows[0] ?? null;
}

export interface ProductCodeRow {
  readonly code: string;
  readonly quantity: string;
  readonly createdBy: string;
  readonly createdAt: string;
}

/** The codes linked to a product. */
export async function listProductCodes(tx: Executor, productId: string): Promise<readonly ProductCodeRow[]> {
  const { rows } = await sql<ProductCodeRow>`
    select code, ${decimalOf(sql`quantity`)} as quantity, created_by as "createdBy",
      ${utcOf(sql`created_at`)} as "createdAt"
    from inventory.product_codes where product_id = ${productId}::uuid order by code
  `.execute(tx);
  return rows;
}

export async function linkProductCode(tx: Executor, productId: string, code: string, quantity: string): Promise<void> {
  await sql`select inventory.link_product_code(${productId}::uuid, ${code}, ${quantity}::numeric)`.execute(tx);
}

export async function unlinkProductCode(tx: Executor, productId: string, code: string): Promise<void> {
  await sql`select inventory.unlink_product_code(${productId}::uuid, ${code})`.execute(tx);
}
