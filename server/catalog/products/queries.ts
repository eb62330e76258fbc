import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { type ImageRow, imageJson } from "../photos/queries.ts";
import type { ImageState, NewProduct, Product, ProductChange } from "../schemas.ts";

/** A product as the database knows it; `version` and `imagesRevision` together make its ETag. */
export interface ProductRow extends Omit<Product, "images"> {
  readonly version: number;
  readonly images: readonly ImageRow[];
}

export interface ProductFilter {
  readonly query?: string | undefined;
  readonly category?: string | undefined;
  readonly supplierId?: string | undefined;
  readonly imageState?: ImageState | "missing" | undefined;
}

/** Microseconds since 1970 as text: a `Date` would round them, and rows be skipped or repeated at page borders. */
export interface ProductCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** Money as people write it: two decimals, more only where there are more. */
const money = (column: ReturnType<typeof sql>) =>
  sql`(case when scale(trim_scale(${column})) <= 2 then round(${column}, 2) else trim_scale(${column}) end)::text`;

const productColumns = sql`jsonb_build_object(
  'id', product.id,
  'supplierId', product.supplier_id,
  'sku', product.sku,
  'gtin', product.gtin,
  'name', product.name,
  'description', product.description,
  'category', product.category,
  'unit', product.unit,
  'price', ${money(sql`product.price`)},
  'cost', ${money(sql`product.cost`)},
  'currency', product.currency,
  'minimumPurchase', trim_scale(product.minimum_purchase)::text,
  'isActive', product.is_active,
  'deletionStatus', product.deletion_status,
  'imagesRevision', product.images_revision,
  'version', product.version,
  'createdAt', product.created_at,
  'updatedAt', product.updated_at
)`;

/**
 * Newest first; with the main photo alone. Asks for `limit` rows as they come, so pass one more to know of a next page.
 * Which products those are, `catalog.search_products` finds; what is read of them is under row security once more.
 */
export async function listProducts(
  db: Executor,
  filter: ProductFilter,
  after: ProductCursor | null,
  limit: number,
): Promise<readonly (ProductRow & { readonly cursor: ProductCursor })[]> {
  const words = (filter.query ?? "").split(/\s+/).filter((word) => word !== "");
  const { rows } = await sql<{
    readonly product: Omit<ProductRow, "images">;
    readonly image: ImageRow | null;
    readonly cursorTime: string;
  }>`
    select ${productColumns} as product, (extract(epoch from product.created_at) * 1000000)::bigint::text as "cursorTime",
      case when image.id is not null then ${imageJson} end as image
    from catalog.search_products(
      ${words}::text[], ${filter.category ?? null}, ${filter.supplierId ?? null}::uuid, ${filter.imageState ?? null},
      timestamptz 'epoch' + ${after?.createdAt ?? null}::bigint * interval '1 microsecond', ${after?.id ?? null}::uuid,
      ${limit}
    ) as found
    join catalog.products as product on product.id = found.product_id
    left join catalog.product_images as image on image.product_id = product.id and image.position = 0
    left join catalog.thumbnail_jobs as job on job.image_id = image.id
    order by product.created_at desc, product.id desc
  `.execute(db);
  return rows.map(({ product, image, cursorTime }) => ({
    ...product,
    images: image === null ? [] : [image],
    cursor: { createdAt: cursorTime, id: product.id },
  }));
}

/** With all its photos in order. Deleted products are found too, until they are purged: `deletionStatus` tells. */
export async function findProduct(db: Executor, productId: string): Promise<ProductRow | null> {
  const { rows } = await sql<{
    readonly product: Omit<ProductRow, "images">;
    readonly images: readonly ImageRow[];
  }>`
    select ${productColumns} as product, (
      select coalesce(jsonb_agg(${imageJson} order by image.position), '[]')
      from catalog.product_images as image
      left join catalog.thumbnail_jobs as job on job.image_id = image.id
      where image.product_id = product.id
    ) as images
    from catalog.products as product
    where product.id = ${productId}::uuid
  `.execute(db);
  const row = rows[0];
  return row === undefined ? null : { ...row.product, images: row.images };
}

export async function findProductIdBySku(db: Executor, sku: string): Promise<string | null> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from catalog.products where sku = ${sku}
  `.execute(db);
  return rows[0]?.id ?? null;
}

/** Takes the product's row for the rest of the transaction and answers its version, or null when there is none. */
export async function lockProduct(
  db: Executor,
  productId: string,
): Promise<{ readonly version: number; readonly imagesRevision: number } | null> {
  const { rows } = await sql<{ readonly version: number; readonly imagesRevision: number }>`
    select version::integer as version, images_revision::integer as "imagesRevision"
    from catalog.products
    where id = ${productId}::uuid and deletion_status = 'active'
    for no key update
  `.execute(db);
  return rows[0] ?? null;
}

export async function insertProduct(db: Executor, product: NewProduct): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    insert into catalog.products (
      supplier_id, sku, gtin, name, description, category, unit, price, cost, currency, minimum_purchase, is_active
    )
    values (
      ${product.supplierId}::uuid, ${product.sku}, ${product.gtin}, ${product.name}, ${product.description},
      ${product.category}, ${product.unit}, ${product.price}::numeric, ${product.cost}::numeric,
      coalesce(${product.currency ?? null}, catalog.shop_currency()), ${product.minimumPurchase}::numeric,
      ${product.isActive}
    )
    returning id
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("an insert returned no row");
  return row.id;
}

/** Where each field of a change goes, and as what. */
const changeColumns = {
  supplierId: sql`supplier_id`,
  sku: sql`sku`,
  gtin: sql`gtin`,
  name: sql`name`,
  description: sql`description`,
  category: sql`category`,
  unit: sql`unit`,
  price: sql`price`,
  cost: sql`cost`,
  currency: sql`currency`,
  minimumPurchase: sql`minimum_purchase`,
  isActive: sql`is_active`,
} as const satisfies Record<keyof ProductChange, unknown>;

/** Sets the fields that `change` names; false when the caller may not, or there is no such product. */
export async function updateProduct(db: Executor, productId: string, change: ProductChange): Promise<boolean> {
  const assignments = Object.entries(changeColumns).flatMap(([field, column]) => {
    const value = change[field as keyof ProductChange];
    return value === undefined ? [] : [sql`${column} = ${value}`];
  });
  if (assignments.length === 0) return true;
  const { rows } = await sql`
    update catalog.products set ${sql.join(assignments)}
    where id = ${productId}::uuid and deletion_status = 'active'
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Marks it to be purged after the grace time; false when there is nothing (more) to delete. */
export async function markProductDeleted(db: Executor, productId: string): Promise<boolean> {
  const { rows } = await sql`
    update catalog.products set deletion_status = 'pending_delete', deleted_at = now()
    where id = ${productId}::uuid and deletion_status = 'active'
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Deletes products marked before `graceDays` ago, photos and all (their objects follow by trigger). How many went. */
export async function purgeDeletedProducts(db: Executor, graceDays: number, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from catalog.products
    where id in (
      select id from catalog.products
      where deletion_status = 'pending_delete' and deleted_at < now() - make_interval(days => ${graceDays})
      order by deleted_at
      limit ${limit}
      for update skip locked
    )
    returning id
  `.execute(db);
  return rows.length;
}

/** Of those SKUs, the ids of the products on sale that the caller can see. */
export async function findActiveProductsBySku(
  db: Executor,
  skus: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly id: string; readonly sku: string }>`
    select id, sku from catalog.products where sku = any(${skus}::text[]) and deletion_status = 'active'
  `.execute(db);
  return new Map(rows.map((row) => [row.sku, row.id]));
}

/**
 * As `findActiveProductsBySku`, of those that the caller may change; their rows are taken for the rest of the
 * transaction, in one order, so that two who take the same ones never wait for each other.
 */
export async function lockActiveProductsBySku(
  db: Executor,
  skus: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly id: string; readonly sku: string }>`
    select id, sku from catalog.products where sku = any(${skus}::text[]) and deletion_status = 'active'
    order by id
    for no key update
  `.execute(db);
  return new Map(rows.map((row) => [row.sku, row.id]));
}

/** Inserts all whose SKU is free, in the order of the SKUs (as above); answers the SKUs inserted. */
export async function insertProducts(db: Executor, products: readonly NewProduct[]): Promise<readonly string[]> {
  if (products.length === 0) return [];
  const { rows } = await sql<{ readonly sku: string }>`
    insert into catalog.products (
      supplier_id, sku, gtin, name, description, category, unit, price, cost, currency, minimum_purchase, is_active
    )
    select "supplierId", sku, gtin, name, description, category, unit, price, cost,
      coalesce(currency, catalog.shop_currency()), "minimumPurchase", "isActive"
    from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as given(
      "supplierId" uuid, sku text, gtin text, name text, description text, category text, unit text, price numeric,
      cost numeric, currency text, "minimumPurchase" numeric, "isActive" boolean
    )
    order by sku collate "C"
    on conflict (sku) do nothing
    returning sku
  `.execute(db);
  return rows.map(({ sku }) => sku);
}

/** Sets what each change names; answers the SKUs of those that the caller may change. */
export async function updateProducts(
  db: Executor,
  changes: readonly { readonly id: string; readonly sku: string; readonly change: ProductChange }[],
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  const set = (field: keyof ProductChange, type: string) =>
    sql`case when given.change ? ${field}
      then (given.change ->> ${field})::${sql.raw(type)} else product.${changeColumns[field]} end`;
  const { rows } = await sql<{ readonly sku: string }>`
    update catalog.products as product set
      supplier_id = ${set("supplierId", "uuid")},
      gtin = ${set("gtin", "text")},
      name = ${set("name", "text")},
      description = ${set("description", "text")},
      category = ${set("category", "text")},
      unit = ${set("unit", "text")},
      price = ${set("price", "numeric")},
      cost = ${set("cost", "numeric")},
      currency = ${set("currency", "text")},
      minimum_purchase = ${set("minimumPurchase", "numeric")},
      is_active = ${set("isActive", "boolean")}
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given(id uuid, sku text, change jsonb)
    where product.id = given.id
    returning product.sku
  `.execute(db);
  return rows.map(({ sku }) => sku);
}
