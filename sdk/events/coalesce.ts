export interface CoalesceOptions<Item> {
  readonly keyOf: (item: Item) => string;
  /** Called once for everything of one key that came within the window, in the order in which it came. */
  readonly flush: (key: string, items: readonly Item[]) => void;
  /** Quiet for so long, and the window closes. */
  readonly quietMs: number;
  /** However unquiet, it is closed after so long, so that a storm without end is seen too. */
  readonly maxMs: number;
}

/** More than this of one key at once means that only the latest matter; the oldest go. */
const itemsMax = 200;

/** Gathers items by key, so that a storm of them has one effect. */
export class Coalescer<Item> {
  readonly #options: CoalesceOptions<Item>;
  readonly #windows = new Map<string, { items: Item[]; openedAt: number; timer: ReturnType<typeof setTimeout> }>();

  constructor(options: CoalesceOptions<Item>) {
    this.#options = options;
  }

  add(item: Item): void {
    const { keyOf, quietMs, maxMs } = this.#options;
    const key = keyOf(item);
    const open = this.#windows.get(key);
    const openedAt = open?.openedAt ?? Date.now();
    const items = [...(open?.items ?? []), item].slice(-itemsMax);
    clearTimeout(open?.timer);
    const delayMs = Math.max(0, Math.min(quietMs, openedAt + maxMs - Date.now()));
    this.#windows.set(key, { items, openedAt, timer: setTimeout(() => this.#close(key), delayMs) });
  }

  /** Closes every window now. */
  flush(): void {
    for (const key of [...this.#windows.keys()]) this.#close(key);
  }

  /** Forgets what waits. */
  clear(): void {
    for (const { timer } of this.#windows.values()) clearTimeout(timer);
    this.#windows.clear();
  }

  #close(key: string): void {
    const window = this.#windows.get(key);
    if (window === undefined) return;
    clearTimeout(window.timer);
    this.#windows.delete(key);
    this.#options.flush(key, window.items);
  }
}
