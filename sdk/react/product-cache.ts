import type { QueryClient } from "@tanstack/react-query";
import type { BodegaClient } from "../client/client.ts";
import { coalesceByProduct } from "../events/product-images.ts";
import { type KnownProduct, mergeEvent, mergeProduct, needsAnswer } from "../images/merge-product.ts";
import type { ProductImagesEvent } from "../model.ts";
import { asListed, type CachedPages, isCachedPages, productKeys, productQuery } from "./product-queries.ts";
import type { ThumbnailDebug } from "./thumbnail-debug.ts";
import type { ThumbnailQueries } from "./thumbnail-queries.ts";

export interface ProductCacheOptions {
  readonly client: Pick<BodegaClient, "products">;
  readonly queryClient: QueryClient;
  readonly thumbnails: ThumbnailQueries;
  readonly debug: ThumbnailDebug;
  /** Told of answers that did not come; the queries that show the product ask again by themselves. */
  readonly onError: (error: unknown) => void;
}

/** Products that are read again at once; a burst of a hundred new ones must not crowd out what the person does. */
const refreshesAtOnceMax = 4;

/**
 * Brings events into the cache. What an event says itself (thumbnails, a failure) is shown at once, in the one entry of
 * that product and in the lists that have it. What only an answer can show (a new photo) is read, once for a storm of
 * events. Nothing is invalidated that did not change.
 */
export class ProductCache {
  readonly #options: ProductCacheOptions;
  readonly #coalescer = coalesceByProduct((productId, events) => this.#settled(productId, events));
  readonly #waiting = new Set<string>();
  #refreshing = 0;

  constructor(options: ProductCacheOptions) {
    this.#options = options;
  }

  apply(event: ProductImagesEvent): void {
    this.#options.debug.event(event);
    const isUnknown = this.#applyToProduct(event) || this.#applyToLists(event);
    this.#options.thumbnails.apply(event);
    if (isUnknown) this.#coalescer.add(event);
  }

  /** Everything that was read before may be old: what is looked at is read again, the rest when it is next. */
  async everythingMayHaveChanged(): Promise<void> {
    this.#coalescer.clear();
    await this.#options.queryClient.invalidateQueries({ queryKey: productKeys.all });
  }

  /** Puts an answer into the cache, for example that of a change. */
  put(known: KnownProduct, etag?: string): void {
    const { queryClient, client } = this.#options;
    const { queryKey } = productQuery(client, known.answer.id);
    const cached = queryClient.getQueryData(queryKey);
    const newTag = etag ?? cached?.etag;
    if (newTag !== undefined) {
      queryClient.setQueryData(queryKey, { known: mergeProduct(cached?.known, known), etag: newTag });
    }
    this.#changeInLists(known.answer.id, (item) => mergeProduct(item, asListed(known)));
  }

  close(): void {
    this.#coalescer.clear();
    this.#waiting.clear();
  }

  /** True when the cached product does not know what the event is about. */
  #applyToProduct(event: ProductImagesEvent): boolean {
    const { queryClient, client } = this.#options;
    const { queryKey } = productQuery(client, event.productId);
    const cached = queryClient.getQueryData(queryKey);
    if (cached === undefined) return false;
    const known = mergeEvent(cached.known, event);
    const updatedAt = queryClient.getQueryState(queryKey)?.dataUpdatedAt;
    if (known !== cached.known) queryClient.setQueryData(queryKey, { ...cached, known }, { updatedAt });
    return needsAnswer(cached.known, event);
  }

  #applyToLists(event: ProductImagesEvent): boolean {
    let isUnknown = false;
    this.#changeInLists(event.productId, (item) => {
      isUnknown ||= needsAnswer(item, event);
      return mergeEvent(item, event);
    });
    return isUnknown;
  }

  /** Keeps the time at which each list was read: an event makes it no fresher. */
  #changeInLists(productId: string, change: (item: KnownProduct) => KnownProduct): void {
    const { queryClient } = this.#options;
    for (const query of queryClient.getQueryCache().findAll({ queryKey: productKeys.lists })) {
      const { data, dataUpdatedAt } = query.state;
      if (!isCachedPages(data)) continue;
      const changed = changeItem(data, productId, change);
      if (changed !== data) queryClient.setQueryData(query.queryKey, changed, { updatedAt: dataUpdatedAt });
    }
  }

  #settled(productId: string, events: readonly ProductImagesEvent[]): void {
    for (const { phase } of events.slice(1)) this.#options.debug.record("event_coalesced", productId, phase);
    this.#waiting.add(productId);
    this.#pump();
  }

  #pump(): void {
    for (const productId of this.#waiting) {
      if (this.#refreshing >= refreshesAtOnceMax) return;
      this.#waiting.delete(productId);
      this.#refreshing += 1;
      this.#refresh(productId)
        .catch((error: unknown) => this.#options.onError(error))
        .finally(() => {
          this.#refreshing -= 1;
          this.#pump();
        });
    }
  }

  async #refresh(productId: string): Promise<void> {
    const { queryClient, client, debug } = this.#options;
    const query = productQuery(client, productId);
    debug.record("refresh", productId);
    // A request that is under way may have been answered before the event.
    await queryClient.cancelQueries({ queryKey: query.queryKey, exact: true });
    const { known } = await queryClient.fetchQuery({ ...query, staleTime: 0 });
    this.#changeInLists(productId, (item) => mergeProduct(item, asListed(known)));
  }
}

/** The same object when no item changes. */
function changeItem(data: CachedPages, productId: string, change: (item: KnownProduct) => KnownProduct): CachedPages {
  let isChanged = false;
  const pages = data.pages.map((page) => {
    const index = page.items.findIndex((item) => item.answer.id === productId);
    const item = page.items[index];
    if (item === undefined) return page;
    const changed = change(item);
    if (changed === item) return page;
    isChanged = true;
    return { ...page, items: page.items.with(index, changed) };
  });
  return isChanged ? { ...data, pages } : data;
}
