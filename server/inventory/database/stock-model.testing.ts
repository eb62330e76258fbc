import type fc from "fast-check";
import { expect } from "vitest";
import { code, type ReservationOutcome, type Stock } from "./stock.testing.ts";

/** Products and locations of a model are two each, so that everything meets everything. */
export type Which = 0 | 1;
export const both: readonly Which[] = [0, 1];

/** What a command asks for; the same level may come more than once. */
export type Wanted = readonly { readonly product: Which; readonly location: Which; readonly quantity: number }[];

/** The products and locations in the database that the model's stand for. */
export interface Real {
  readonly stock: Stock;
  readonly products: readonly [string, string];
  readonly locations: readonly [string, string];
}

/** Stock at one place: of the one lot that there is, of none, and how many movements made it so. */
interface ModelLevel {
  readonly lot: number;
  readonly loose: number;
  readonly position: number;
}

interface ModelHold {
  readonly lines: ReadonlyMap<string, number>;
  readonly reference: string | null;
  state: "active" | "confirmed" | "cancelled" | "expired";
  isOverdue: boolean;
  expiresAt: Date;
}

interface ModelMovement {
  readonly level: string;
  readonly isOfLot: boolean;
  readonly delta: number;
}

interface ModelDocument {
  readonly movements: readonly ModelMovement[];
  isFinal: boolean;
}

export const levelOf = ({ product, location }: { readonly product: Which; readonly location: Which }): string =>
  `${product} ${location}`;

/** What stock is, said in the simplest way: levels, holds, documents, and what was answered under which key. */
export class Model {
  readonly holds = new Map<string, ModelHold>();
  readonly documents = new Map<string, ModelDocument>();
  readonly answers = new Map<string, { readonly asked: string; readonly outcome: ReservationOutcome }>();
  readonly #levels = new Map<string, ModelLevel>();

  level(name: string): ModelLevel {
    return this.#levels.get(name) ?? { lot: 0, loose: 0, position: 0 };
  }

  onHand(name: string): number {
    const { lot, loose } = this.level(name);
    return lot + loose;
  }

  reserved(name: string): number {
    return this.#sum(
      [...this.holds.values()].filter(({ state }) => state === "active").map(({ lines }) => lines.get(name)),
    );
  }

  free(name: string): number {
    return this.onHand(name) - this.reserved(name);
  }

  isShort(wanted: ReadonlyMap<string, number>): boolean {
    return [...wanted].some(([name, quantity]) => this.free(name) < quantity);
  }

  /** How an outflow is taken: from the lot first, the rest from what is of none. */
  outflow(name: string, quantity: number): readonly ModelMovement[] {
    const ofLot = Math.min(quantity, this.level(name).lot);
    return [
      { level: name, isOfLot: true, delta: -ofLot },
      { level: name, isOfLot: false, delta: ofLot - quantity },
    ].filter(({ delta }) => delta !== 0);
  }

  move(movements: readonly ModelMovement[]): void {
    for (const { level: name, isOfLot, delta } of movements) {
      const { lot, loose, position } = this.level(name);
      this.#levels.set(name, {
        lot: lot + (isOfLot ? delta : 0),
        loose: loose + (isOfLot ? 0 : delta),
        position: position + 1,
      });
    }
  }

  /** Books what was moved already, so that it can be undone. */
  book(id: string, movements: readonly ModelMovement[], { isFinal = false } = {}): void {
    if (movements.length > 0) this.documents.set(id, { movements, isFinal });
  }

  /** One of them, whatever number was drawn. */
  pick<T>(from: ReadonlyMap<string, T>, drawn: number): readonly [string, T] | null {
    const entries = [...from];
    return entries[drawn % Math.max(1, entries.length)] ?? null;
  }

  #sum(quantities: readonly (number | undefined)[]): number {
    return quantities.reduce<number>((sum, quantity) => sum + (quantity ?? 0), 0);
  }
}

export type StockCommand = fc.AsyncCommand<Model, Real>;

export function summed(wanted: Wanted): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const line of wanted) sums.set(levelOf(line), (sums.get(levelOf(line)) ?? 0) + line.quantity);
  return sums;
}

export const linesOf = (real: Real, wanted: Wanted) =>
  wanted.map(({ product, location, quantity }) => ({
    productId: real.products[product],
    locationId: real.locations[location],
    quantity,
  }));

/** "done", or the SQLSTATE of the refusal. */
export const resultOf = async (work: Promise<unknown>): Promise<string> => work.then(() => "done", code);

/** Two new products at two new locations; what was left overdue before is none of theirs. */
export async function newReal(stock: Stock): Promise<Real> {
  while ((await stock.expire()) > 0);
  return {
    stock,
    products: [await stock.createProduct(), await stock.createProduct()],
    locations: [await stock.createLocation(), await stock.createLocation()],
  };
}

/** The books of the database are the model's: after each command, so at every commit. */
export async function expectAgreement(model: Model, { stock, products, locations }: Real): Promise<void> {
  const rows = await stock.rows<{ product_id: string; location_id: string; lot: number }>(
    `select level.product_id, level.location_id, level.on_hand::float8 as on_hand, level.reserved::float8 as reserved,
       level.position::float8 as position,
       coalesce((select sum(on_hand) from inventory.lots as lot
         where lot.product_id = level.product_id and lot.location_id = level.location_id), 0)::float8 as lot
     from inventory.stock_levels as level where level.product_id = any ($1)`,
    [products],
  );
  for (const product of both) {
    for (const location of both) {
      const name = levelOf({ product, location });
      const found = rows.find((row) => row.product_id === products[product] && row.location_id === locations[location]);
      expect(found ?? { on_hand: 0, reserved: 0, position: 0, lot: 0 }, name).toMatchObject({
        on_hand: model.onHand(name),
        reserved: model.reserved(name),
        position: model.level(name).position,
        lot: model.level(name).lot,
      });
    }
  }
  expect(await stock.discrepancies()).toEqual([]);
}
