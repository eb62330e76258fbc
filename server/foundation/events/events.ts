import { setTimeout as delay } from "node:timers/promises";
import type { Principal } from "../auth/principal.ts";
import type { Database, Executor } from "../database/database.ts";
import type { Topic } from "../module.ts";
import { problems } from "../problem.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { audienceOf } from "./audience.ts";
import type { EventRecord, NewEvent } from "./event-record.ts";
import { EventTail } from "./event-tail.ts";
import { NotificationListener } from "./notification-listener.ts";
import { publishEvent, selectEventsAfter, selectStreamExtent, sequenceEvents } from "./queries.ts";
import { Subscription } from "./subscription.ts";

export interface EventsOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly metrics?: Metrics;
  /** How many of the latest events the process keeps at hand; a reader who falls out of them is dropped. */
  readonly tailEventsMax?: number;
  readonly subscribersMax?: number;
}

export interface SubscribeOptions {
  readonly topics: readonly Topic[];
  readonly principal: Principal;
  /** The last position that the reader has; null: from now on. */
  readonly after: number | null;
  readonly signal: AbortSignal;
}

/** How many events one round trip numbers or reads. */
const batch = 500;
/** Under a rain of notifications, how long to gather before looking again. */
const gatherMs = 5;
/** A process looks this often without any notification, should one be lost with its connection. */
const fallbackMs = 1_000;
const defaultTailEventsMax = 2_000;
const defaultSubscribersMax = 5_000;

/**
 * What happened, told to whoever follows. Writers publish in their own transaction; each api process numbers what was
 * committed (`platform.sequence_events`), reads the new end of the stream once and fans it out to its readers. No
 * committed event is skipped, and every reader sees the same order, whichever process they are connected to.
 */
export class Events {
  /** The process's LISTEN connection, which other parts may use too. Connected by `start`. */
  readonly notifications: NotificationListener;
  readonly #options: EventsOptions;
  readonly #subscriptions = new Set<Subscription>();
  #tail: EventTail | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isDue = false;
  #pumping: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: EventsOptions) {
    this.#options = options;
    this.notifications = new NotificationListener({ database: options.database, log: options.log });
    this.notifications.on("bodega_events", () => this.#look());
    options.metrics?.gauge("bodega_event_subscribers", "Readers that follow events now.", [], async (gauge) => {
      gauge.set(this.#subscriptions.size);
    });
  }

  /**
   * Adds an event to the outbox in `tx`: it exists if and only if the transaction commits. Answers the event's id. For
   * transactions of the service role; those of users (`actAs`) publish through the functions that they call.
   */
  async publish(tx: Executor, event: NewEvent): Promise<string> {
    return publishEvent(tx, event);
  }

  /** Begins to follow the stream. Throws when PostgreSQL cannot be reached; later losses repair themselves. */
  async start(): Promise<void> {
    const { lastPosition } = await selectStreamExtent(this.#options.database.db);
    this.#tail = new EventTail(lastPosition, this.#options.tailEventsMax ?? defaultTailEventsMax);
    await this.notifications.start();
    this.#timer = setInterval(() => this.#look(), fallbackMs);
    this.#timer.unref();
  }

  /** Ends every subscription and stops following. Publishing goes on working. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const subscription of this.#subscriptions) subscription.end();
    await this.notifications.close();
    await this.#pumping;
  }

  /**
   * Checks that a reader may go on after `after` and answers the position to do so from; null stands for now. Throws
   * EVENTS_EXPIRED when events after it are gone, or when it is not from this stream (a database was restored).
   */
  async positionToResume(after: number | null): Promise<number> {
    const tail = this.#requireTail();
    if (after === null) return tail.position;
    const { firstKept, lastPosition } = await selectStreamExtent(this.#options.database.db);
    if (after + 1 < firstKept || after > lastPosition) throw problems.EVENTS_EXPIRED();
    return after;
  }

  /**
   * Follows `topics` for `principal`: sellers get the events of their own supplier only. Ends when `signal` is aborted
   * or `close` is called. Throws FORBIDDEN for a topic that the role may not follow and SERVICE_UNAVAILABLE before
   * `start` or with too many readers; iterating throws READER_TOO_SLOW or EVENTS_EXPIRED (see `Subscription`).
   */
  subscribe(options: SubscribeOptions): Subscription {
    const audience = audienceOf(options.principal, options.topics);
    const tail = this.#requireTail();
    if (this.#subscriptions.size >= (this.#options.subscribersMax ?? defaultSubscribersMax)) {
      throw problems.SERVICE_UNAVAILABLE("Too many readers follow events here; try again soon.");
    }
    const end = () => subscription.end();
    const subscription = new Subscription({
      db: this.#options.database.db,
      tail,
      audience,
      after: options.after ?? tail.position,
      onFinished: () => {
        options.signal.removeEventListener("abort", end);
        this.#subscriptions.delete(subscription);
      },
    });
    this.#subscriptions.add(subscription);
    options.signal.addEventListener("abort", end, { once: true });
    if (options.signal.aborted) end();
    return subscription;
  }

  #requireTail(): EventTail {
    if (this.#tail === null || this.#isClosed) throw problems.SERVICE_UNAVAILABLE("Events are not followed here.");
    return this.#tail;
  }

  /** There may be something new. While a look is under way, one more follows it, however often this is called. */
  #look(): void {
    this.#isDue = true;
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = null;
    });
  }

  async #pump(): Promise<void> {
    const tail = this.#tail;
    try {
      while (tail !== null && this.#isDue && !this.#isClosed) {
        this.#isDue = false;
        if (await this.#readOn(tail)) this.#isDue = true;
        else await delay(gatherMs);
      }
    } catch (error) {
      // The next notification, reconnection or tick of the timer looks again.
      this.#options.log.warn({ error }, "the end of the event stream cannot be read at the moment");
    }
  }

  /** Numbers and reads one batch; true when there is more at once. */
  async #readOn(tail: EventTail): Promise<boolean> {
    const { db } = this.#options.database;
    const sequenced = await sequenceEvents(db, batch);
    const events: readonly EventRecord[] = await selectEventsAfter(db, tail.position, batch);
    tail.append(events);
    if (events.length > 0) for (const subscription of this.#subscriptions) subscription.wake();
    return sequenced === batch || events.length === batch;
  }
}
