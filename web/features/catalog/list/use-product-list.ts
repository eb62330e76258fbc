import {
  isProductImagesEvent,
  type KnownProduct,
  knownProduct,
  type Product,
  type ProductFilters,
  productImagesTopic,
} from "@bodega/sdk";
import { productKeys, productsOf, productsQuery, useBodega, useServerEvents } from "@bodega/sdk/react";
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
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
  const { client, queryClient, reports } = useBodega();
  const list = productsQuery(client, filters);
  const query = useInfiniteQuery({
    ...list,
    // Reading a long list anew is a request a page, and events tell what changed.
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
    select: productsOf,
  });
  const products = query.data ?? noProducts;
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
      // The next event asks again.
      takeArrivals().catch((error: unknown) => reports.error(error));
    }, arrivalsPauseMs);
  };
  useServerEvents(productImagesTopic, ({ payload }) => {
    // Looked for only when something happens: a set of thousands of ids for every page that came would cost more.
    if (isProductImagesEvent(payload) && !products.some(({ id }) => id === payload.productId)) arrivalsSoon();
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

/** Takes products out of every list at once, for example because they are being deleted. */
export function withoutProducts(ids: ReadonlySet<string>) {
  return (data: InfiniteData<Page, string | null> | undefined) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.filter(({ answer }) => !ids.has(answer.id)) })),
    };
}

export const allLists = { queryKey: productKeys.lists };
