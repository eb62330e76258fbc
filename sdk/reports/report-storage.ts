import type { KeyStorage } from "../client/mutation-key.ts";

/** Keeps a list over reloads, as JSON under one name; at most `itemsMax`, the oldest go first. */
export class ReportStorage<Item> {
  readonly #storage: KeyStorage | null;
  readonly #name: string;
  readonly #itemsMax: number;
  #items: readonly Item[];

  constructor(storage: KeyStorage | null, name: string, itemsMax: number, isItem: (value: unknown) => value is Item) {
    this.#storage = storage;
    this.#name = name;
    this.#itemsMax = itemsMax;
    this.#items = itemsIn(storage, name, isItem).slice(-itemsMax);
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  replace(items: readonly Item[]): void {
    this.#items = items.slice(-this.#itemsMax);
    try {
      if (this.#items.length === 0) this.#storage?.removeItem(this.#name);
      else this.#storage?.setItem(this.#name, JSON.stringify(this.#items));
    } catch {
      // Full or forbidden: then they live as long as the page.
    }
  }
}

function itemsIn<Item>(
  storage: KeyStorage | null,
  name: string,
  isItem: (value: unknown) => value is Item,
): readonly Item[] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isItem) : [];
  } catch {
    // Written by another version, or cut off: reports are not worth more than starting anew.
    return [];
  }
}
