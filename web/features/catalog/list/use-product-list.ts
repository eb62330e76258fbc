import {
  isProductImagesEvent,
  type KnownProduct,
  knownProduct,
  type Product,
  type ProductFilters,
  productImagesTopic,
  productOf,
} from "@bodega/sdk";
import { productKeys, productsQuery, useBodega, useServerEvents } from "@bodega/sdk/react";
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useUnsettledPhotos } from "./use-unsettled-photos.ts";

interface Page {
  readonly items: readonly KnownProduct[];
  readonly nextCursor: string | null;
}

/** Events of a burst of new products are answered together. */
const arrivalsPauseMs = 400;

/**
 * The products of a view, page after page. Photos change by themselves (the SDK sees to that); products that arrive are
 * put on top by asking for the first page alone, however many pages are there already.
 */
export function useProductList(filters: ProductFilters) {
  const { client, queryClient } = useBodega();
  const list = productsQuery(client, filters);
  const query = useInfiniteQuery({
    ...list,
    // Reading a long list anew is a request a page, and events tell what changed.
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
    select: productsIn,
  });
  const products = query.data ?? noProducts;
  const ids = useMemo(() => new Set(products.map(({ id }) => id)), [products]);
  useUnsettledPhotos(products);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const takeArrivals = async () => {
    const page = await client.products.list(filters);
    queryClient.setQueryData(list.queryKey, (data) => {
      if (data === undefined) return data;
      const known = new Set(data.pages.flatMap(({ items }) => items.map(({ answer }) => answer.id)));
      const arrived = page.items.filter(({ id }) => !known.has(id)).map(knownProduct);
      const [first, ...rest] = data.pages;
      if (first === undefined || arrived.length === 0) return data;
      return { ...data, pages: [{ ...first, items: [...arrived, ...first.items] }, ...rest] };
    });
  };
  const arrivalsSoon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // The transport has reported it; the next event asks again.
      takeArrivals().catch(() => undefined);
    }, arrivalsPauseMs);
  };
  useServerEvents(productImagesTopic, ({ payload }) => {
    if (isProductImagesEvent(payload) && !ids.has(payload.productId)) arrivalsSoon();
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  // What was kept from an earlier visit shows at once, and gains what came since.
  const isKept = query.isFetched;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a visit
  useEffect(() => {
    if (isKept) arrivalsSoon();
  }, []);

  return { ...query, products };
}

const noProducts: readonly Product[] = [];

const productsIn = (data: InfiniteData<Page, string | null>): readonly Product[] =>
  data.pages.flatMap((page) => page.items.map(productOf));

/** Takes products out of every list at once, for example because they are being deleted. */
export function withoutProducts(ids: ReadonlySet<string>) {
  return (data: InfiniteData<Page, string | null> | undefined) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.filter(({ answer }) => !ids.has(answer.id)) })),
    };
}

export const allLists = { queryKey: productKeys.lists };
