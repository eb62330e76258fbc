import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";

export type DemoLanguage = "es" | "en";
export type DemoState = "seeding" | "ready" | "declined" | "removed";

export interface DemoShop {
  readonly state: DemoState;
  readonly language: DemoLanguage;
}

export async function findDemoShop(db: Executor): Promise<DemoShop | null> {
  const { rows } = await sql<DemoShop>`select state, language from catalog.demo_shop`.execute(db);
  return rows[0] ?? null;
}

/**
 * Decides once and for all: `seeding` where it is wanted and no product was ever made, else `declined`. Answers what was
 * decided just now, or null when it had been before, here or by another process.
 */
export async function decideDemoShop(
  db: Executor,
  isWanted: boolean,
  language: DemoLanguage,
): Promise<DemoState | null> {
  const { rows } = await sql<{ readonly state: DemoState }>`
    insert into catalog.demo_shop (state, language)
    select
      case when ${isWanted} and not exists (select from catalog.products) then 'seeding' else 'declined' end,
      ${language}
    on conflict (is_only) do nothing
    returning state
  `.execute(db);
  return rows[0]?.state ?? null;
}

/** Takes the shop's row for the rest of the transaction, so that making a product and removing the shop take turns. */
export async function lockDemoShop(db: Executor): Promise<DemoShop | null> {
  const { rows } = await sql<DemoShop>`select state, language from catalog.demo_shop for no key update`.execute(db);
  return rows[0] ?? null;
}

/** The shop is whole: false while a photo is still being drawn, or when it was removed. */
export async function finishDemoShop(db: Executor): Promise<boolean> {
  const { rows } = await sql`
    update catalog.demo_shop set state = 'ready', updated_at = now()
    where state = 'seeding' and not exists (select from catalog.demo_products where not has_photo)
    returning state
  `.execute(db);
  return rows.length > 0;
}

/** From now on no product is made for it. Waits for the one that is being made. */
export async function closeDemoShop(db: Executor): Promise<void> {
  await sql`
    update catalog.demo_shop set state = 'removed', updated_at = now() where state in ('seeding', 'ready')
  `.execute(db);
}

export async function findDemoProduct(db: Executor, slug: string): Promise<string | null> {
  const { rows } = await sql<{ readonly productId: string }>`
    select product_id as "productId" from catalog.demo_products where slug = ${slug}
  `.execute(db);
  return rows[0]?.productId ?? null;
}

export async function insertDemoProduct(db: Executor, slug: string, productId: string): Promise<void> {
  await sql`insert into catalog.demo_products (slug, product_id) values (${slug}, ${productId}::uuid)`.execute(db);
}

/** Lets one caller at a time draw a product's photo; false: it has one, or somebody is at it. */
export async function holdDemoPhoto(db: Executor, slug: string, forMs: number): Promise<boolean> {
  const { rows } = await sql`
    update catalog.demo_products set held_until = now() + ${forMs} * interval '1 millisecond'
    where slug = ${slug} and not has_photo and held_until < now()
    returning slug
  `.execute(db);
  return rows.length > 0;
}

export async function markDemoPhoto(db: Executor, slug: string): Promise<void> {
  await sql`update catalog.demo_products set has_photo = true where slug = ${slug}`.execute(db);
}

/** Those that are still in the catalogue. */
export async function countDemoProducts(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count
    from catalog.demo_products as demo join catalog.products as product on product.id = demo.product_id
    where product.deletion_status = 'active'
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Takes all of them off the catalogue, the changed ones too, as if each had been deleted; how many. */
export async function deleteDemoProducts(db: Executor): Promise<number> {
  const { rows } = await sql`
    update catalog.products set deletion_status = 'pending_delete', deleted_at = now()
    where id in (select product_id from catalog.demo_products) and deletion_status = 'active'
    returning id
  `.execute(db);
  return rows.length;
}
