import { sql } from "kysely";
import type { Executor } from "../server/foundation/database/database.ts";

export interface ReservationRow {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly lines: readonly { readonly productId: string; readonly locationId: string; readonly quantity: number }[];
}

/** Every reservation that was ever kept. */
export async function listReservations(db: Executor): Promise<readonly ReservationRow[]> {
  const { rows } = await sql<ReservationRow>`
    select reservation.id, reservation.key, reservation.state, jsonb_agg(jsonb_build_object(
      'productId', line.product_id, 'locationId', line.location_id, 'quantity', line.quantity
    )) as lines
    from inventory.reservations as reservation
    join inventory.reservation_lines as line on line.reservation_id = reservation.id
    group by reservation.id
  `.execute(db);
  return rows;
}

export interface LevelRow {
  readonly productId: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
}

export async function listLevels(db: Executor): Promise<readonly LevelRow[]> {
  const { rows } = await sql<LevelRow>`
    select product_id as "productId", location_id as "locationId", on_hand::float8 as "onHand",
      reserved::float8 as reserved
    from inventory.stock_levels
  `.execute(db);
  return rows;
}

/** Where levels are not what ledger and active reservations say. */
export async function listStockDiscrepancies(db: Executor): Promise<readonly object[]> {
  const { rows } = await sql<object>`select * from inventory.find_stock_discrepancies()`.execute(db);
  return rows;
}

/** How many movements there are of a product. */
export async function countMovements(db: Executor, productId: string, type: string): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from inventory.movements where product_id = ${productId}::uuid and type = ${type}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

export async function findReservationState(db: Executor, id: string): Promise<string | null> {
  const { rows } = await sql<{ readonly state: string }>`
    select state from inventory.reservations where id = ${id}::uuid
  `.execute(db);
  return rows[0]?.state ?? null;
}

/** Whether its time is over by the database's clock. */
export async function isOverdue(db: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ readonly overdue: boolean }>`
    select expires_at <= clock_timestamp() as overdue from inventory.reservations where id = ${id}::uuid
  `.execute(db);
  return rows[0]?.overdue ?? false;
}

/** Deadlocks that PostgreSQL has broken in this database since it began. */
export async function countDeadlocks(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly deadlocks: number }>`
    select deadlocks::integer as deadlocks from pg_stat_database where datname = current_database()
  `.execute(db);
  return rows[0]?.deadlocks ?? 0;
}
