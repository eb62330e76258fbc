import type { components, paths } from "./schema.gen.ts";

type Schemas = components["schemas"];

export type Product = Schemas["Product"];
export type NewProduct = Schemas["NewProduct"];
export type ProductChange = Schemas["ProductChange"];
export type ProductImage = Schemas["Image"];
export type ImageWithHistory = Schemas["ImageWithHistory"];
export type ThumbnailState = ProductImage["thumbnailState"];
export type Thumbnails = NonNullable<ProductImage["thumbnails"]>;
export type Me = Schemas["Me"];

/** What a list of products may be narrowed by. */
export type ProductFilters = Omit<NonNullable<paths["/v1/products"]["get"]["parameters"]["query"]>, "cursor">;

export interface ProductPage {
  readonly items: readonly Product[];
  readonly nextCursor: string | null;
}

export interface ThumbnailGeneration {
  readonly state: ThumbnailState;
  readonly attempts: number;
}

export type ThumbnailPhase =
  | "base_insert"
  | "thumbnails_partial"
  | "thumbnails_ready"
  | "thumbnails_skipped_webp"
  | "thumbnails_failed"
  | "repair";

/** An event of the topic `product-images` (contracts, *Events*). `revision` counts the changes of a product's photos. */
export interface ProductImagesEvent {
  readonly id: string;
  readonly productId: string;
  readonly imageId: string;
  readonly phase: ThumbnailPhase;
  readonly revision: number;
  readonly attempt?: number;
  readonly staleDetected?: boolean;
  readonly previousSignature?: string;
  readonly newSignature?: string;
  readonly count?: number;
  readonly thumbnails?: Thumbnails;
  readonly reason?: string;
  readonly traceId: string | null;
  readonly at: string;
}
