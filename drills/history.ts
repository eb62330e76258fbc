import { randomUUID } from "node:crypto";
import { forEach, until } from "./patience.ts";

/**
 * `ok`: answered 2xx, so the effect must be there. `failed`: refused, or never arrived, so it must not. `unknown`: sent,
 * and no answer that says which; only repeating the same key can tell.
 */
export type Outcome = "ok" | "failed" | "unknown";

/** What the shop said. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly isReplayed: boolean;
}

export interface Operation {
  /** In the order in which they began. */
  readonly number: number;
  readonly what: string;
  /** Its `Idempotency-Key`, the same in every try. */
  readonly key: string;
  readonly productId: string | null;
  /** Of the photo that it brings; null when it brings none. */
  readonly sha256: string | null;
  readonly outcome: Outcome;
  readonly tries: number;
  /** Of the last answer; null without one. */
  readonly status: number | null;
  /** Of the answer when it is `ok`. */
  readonly body: unknown;
  /** Why it is not `ok`. */
  readonly reason: string | null;
}

export interface Plan {
  readonly what: string;
  readonly productId?: string;
  readonly sha256?: string;
  /** One try; throws when there is no answer. */
  readonly attempt: (key: string) => Promise<Reply>;
}

/** A request that the drill itself ended before it was whole: it can have had no effect. */
export class CutShort extends Error {
  constructor() {
    super("The request was cut before its end.");
    this.name = "CutShort";
  }
}

interface Entry extends Operation {
  outcome: Outcome;
  tries: number;
  status: number | null;
  body: unknown;
  reason: string | null;
  readonly attempt: Plan["attempt"];
}

const resolvedAtOnce = 4;

/** Everything that was asked of the shop, and how each came out: what database and store are judged by. */
export class History {
  readonly #entries: Entry[] = [];

  get operations(): readonly Operation[] {
    return this.#entries;
  }

  /** Tries once and writes down how it came out; never throws. */
  async perform(plan: Plan): Promise<Operation> {
    const entry: Entry = {
      number: this.#entries.length,
      what: plan.what,
      key: randomUUID(),
      productId: plan.productId ?? null,
      sha256: plan.sha256 ?? null,
      outcome: "unknown",
      tries: 0,
      status: null,
      body: null,
      reason: null,
      attempt: plan.attempt,
    };
    this.#entries.push(entry);
    await tryOnce(entry);
    return entry;
  }

  /** Repeats what is unknown, each with its own key, until it is known; answers how many there were. */
  async resolve(limitMs: number): Promise<number> {
    const open = this.#entries.filter(({ outcome }) => outcome === "unknown");
    await forEach(open, resolvedAtOnce, (entry) => this.settle(entry, limitMs));
    return open.length;
  }

  /** Repeats one operation until it is known. */
  async settle(operation: Operation, limitMs: number): Promise<Operation> {
    const entry = this.#entryOf(operation);
    await until(`operation ${entry.number} (${entry.what}) was resolved by its key`, limitMs, async () => {
      if (entry.outcome === "unknown") await tryOnce(entry);
      return entry.outcome !== "unknown";
    });
    return entry;
  }

  /** Says an operation that is `ok` once more, as a caller would whose answer was lost; answers what came. */
  async repeat(operation: Operation): Promise<Reply> {
    const entry = this.#entryOf(operation);
    return entry.attempt(entry.key);
  }

  #entryOf({ number }: Operation): Entry {
    const entry = this.#entries[number];
    if (entry === undefined) throw new Error(`There is no operation ${number}.`);
    return entry;
  }

  /** How many came out how. */
  count(outcome: Outcome, what?: string): number {
    return this.#entries.filter((entry) => entry.outcome === outcome && (what === undefined || entry.what === what))
      .length;
  }
}

async function tryOnce(entry: Entry): Promise<void> {
  entry.tries += 1;
  try {
    const { status, body } = await entry.attempt(entry.key);
    entry.status = status;
    entry.outcome = outcomeOf(status, body);
    entry.body = entry.outcome === "ok" ? body : null;
    entry.reason = entry.outcome === "ok" ? null : `${status} ${codeOf(body) ?? ""}`;
  } catch (error) {
    // A connection that was never made carried nothing; one that broke may have carried all of it.
    entry.outcome = entry.tries === 1 && neverArrived(error) ? "failed" : "unknown";
    entry.reason = describe(error);
  }
}

/** A server error tells nothing of the effect: the commit itself may have been cut off. */
function outcomeOf(status: number, body: unknown): Outcome {
  if (status >= 200 && status < 300) return "ok";
  return status >= 500 || codeOf(body) === "REQUEST_IN_PROGRESS" ? "unknown" : "failed";
}

export function codeOf(body: unknown): string | null {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string"
    ? body.code
    : null;
}

function neverArrived(error: unknown): boolean {
  if (error instanceof CutShort) return true;
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => each instanceof Error && "code" in each && each.code === "ECONNREFUSED");
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
