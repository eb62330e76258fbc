import { sql } from "kysely";
import type { Executor } from "../../../foundation/database/database.ts";

const facetsMax = 500;

/**
 * The categories of the products that the caller can see, in order. Steps from one to the next over the index, so that it
 * takes as long for a million products as for a hundred.
 */
export async function listCategories(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly category: string }>`
    with recursive step as (
      (
        select category from catalog.products
        where deletion_status = 'active' and category is not null
        order by category limit 1
      )
      union all
      select (
        select product.category from catalog.products as product
        where product.deletion_status = 'active' and product.category > step.category
        order by product.category limit 1
      )
      from step where step.category is not null
    )
    select category from step where category is not null limit ${facetsMax}
  `.execute(db);
  return rows.map(({ category }) => category);
}

/** The suppliers of those products, in the same way. */
export async function listSupplierIds(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly supplierId: string }>`
    with recursive step as (
      (
        select supplier_id from catalog.products
        where deletion_status = 'active' and supplier_id is not null
        order by supplier_id limit 1
      )
      union all
      select (
        select product.supplier_id from catalog.products as product
        where product.deletion_status = 'active' and product.supplier_id > step.supplier_id
        order by product.supplier_id limit 1
      )
      from step where step.supplier_id is not null
    )
    select supplier_id as "supplierId" from step where supplier_id is not null limit ${facetsMax}
  `.execute(db);
  return rows.map(({ supplierId }) => supplierId);
}
