import type { ProductImagesEvent } from "../model.ts";

/** What happens to thumbnails in this client, as it is counted. */
export type ThumbnailDebugKind =
  | "event"
  | "event_coalesced"
  | "transient_fetch"
  | "cache_promote"
  | "refresh"
  | "repair_asked"
  | "repair_refused"
  | "image_shown"
  | "image_error";

export interface ThumbnailDebugEntry {
  readonly at: number;
  readonly kind: ThumbnailDebugKind;
  readonly productId: string | null;
  /** A phase, a reason or an outcome. */
  readonly note: string | null;
}

export interface ThumbnailDebugInfo {
  /** The latest, newest last. */
  readonly recent: readonly ThumbnailDebugEntry[];
  readonly counts: Readonly<Record<ThumbnailDebugKind, number>>;
  /** Promotions per transient fetch: near 1 when each thumbnail was asked for once; null before the first. */
  readonly cacheEfficiency: number | null;
  /** Shown pictures per picture that was shown or could not be; null before the first. */
  readonly imageSuccess: number | null;
  /** From `base_insert` to `thumbnails_ready`, as this client saw them; null before the first. */
  readonly timeToReadyP50Ms: number | null;
  readonly timeToReadyP95Ms: number | null;
}

const entriesMax = 200;
const durationsMax = 500;
const insertsMax = 1_000;

const noCounts: ThumbnailDebugInfo["counts"] = {
  event: 0,
  event_coalesced: 0,
  transient_fetch: 0,
  cache_promote: 0,
  refresh: 0,
  repair_asked: 0,
  repair_refused: 0,
  image_shown: 0,
  image_error: 0,
};

/** Remembers the latest happenings and the sums of all, in bounded memory. */
export class ThumbnailDebug {
  readonly #listeners = new Set<() => void>();
  readonly #insertedAt = new Map<string, number>();
  readonly #onEntry: (entry: ThumbnailDebugEntry) => void;
  /** A ring: hundreds of pictures pass by while somebody scrolls. */
  readonly #ring: ThumbnailDebugEntry[] = [];
  #next = 0;
  readonly #counts: Record<ThumbnailDebugKind, number> = { ...noCounts };
  #durationsMs: readonly number[] = [];
  #info: ThumbnailDebugInfo | null = null;

  /** `onEntry` is told of each, for example to report metrics. */
  constructor(onEntry: (entry: ThumbnailDebugEntry) => void = () => undefined) {
    this.#onEntry = onEntry;
  }

  record(kind: ThumbnailDebugKind, productId: string | null = null, note: string | null = null): void {
    const entry = { at: Date.now(), kind, productId, note };
    this.#ring[this.#next] = entry;
    this.#next = (this.#next + 1) % entriesMax;
    this.#counts[kind] += 1;
    this.#changed();
    this.#onEntry(entry);
  }

  event(event: ProductImagesEvent): void {
    const at = Date.parse(event.at);
    if (event.phase === "base_insert") {
      if (this.#insertedAt.size >= insertsMax) this.#insertedAt.clear();
      this.#insertedAt.set(event.imageId, at);
    }
    const insertedAt = this.#insertedAt.get(event.imageId);
    if (event.phase === "thumbnails_ready" && insertedAt !== undefined) {
      this.#insertedAt.delete(event.imageId);
      this.#durationsMs = [...this.#durationsMs, Math.max(0, at - insertedAt)].slice(-durationsMax);
    }
    this.record("event", event.productId, event.phase);
  }

  /** The same object until something happens. */
  info = (): ThumbnailDebugInfo => {
    this.#info ??= {
      recent: [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)],
      counts: { ...this.#counts },
      cacheEfficiency: ratio(this.#counts.cache_promote, this.#counts.transient_fetch),
      imageSuccess: ratio(this.#counts.image_shown, this.#counts.image_shown + this.#counts.image_error),
      timeToReadyP50Ms: percentile(this.#durationsMs, 0.5),
      timeToReadyP95Ms: percentile(this.#durationsMs, 0.95),
    };
    return this.#info;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    this.#info = null;
    for (const listener of this.#listeners) listener();
  }
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Nearest rank; null of nothing. */
function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
