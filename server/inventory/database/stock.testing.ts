import { randomUUID } from "node:crypto";
import { TestSql } from "../../testing/test-sql.ts";

export interface Line {
  readonly productId: string;
  readonly locationId: string;
  readonly quantity: string | number;
}

export interface ReservationOutcome {
  readonly outcome: string;
  readonly id: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly supersedes: readonly string[] | null;
  readonly short: readonly ShortLine[] | null;
}

export interface ShortLine {
  readonly productId: string;
  readonly locationId: string;
  readonly requested: string;
  readonly available: string;
}

export interface Level {
  readonly on_hand: number;
  readonly reserved: number;
  readonly position: number;
}

export interface Movement {
  readonly id: string;
  readonly document_id: string;
  readonly type: string;
  readonly delta: string;
  readonly balance_after: string;
  readonly position: string;
  readonly lot: string | null;
  readonly undoes: string | null;
  readonly location_id: string;
}

/** One request of a batch. */
export interface BatchRequest {
  readonly key: string;
  readonly lines: readonly Line[];
  readonly by?: string;
  readonly reference?: string | null;
  readonly seconds?: number | null;
}

/** The way through the inventory's functions as the service role, one method a function, and what tests ask afterwards. */
export class Stock extends TestSql {
  async createProduct(options: { readonly supplierId?: string; readonly category?: string } = {}): Promise<string> {
    return this.value<string>(
      `insert into catalog.products (sku, name, supplier_id, category, currency, cost, price)
       values ($1, 'Yerba', $2, $3, 'ARS', 100, 130) returning id as value`,
      [`sku-${randomUUID()}`, options.supplierId ?? null, options.category ?? null],
    );
  }

  async createLocation(): Promise<string> {
    return this.value<string>("select inventory.create_location($1, 'Depósito') as value", [randomUUID()]);
  }

  /** A product with stock at a location of its own, or at one given. */
  async createStock(onHand: number, given: { readonly locationId?: string; readonly supplierId?: string } = {}) {
    const productId = await this.createProduct(given);
    const locationId = given.locationId ?? (await this.createLocation());
    if (onHand > 0) await this.move("entry", [{ productId, locationId, quantity: onHand }]);
    return { productId, locationId };
  }

  async move(
    type: string,
    lines: readonly (Line & { readonly lot?: string; readonly expiresOn?: string })[],
  ): Promise<string> {
    return this.value<string>("select inventory.record_movement($1, $2, 'test') as value", [
      type,
      JSON.stringify(lines),
    ]);
  }

  async transfer(from: string, to: string, lines: readonly { productId: string; quantity: number }[]): Promise<string> {
    return this.value<string>("select inventory.transfer_stock($1, $2, $3) as value", [
      from,
      to,
      JSON.stringify(lines),
    ]);
  }

  async reserve(
    lines: readonly Line[],
    options: { readonly key?: string; readonly reference?: string; readonly seconds?: number } = {},
  ): Promise<ReservationOutcome> {
    return this.one<ReservationOutcome>("select * from inventory.reserve_stock($1, $2, $3, $4)", [
      options.key ?? randomUUID(),
      JSON.stringify(lines),
      options.reference ?? null,
      options.seconds ?? null,
    ]);
  }

  async reserveBatch(
    requests: readonly BatchRequest[],
    { passesOver = false }: { readonly passesOver?: boolean } = {},
  ): Promise<ReservationOutcome[]> {
    const lines = requests.flatMap((request, index) => request.lines.map((line) => ({ ...line, request: index + 1 })));
    const call = "select * from inventory.reserve_stock_batch($1,$2,$3,$4,$5,$6,$7,$8,$9,null,$10)";
    return this.rows<ReservationOutcome>(call, [
      requests.map(({ by }) => by ?? "shopper"),
      requests.map(() => "sales"),
      requests.map(({ key }) => key),
      requests.map(({ reference }) => reference ?? null),
      requests.map(({ seconds }) => seconds ?? null),
      lines.map(({ request }) => request),
      lines.map(({ productId }) => productId),
      lines.map(({ locationId }) => locationId),
      lines.map(({ quantity }) => quantity),
      passesOver,
    ]);
  }

  /** Keeps a level locked, as a transaction that takes long does, until what it answers is called. */
  async lock({ productId, locationId }: { readonly productId: string; readonly locationId: string }) {
    const client = await this.pool.connect();
    await client.query("begin");
    await client.query(
      "select from inventory.stock_levels where product_id = $1 and location_id = $2 for no key update",
      [productId, locationId],
    );
    return async (): Promise<void> => {
      await client.query("commit");
      client.release();
    };
  }

  async confirm(id: string): Promise<void> {
    await this.rows("select inventory.confirm_reservation($1)", [id]);
  }

  async cancel(id: string): Promise<void> {
    await this.rows("select inventory.cancel_reservation($1)", [id]);
  }

  async extend(id: string, seconds: number): Promise<void> {
    await this.rows("select inventory.extend_reservation($1, $2)", [id, seconds]);
  }

  async count(
    locationId: string,
    lines: readonly { readonly productId: string; readonly counted: number; readonly countedFrom: number }[],
  ): Promise<string> {
    return this.value<string>("select inventory.record_count($1, $2) as value", [locationId, JSON.stringify(lines)]);
  }

  async undo(id: string): Promise<string> {
    return this.value<string>("select inventory.undo_movements($1) as value", [id]);
  }

  async expire(): Promise<number> {
    return this.value<number>("select inventory.expire_reservations() as value");
  }

  /** Lets a reservation's time pass. */
  async makeOverdue(id: string): Promise<void> {
    await this.rows("update inventory.reservations set expires_at = now() - interval '1 second' where id = $1", [id]);
  }

  async level(productId: string, locationId: string): Promise<Level> {
    const [row] = await this.rows<Level>(
      `select on_hand::float8 as on_hand, reserved::float8 as reserved, position::float8 as position
       from inventory.stock_levels where product_id = $1 and location_id = $2`,
      [productId, locationId],
    );
    return row ?? { on_hand: 0, reserved: 0, position: 0 };
  }

  async state(id: string): Promise<string> {
    return this.value<string>("select state as value from inventory.reservations where id = $1", [id]);
  }

  async movements(documentId: string): Promise<Movement[]> {
    return this.rows<Movement>(
      `select movement.*, trim_scale(delta)::text as delta, trim_scale(balance_after)::text as balance_after,
         lot.code as lot
       from inventory.movements as movement left join inventory.lots as lot on lot.id = movement.lot_id
       where document_id = $1 order by movement.product_id, movement.position, movement.id`,
      [documentId],
    );
  }

  /** What the database finds wrong with the books; must be empty at every commit. */
  async discrepancies(): Promise<unknown[]> {
    return this.rows("select * from inventory.find_stock_discrepancies()");
  }

  /** Products of which transfers took or brought more than they brought or took; none, at any moment. */
  async unbalancedTransfers(): Promise<unknown[]> {
    return this.rows(
      `select product_id from inventory.movements where type in ('transfer_in', 'transfer_out')
       group by product_id having sum(delta) <> 0`,
    );
  }
}

/** The short lines that an IV001 names. */
export function shortLines(error: unknown): readonly ShortLine[] {
  if (!(error instanceof Error) || !("detail" in error) || typeof error.detail !== "string") throw error;
  const lines: readonly ShortLine[] = JSON.parse(error.detail);
  return lines;
}

export const code = (error: unknown): string => {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
};
