import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { productOf } from "../images/merge-product.ts";
import type { Product, ProductFilters, ProductImage } from "../model.ts";
import { productQuery, productsOf, productsQuery } from "./product-queries.ts";
import { useBodega } from "./provider.tsx";

export interface QueryOptions {
  /** False: nothing is asked for yet, for example until the product is near the viewport. */
  readonly enabled?: boolean;
}

/** A product and its photos, which change before one's eyes; the ETag for a change is in `etag`. */
export function useProduct(id: string, { enabled = true }: QueryOptions = {}) {
  const { client } = useBodega();
  const { data, ...query } = useQuery({ ...productQuery(client, id), enabled });
  const product: Product | undefined = data && productOf(data.known);
  return { ...query, product, etag: data?.etag };
}

/** All pages of a list so far, in one array; `fetchNextPage` brings more. */
export function useProducts(filters: ProductFilters = {}, { enabled = true }: QueryOptions = {}) {
  const { client } = useBodega();
  const { data, ...query } = useInfiniteQuery({ ...productsQuery(client, filters), enabled, select: productsOf });
  const products: readonly Product[] = data ?? noProducts;
  return { ...query, products };
}

const noProducts: readonly Product[] = [];

/** The photos of a product in order; renders only when they change. */
export function useProductImages(productId: string, { enabled = true }: QueryOptions = {}) {
  const { client } = useBodega();
  const { data, ...query } = useQuery({
    ...productQuery(client, productId),
    enabled,
    select: (cached) => productOf(cached.known).images,
  });
  const images: readonly ProductImage[] = data ?? noImages;
  return { ...query, images };
}

const noImages: readonly ProductImage[] = [];
