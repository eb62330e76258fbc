import type { Executor } from "../database/database.ts";
import { problems } from "../problem.ts";
import { type Audience, isFor } from "./audience.ts";
import { eventProblems } from "./errors.ts";
import type { EventRecord } from "./event-record.ts";
import type { EventTail } from "./event-tail.ts";
import { selectEventsFor, selectStreamExtent } from "./queries.ts";

export interface SubscriptionOptions {
  readonly db: Executor;
  readonly tail: EventTail;
  readonly audience: Audience;
  readonly after: number;
  readonly onFinished: () => void;
}

/** How many positions one query looks at while a reader catches up. */
const windowPositions = 500;

/**
 * One reader's way through the stream, with a cursor of its own. Behind the shared tail it reads windows from the
 * database; once in the tail it takes each event from memory. A reader who then takes so long that the tail's oldest
 * events leave before they were read has fallen out, and the iteration throws READER_TOO_SLOW; one whose events are no
 * longer kept, EVENTS_EXPIRED. Otherwise it ends only when `end` is called.
 */
export class Subscription implements AsyncIterable<EventRecord> {
  readonly #options: SubscriptionOptions;
  #cursor: number;
  #isInTail = false;
  #isEnded = false;
  #wake: (() => void) | null = null;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.#cursor = options.after;
  }

  /** Everything for this reader up to here has been handed out: resuming after it misses nothing. */
  get position(): number {
    return this.#cursor;
  }

  /** The tail has grown. */
  wake(): void {
    this.#wake?.();
    this.#wake = null;
  }

  /** Ends the iteration after the event that is being handled. */
  end(): void {
    this.#isEnded = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EventRecord, void, undefined> {
    try {
      while (!this.#isEnded) {
        if (this.#options.tail.reachesBackTo(this.#cursor)) yield* this.#fromTail();
        else if (this.#isInTail) throw eventProblems.READER_TOO_SLOW();
        else yield* this.#fromDatabase();
      }
    } finally {
      this.end();
      this.#options.onFinished();
    }
  }

  /** Hands out one event of the tail, or waits until there is more. */
  async *#fromTail(): AsyncGenerator<EventRecord, void, undefined> {
    this.#isInTail = true;
    const event = this.#options.tail.firstAfter(this.#cursor);
    if (event === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      return;
    }
    this.#cursor = event.position;
    if (isFor(this.#options.audience, event)) yield event;
  }

  async *#fromDatabase(): AsyncGenerator<EventRecord, void, undefined> {
    const { db, tail, audience } = this.#options;
    const window = { after: this.#cursor, upTo: Math.min(tail.position, this.#cursor + windowPositions) };
    const events = await selectEventsFor(db, audience, window);
    // Asked afterwards: what is kept now was kept when the window was read.
    const { firstKept } = await selectStreamExtent(db);
    if (window.after + 1 < firstKept) throw problems.EVENTS_EXPIRED();
    for (const event of events) {
      if (this.#isEnded) return;
      this.#cursor = event.position;
      yield event;
    }
    this.#cursor = window.upTo;
  }
}
