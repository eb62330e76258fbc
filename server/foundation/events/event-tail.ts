import type { EventRecord } from "./event-record.ts";

/**
 * The latest events that this process has read, shared by all its readers: each goes through it at their own pace, so
 * nobody needs a buffer of their own. Holds a bounded number of events; what leaves it is still in the database.
 */
export class EventTail {
  readonly #eventsMax: number;
  #events: readonly EventRecord[] = [];
  #floor: number;
  #position: number;

  constructor(position: number, eventsMax: number) {
    this.#position = position;
    this.#floor = position;
    this.#eventsMax = eventsMax;
  }

  /** Up to where the process has read. */
  get position(): number {
    return this.#position;
  }

  /** Whether everything after `position` is here, as far as the process has read. */
  reachesBackTo(position: number): boolean {
    return position >= this.#floor;
  }

  /** Adds events in the order of their positions, all of them after `position`. */
  append(events: readonly EventRecord[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    const all = [...this.#events, ...events];
    const excess = Math.max(0, all.length - this.#eventsMax);
    this.#floor = all[excess - 1]?.position ?? this.#floor;
    this.#events = all.slice(excess);
    this.#position = last.position;
  }

  /** The first event after `position`, or null when there is none yet. */
  firstAfter(position: number): EventRecord | null {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.position ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return this.#events[low] ?? null;
  }
}
