import type { BodegaClient } from "@bodega/sdk";
import { type CodedProduct, type FindHere, type Lookup, lookUp } from "./find-product.ts";
import { readCode, type ScannedCode } from "./scanned-code.ts";

/** What a scan came to: a product, and what its code says besides. */
export interface ScannedProduct {
  readonly product: CodedProduct;
  /** A decimal: `"1"`, or the weight in the code, or its price divided by the product's. */
  readonly quantity: string;
  readonly lot: string | null;
  /** A day, such as 2026-12-31. */
  readonly expiresOn: string | null;
  /** As it was read. */
  readonly code: string;
}

/** One of the running list, newest first. */
export interface ScanEntry {
  readonly id: number;
  readonly code: ScannedCode;
  readonly atMs: number;
  readonly outcome:
    | { readonly kind: "looking" }
    | { readonly kind: "found"; readonly scanned: ScannedProduct }
    | { readonly kind: "unknown"; readonly linkCode: string }
    | { readonly kind: "no-price"; readonly product: CodedProduct }
    | { readonly kind: "failed"; readonly error: unknown };
}

export interface ScanDeskOptions {
  readonly client: BodegaClient;
  readonly onOutcome: (outcome: "good" | "bad") => void;
  readonly now?: () => number;
}

export interface ScanListener {
  readonly hear: (scanned: ScannedProduct) => void;
  /** What is known without the server; null: ask it. */
  readonly find: FindHere;
}

/** Older ones are of no use to anybody. */
const entriesMax = 100;
/** A product found by a code is the same for this long, so that the tenth of a kind needs no request. */
const knownMs = 60_000;

/**
 * Where scans arrive, whatever read them. Codes are looked up at once and side by side, and handed on in the order in
 * which they were scanned, each once, to whoever listens last: the topmost thing on the screen.
 */
export class ScanDesk {
  readonly #options: ScanDeskOptions;
  #closing = new AbortController();
  readonly #known = new Map<string, { readonly found: Promise<Lookup>; readonly untilMs: number }>();
  #listeners: readonly ScanListener[] = [];
  #below: ((scanned: ScannedProduct) => void) | null = null;
  #entries: readonly ScanEntry[] = [];
  #turn: Promise<void> = Promise.resolve();
  #lastId = 0;
  readonly #watchers = new Set<() => void>();

  constructor(options: ScanDeskOptions) {
    this.#options = options;
  }

  entries = (): readonly ScanEntry[] => this.#entries;

  subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Gets every product that is scanned until the returned function is called, or somebody above listens. */
  listen = (listener: ScanListener): (() => void) => {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  };

  /** Gets what nobody else listens to. */
  listenBelow = (hear: (scanned: ScannedProduct) => void): (() => void) => {
    this.#below = hear;
    return () => {
      this.#below = null;
    };
  };

  /** Answers how to close it: what is under way then goes nowhere. */
  open = (): (() => void) => {
    const closing = new AbortController();
    this.#closing = closing;
    return () => closing.abort(new DOMException("the page is left", "AbortError"));
  };

  /** Takes a code as it was read. */
  take = (raw: string): void => {
    const code = readCode(raw);
    this.#lastId += 1;
    const entry: ScanEntry = { id: this.#lastId, code, atMs: this.#now(), outcome: { kind: "looking" } };
    this.#show([entry, ...this.#entries].slice(0, entriesMax));
    this.#handOn(entry);
  };

  /** Once more, after a failure or after the code has got a product. */
  retry = (entry: ScanEntry): void => {
    this.#known.clear();
    this.#settle(entry.id, { kind: "looking" });
    this.#handOn(entry);
  };

  clear = (): void => this.#show([]);

  #handOn({ id, code }: ScanEntry): void {
    const { lot, expiresOn, text } = code;
    const outcome = this.#lookUp(code).then(
      (found): ScanEntry["outcome"] =>
        found.kind === "found"
          ? { kind: "found", scanned: { product: found.product, quantity: found.quantity, lot, expiresOn, code: text } }
          : found,
      (error: unknown): ScanEntry["outcome"] => ({ kind: "failed", error }),
    );
    const { signal } = this.#closing;
    this.#turn = this.#turn.then(async () => {
      const over = await outcome;
      if (signal.aborted) return;
      this.#settle(id, over);
      this.#options.onOutcome(over.kind === "found" ? "good" : "bad");
      if (over.kind === "found") (this.#listeners.at(-1)?.hear ?? this.#below)?.(over.scanned);
    });
  }

  #lookUp(code: ScannedCode): Promise<Lookup> {
    const here = this.#listeners.at(-1)?.find ?? (() => null);
    // Two cartons of one product may weigh differently, and each code says so itself.
    const name = [code.text, code.weight, code.count].join(" ");
    const known = this.#known.get(name);
    if (known !== undefined && known.untilMs > this.#now()) return known.found;
    const found = lookUp(this.#options.client, code, here, this.#closing.signal);
    if (this.#known.size >= entriesMax) this.#known.clear();
    this.#known.set(name, { found, untilMs: this.#now() + knownMs });
    // What was not found may be there the next time.
    const forget = () => void this.#known.delete(name);
    found.then(({ kind }) => kind !== "found" && forget(), forget);
    return found;
  }

  #settle(id: number, outcome: ScanEntry["outcome"]): void {
    this.#show(this.#entries.map((entry) => (entry.id === id ? { ...entry, outcome } : entry)));
  }

  #show(entries: readonly ScanEntry[]): void {
    this.#entries = entries;
    for (const watcher of this.#watchers) watcher();
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
