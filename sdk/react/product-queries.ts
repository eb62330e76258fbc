import { type InfiniteData, infiniteQueryOptions, queryOptions, replaceEqualDeep } from "@tanstack/react-query";
import type { BodegaClient } from "../client/client.ts";
import { type KnownProduct, knownProduct, mergeProduct, productOf } from "../images/merge-product.ts";
import type { Product, ProductFilters } from "../model.ts";

type Products = Pick<BodegaClient, "products">;

/** A product in the cache, with the tag that a change of it needs. */
export interface CachedProduct {
  readonly known: KnownProduct;
  readonly etag: string;
}

export interface CachedPage {
  readonly items: readonly KnownProduct[];
  readonly nextCursor: string | null;
}

export type CachedPages = InfiniteData<CachedPage, string | null>;

export const productKeys = {
  all: ["bodega"] as const,
  product: (id: string) => ["bodega", "product", id] as const,
  lists: ["bodega", "products"] as const,
  list: (filters: ProductFilters) => ["bodega", "products", filters] as const,
};

const staleTimeMs = 30_000;

/** One product. However late an answer comes, what is in the cache already is merged with it, never replaced. */
export function productQuery({ products }: Products, id: string) {
  return queryOptions({
    queryKey: productKeys.product(id),
    queryFn: async ({ signal }): Promise<CachedProduct> => {
      const { product, etag } = await products.read(id, { signal });
      return { known: knownProduct(product), etag };
    },
    structuralSharing: (old, answer) =>
      isCachedProduct(old) && isCachedProduct(answer) ? replaceEqualDeep(old, mergeCached(old, answer)) : answer,
    staleTime: staleTimeMs,
    retry: false,
  });
}

/** A list, page by page, each product with its main photo; merged like a single one. */
export function productsQuery({ products }: Products, filters: ProductFilters = {}) {
  return infiniteQueryOptions({
    queryKey: productKeys.list(filters),
    queryFn: async ({ signal, pageParam }): Promise<CachedPage> => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      const { items, nextCursor } = await products.list({ ...filters, ...cursor }, { signal });
      return { items: items.map(knownProduct), nextCursor };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    structuralSharing: (old, answer) =>
      isCachedPages(old) && isCachedPages(answer) ? replaceEqualDeep(old, mergePages(old, answer)) : answer,
    staleTime: staleTimeMs,
    retry: false,
  });
}

const shownPages = new WeakMap<CachedPage, readonly Product[]>();

/** All products of a list that are there so far. */
export const productsOf = (data: CachedPages): readonly Product[] =>
  data.pages.flatMap((page) => {
    const shown = shownPages.get(page) ?? page.items.map(productOf);
    shownPages.set(page, shown);
    return shown;
  });

export function mergeCached(old: CachedProduct, answer: CachedProduct): CachedProduct {
  const known = mergeProduct(old.known, answer.known);
  const isOlder = Date.parse(answer.known.answer.updatedAt) < Date.parse(old.known.answer.updatedAt);
  return { known, etag: isOlder ? old.etag : answer.etag };
}

/**
 * Pages that are the very ones that were there stay: whoever scrolls to the ten-thousandth product pays for the page that
 * came, not for all before it.
 */
export function mergePages(old: CachedPages, answer: CachedPages): CachedPages {
  const kept = new Set(old.pages);
  const changed = answer.pages.filter((page) => !kept.has(page));
  if (changed.length === 0) return answer;
  const wanted = new Set(changed.flatMap((page) => page.items.map((item) => item.answer.id)));
  const known = new Map<string, KnownProduct>();
  for (const page of old.pages) {
    for (const item of page.items) if (wanted.has(item.answer.id)) known.set(item.answer.id, item);
  }
  const pages = answer.pages.map((page) =>
    kept.has(page) ? page : { ...page, items: page.items.map((item) => mergeProduct(known.get(item.answer.id), item)) },
  );
  return { ...answer, pages };
}

/** The product as a list has it. */
export const asListed = ({ answer, arrived }: KnownProduct): KnownProduct => ({
  answer: { ...answer, images: answer.images.slice(0, 1) },
  arrived,
});

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const isCachedProduct = (value: unknown): value is CachedProduct => isObject(value) && "known" in value;

export const isCachedPages = (value: unknown): value is CachedPages => isObject(value) && "pages" in value;
