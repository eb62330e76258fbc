import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Customer } from "./customer.ts";
import type { Operation, Reply } from "./history.ts";
import { forEach, until, upTo } from "./patience.ts";

const answerTimeoutMs = 60_000;
const preparedAtOnce = 8;

export interface Item {
  readonly productId: string;
  readonly locationId: string;
}

export interface Line extends Item {
  readonly quantity: number;
}

const reservationSchema = z.object({
  id: z.uuid(),
  lines: z.array(z.object({ productId: z.uuid(), locationId: z.uuid(), quantity: z.string() })),
});

const insufficientSchema = z.object({
  code: z.literal("INSUFFICIENT_STOCK"),
  errors: z.array(z.object({ requested: z.string(), available: z.string() })),
});

export interface ReserveOptions {
  readonly expiresInSeconds?: number;
  readonly key?: string;
}

/** Asks for stock as a customer's cart does, by addresses of its own, and remembers which lines each operation was of. */
export class Shopper {
  readonly #customer: Customer;
  readonly #addresses: () => string;
  readonly #lines = new Map<number, readonly Line[]>();

  /** `addresses`: where the next request goes; by default, where the customer's do. */
  constructor(customer: Customer, addresses: () => string = () => customer.nextApi()) {
    this.#customer = customer;
    this.#addresses = addresses;
  }

  get history() {
    return this.#customer.history;
  }

  /** The lines of an operation `reserve`. */
  linesOf({ number }: Operation): readonly Line[] {
    return this.#lines.get(number) ?? [];
  }

  /** Products that are there for certain, with `units` of each at a location of their own. */
  async stock(products: number, units: number): Promise<readonly Item[]> {
    const code = randomUUID();
    const location = await this.#certainly("open location", "/v1/locations", { code, name: "Drilled" });
    const locationId = z.object({ id: z.uuid() }).parse(location.body).id;
    const items: Item[] = [];
    await forEach(upTo(products), preparedAtOnce, async () => {
      items.push({ productId: await this.#customer.newProduct(), locationId });
    });
    await this.enter(items.map((item) => ({ ...item, quantity: units })));
    return items;
  }

  /** Stock that has come for certain. */
  async enter(lines: readonly Line[]): Promise<void> {
    await this.#certainly("enter", "/v1/stock/movements", { type: "entry", lines: lines.map(written) });
  }

  async reserve(lines: readonly Line[], options: Omit<ReserveOptions, "key"> = {}): Promise<Operation> {
    const operation = await this.history.perform({
      what: "reserve",
      attempt: (key) => this.sendReserve(lines, { ...options, key }),
    });
    this.#lines.set(operation.number, lines);
    return operation;
  }

  /** One try, for whoever writes the history of it themselves. */
  sendReserve(lines: readonly Line[], { expiresInSeconds, key = randomUUID() }: ReserveOptions = {}): Promise<Reply> {
    return this.send("/v1/reservations", { lines: lines.map(written), expiresInSeconds }, key);
  }

  close(id: string, act: "confirm" | "cancel"): Promise<Operation> {
    return this.history.perform({ what: act, attempt: (key) => this.send(`/v1/reservations/${id}/${act}`, {}, key) });
  }

  async send(path: string, body: object, key: string): Promise<Reply> {
    const answer = await fetch(new URL(path, this.#addresses()), {
      method: "POST",
      headers: {
        authorization: `Bearer ${await this.#customer.token()}`,
        "content-type": "application/json",
        "idempotency-key": key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    return {
      status: answer.status,
      body: JSON.parse(await answer.text()),
      isReplayed: answer.headers.get("idempotency-replayed") === "true",
    };
  }

  /** Repeats one try until it is answered, whatever the answer. */
  async answered(attempt: () => Promise<Reply>): Promise<Reply> {
    return until("a request was answered", answerTimeoutMs, async () => {
      const reply = await attempt();
      return reply.status < 500 ? reply : null;
    });
  }

  async #certainly(what: string, path: string, body: object): Promise<Operation> {
    const begun = await this.history.perform({ what, attempt: (key) => this.send(path, body, key) });
    const operation = await this.history.settle(begun, answerTimeoutMs);
    if (operation.outcome !== "ok") throw new Error(`To ${what} was refused: ${operation.reason}`);
    return operation;
  }
}

const written = (line: Line) => ({ ...line, quantity: String(line.quantity) });

/** Which reservation an operation that is `ok` made; null for any other. */
export function reservationMadeBy(operation: Operation): z.infer<typeof reservationSchema> | null {
  if (operation.what !== "reserve" || operation.outcome !== "ok") return null;
  return reservationSchema.parse(operation.body);
}

/** Whether an answer is a refusal that says how much there is. */
export const isInsufficient = (body: unknown): boolean => insufficientSchema.safeParse(body).success;
