import type { ImageWithHistory, ProductImage, ThumbnailGeneration } from "../model.ts";
import { dataOf, type Http, initOf } from "./call.ts";
import type { CallOptions } from "./client.ts";

export interface ImageDescription {
  readonly alt?: string;
  /** 0 (left) to 1 (right). */
  readonly focalX?: number;
  /** 0 (top) to 1 (bottom). */
  readonly focalY?: number;
}

/** Photos that are there. New ones go through `UploadQueue`. */
export class ImagesApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  read(id: string, options?: CallOptions): Promise<ImageWithHistory> {
    return dataOf(this.#http.GET("/v1/images/{id}", { params: { path: { id } }, ...initOf(options) }));
  }

  describe(id: string, description: ImageDescription, options?: CallOptions): Promise<ProductImage> {
    return dataOf(
      this.#http.PATCH("/v1/images/{id}", { params: { path: { id } }, body: description, ...initOf(options) }),
    );
  }

  /** `ids` names each photo of the product once; the first is the main one. Answers all in order. */
  async reorder(productId: string, ids: readonly string[], options?: CallOptions): Promise<readonly ProductImage[]> {
    const answer = this.#http.PATCH("/v1/products/{id}/images/order", {
      params: { path: { id: productId } },
      body: { ids: [...ids] },
      ...initOf(options),
    });
    return (await dataOf(answer)).images;
  }

  /** Answers the photos that the product has now. */
  async remove(id: string, options?: CallOptions): Promise<readonly ProductImage[]> {
    const answer = this.#http.DELETE("/v1/images/{id}", { params: { path: { id } }, ...initOf(options) });
    return (await dataOf(answer)).images;
  }

  /** Asks for thumbnails; never two runs at once. `force` makes them anew even where they are valid. */
  requestThumbnails(
    id: string,
    { force = false, ...options }: CallOptions & { readonly force?: boolean } = {},
  ): Promise<ThumbnailGeneration> {
    return dataOf(
      this.#http.POST("/v1/images/{id}/thumbnails", { params: { path: { id } }, body: { force }, ...initOf(options) }),
    );
  }

  /** Says that a thumbnail could not be fetched. Answers the variants that really were missing. */
  async repair(id: string, options?: CallOptions): Promise<readonly string[]> {
    const answer = this.#http.POST("/v1/images/{id}/repair", { params: { path: { id } }, ...initOf(options) });
    return (await dataOf(answer)).missing;
  }
}
