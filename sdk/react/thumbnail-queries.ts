import { type QueryClient, queryOptions, replaceEqualDeep } from "@tanstack/react-query";
import type { BodegaClient } from "../client/client.ts";
import {
  type KnownProduct,
  knownProduct,
  mergeEvent,
  mergeProduct,
  needsAnswer,
  productOf,
} from "../images/merge-product.ts";
import { isFinalPhase, lifetimeOf, phaseOf, type ThumbnailQueryPhase } from "../images/thumbnail-phase.ts";
import type { ProductImagesEvent } from "../model.ts";
import type { ThumbnailDebug } from "./thumbnail-debug.ts";

export interface ThumbnailQueriesOptions {
  readonly client: Pick<BodegaClient, "products">;
  readonly queryClient: QueryClient;
  readonly debug: ThumbnailDebug;
}

/** Products whose phase is remembered; beyond it the oldest are forgotten, and asked for anew when they are shown. */
const phasesMax = 5_000;

/**
 * The thumbnail of one product at a time, as requirement 02 (§15.5) has it: while it is being made, what is read lives
 * under a key of its phase (`["bodega", "thumbnail", id, phase]`), for moments; once it is final it is promoted to the
 * one stable key (`["bodega", "thumbnail", id]`), the transient ones go, and the stable one is not invalidated for it.
 */
export class ThumbnailQueries {
  readonly #options: ThumbnailQueriesOptions;
  readonly #phases = new Map<string, ThumbnailQueryPhase>();
  readonly #listeners = new Set<() => void>();

  constructor(options: ThumbnailQueriesOptions) {
    this.#options = options;
  }

  /** The phase whose key is to be looked at now. */
  phase = (productId: string): ThumbnailQueryPhase => {
    const known = this.#phases.get(productId);
    if (known !== undefined) return known;
    const stable = this.#options.queryClient.getQueryData(this.#stable(productId).queryKey);
    return stable === undefined ? "base_insert" : phaseOfKnown(stable);
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The query of a product in a phase, with the lifetimes of that phase. */
  query(productId: string, phase: ThumbnailQueryPhase) {
    const { staleTimeMs, keptMs, refetchEveryMs } = lifetimeOf(phase);
    return queryOptions({
      queryKey: isFinalPhase(phase) ? keyOf(productId) : [...keyOf(productId), phase],
      queryFn: ({ signal }) => this.#read(productId, phase, signal),
      structuralSharing: (old, answer) =>
        isKnown(old) && isKnown(answer) ? replaceEqualDeep(old, mergeProduct(old, answer)) : answer,
      staleTime: staleTimeMs,
      gcTime: keptMs,
      refetchInterval: refetchEveryMs,
      retry: false,
    });
  }

  /** What is known of the product's thumbnail under any of its keys, whatever the phase. */
  known(productId: string): KnownProduct | undefined {
    const queries = this.#options.queryClient.getQueryCache().findAll({ queryKey: keyOf(productId) });
    return queries
      .map(({ state }) => state.data)
      .filter(isKnown)
      .reduce<KnownProduct | undefined>((all, known) => mergeProduct(all, known), undefined);
  }

  apply(event: ProductImagesEvent): void {
    const { productId } = event;
    const known = this.known(productId);
    if (known === undefined) return;
    const merged = mergeEvent(known, event);
    // A photo that is not the main one's, or one that is not known yet.
    if (needsAnswer(known, event)) this.#enter(productId, event.phase === "repair" ? "repair" : "base_insert");
    else if (merged !== known) this.#settle(productId, merged);
  }

  /** Removes transient keys that nobody looks at any more. */
  forgetTransient(productId: string): void {
    this.#options.queryClient.removeQueries({
      queryKey: keyOf(productId),
      predicate: (query) => query.queryKey.length > keyOf(productId).length && !query.isActive(),
    });
  }

  async #read(productId: string, phase: ThumbnailQueryPhase, signal: AbortSignal): Promise<KnownProduct> {
    const { client, debug } = this.#options;
    const isTransient = !isFinalPhase(phase);
    if (isTransient) debug.record("transient_fetch", productId, phase);
    const { product } = await client.products.read(productId, { signal });
    const known = mergeProduct(this.known(productId), knownProduct(product));
    this.#settle(productId, known);
    return known;
  }

  /** Where the product is now: promoted when that is final, else under the key of its phase. */
  #settle(productId: string, known: KnownProduct): void {
    const { queryClient, debug } = this.#options;
    const phase = phaseOfKnown(known);
    const before = this.#phases.get(productId);
    const query = this.query(productId, phase);
    queryClient.setQueryData(query.queryKey, known);
    if (isFinalPhase(phase) && (before === undefined || !isFinalPhase(before))) {
      debug.record("cache_promote", productId, phase);
    }
    this.#enter(productId, phase);
    if (isFinalPhase(phase)) this.forgetTransient(productId);
  }

  #enter(productId: string, phase: ThumbnailQueryPhase): void {
    if (this.#phases.get(productId) === phase) return;
    if (this.#phases.size >= phasesMax) {
      const [oldest] = this.#phases.keys();
      if (oldest !== undefined) this.#phases.delete(oldest);
    }
    this.#phases.set(productId, phase);
    for (const listener of this.#listeners) listener();
  }

  #stable(productId: string) {
    return this.query(productId, "thumbnails_ready");
  }
}

const keyOf = (productId: string) => ["bodega", "thumbnail", productId];

const phaseOfKnown = (known: KnownProduct): ThumbnailQueryPhase => phaseOf(productOf(known).images[0]);

const isKnown = (value: unknown): value is KnownProduct =>
  typeof value === "object" && value !== null && "answer" in value;
