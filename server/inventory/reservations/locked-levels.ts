/** A product at a location, whose row of stock is what reservations wait for. */
export interface StockLevel {
  readonly productId: string;
  readonly locationId: string;
}

/** How long a level that was found locked is left alone before someone looks again. */
const pauseMs = 50;
/** Nobody wants it any more. */
const forgottenAfterMs = 1_000;

/**
 * The stock levels that somebody else had locked when they were last asked for. Who wants one waits outside of the
 * database, so that nobody who wants another has to wait for it too. One at a time looks whether a level is free again:
 * who came first.
 */
export class LockedLevels {
  /** When each may be looked at again. */
  readonly #dueAt = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#dueAt.size === 0;
  }

  /** Whether any of these is among them. */
  covers(levels: readonly StockLevel[]): boolean {
    return !this.isEmpty && levels.some((level) => this.#dueAt.has(keyOf(level)));
  }

  add(levels: readonly StockLevel[]): void {
    const dueAt = performance.now() + pauseMs;
    for (const level of levels) this.#dueAt.set(keyOf(level), dueAt);
  }

  remove(levels: readonly StockLevel[]): void {
    if (this.isEmpty) return;
    for (const level of levels) this.#dueAt.delete(keyOf(level));
  }

  /** Whether who wants these is the one to look now; then nobody else is, for another pause. */
  admits(levels: readonly StockLevel[]): boolean {
    const known = levels.filter((level) => this.#dueAt.has(keyOf(level)));
    const now = performance.now();
    if (known.length === 0 || known.some((level) => (this.#dueAt.get(keyOf(level)) ?? 0) > now)) return false;
    this.add(known);
    return true;
  }

  /** Drops those that nobody has looked at for long, since nobody wants them. */
  forget(): void {
    const since = performance.now() - forgottenAfterMs;
    for (const [key, dueAt] of this.#dueAt) if (dueAt < since) this.#dueAt.delete(key);
  }

  /** Resolves when the next of them may be looked at. */
  async due(): Promise<void> {
    const next = Math.min(...this.#dueAt.values());
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, next - performance.now())));
  }
}

const keyOf = ({ productId, locationId }: StockLevel): string => `${productId} ${locationId}`;
