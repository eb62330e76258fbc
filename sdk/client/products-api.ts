import type { NewProduct, Product, ProductChange, ProductFilters, ProductPage } from "../model.ts";
import { dataOf, type Http, initOf } from "./call.ts";
import type { CallOptions } from "./client.ts";

/** A product, and the tag that a change of it needs. */
export interface ReadProduct {
  readonly product: Product;
  readonly etag: string;
}

export class ProductsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** A page, newest first, each product with its main photo alone. */
  list(filters: ProductFilters & { readonly cursor?: string } = {}, options?: CallOptions): Promise<ProductPage> {
    return dataOf(this.#http.GET("/v1/products", { params: { query: filters }, ...initOf(options) }));
  }

  async read(id: string, options?: CallOptions): Promise<ReadProduct> {
    const answer = this.#http.GET("/v1/products/{id}", { params: { path: { id } }, ...initOf(options) });
    return { product: await dataOf(answer), etag: (await answer).response.headers.get("etag") ?? "*" };
  }

  create(product: NewProduct, options?: CallOptions): Promise<Product> {
    return dataOf(this.#http.POST("/v1/products", { body: product, ...initOf(options) }));
  }

  /** `etag` of what was read: `PRECONDITION_FAILED` when someone else changed it meanwhile. */
  async change(id: string, change: ProductChange, etag: string, options?: CallOptions): Promise<ReadProduct> {
    const { headers, ...init } = initOf(options);
    const answer = this.#http.PATCH("/v1/products/{id}", {
      params: { path: { id } },
      body: change,
      headers: { ...headers, "if-match": etag },
      ...init,
    });
    return { product: await dataOf(answer), etag: (await answer).response.headers.get("etag") ?? "*" };
  }

  /** Soft: it is purged after a grace time. */
  async remove(id: string, options?: CallOptions): Promise<void> {
    await this.#http.DELETE("/v1/products/{id}", { params: { path: { id } }, ...initOf(options) });
  }
}
