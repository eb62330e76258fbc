import type { Product, ProductImage, ProductImagesEvent, ThumbnailState, Thumbnails } from "../model.ts";

/**
 * What is known of a product: the newest answer, and what events said of its photos that no answer shows yet. Answers and
 * events may come late, twice and in any order; what results is the same, and is never less than what has arrived.
 */
export interface KnownProduct {
  readonly answer: Product;
  /** By photo, newer than `answer.imagesRevision`. */
  readonly arrived: Readonly<Record<string, ArrivedThumbnails>>;
}

/** What one event said of a photo's thumbnails. */
export interface ArrivedThumbnails {
  readonly revision: number;
  readonly state: ThumbnailState;
  readonly thumbnails: Thumbnails | null;
  readonly signature: string | null;
  readonly reason: string | null;
}

export const knownProduct = (answer: Product): KnownProduct => ({ answer, arrived: {} });

/**
 * Joins what is known with another answer, or with what is known elsewhere. The photos are those of the higher
 * `imagesRevision`, the other fields those of the later `updatedAt`, and thumbnails that an event brought stay until an
 * answer of that revision or a later one speaks. Commutative, associative and idempotent for answers of one server.
 */
export function mergeProduct(known: KnownProduct | undefined, news: KnownProduct | Product): KnownProduct {
  const other = "answer" in news ? news : knownProduct(news);
  if (known === undefined || known.answer.id !== other.answer.id) return other;
  const fields = Date.parse(other.answer.updatedAt) >= Date.parse(known.answer.updatedAt) ? other : known;
  const photos = other.answer.imagesRevision >= known.answer.imagesRevision ? other : known;
  const { images, imagesRevision } = photos.answer;
  return {
    answer: fields === photos ? photos.answer : { ...fields.answer, images, imagesRevision },
    arrived: newerThan(imagesRevision, newestOf(known.arrived, other.arrived)),
  };
}

/** Adds what an event says. Events without thumbnails of their own (`base_insert`, `repair`) change nothing here. */
export function mergeEvent(known: KnownProduct, event: ProductImagesEvent): KnownProduct {
  const thumbnails = arrivedIn(event);
  if (thumbnails === null || event.productId !== known.answer.id) return known;
  const arrived = newerThan(known.answer.imagesRevision, newestOf(known.arrived, { [event.imageId]: thumbnails }));
  return { answer: known.answer, arrived };
}

/**
 * The product as it is to be shown: the answer, with what has arrived since laid over its photos. The same object for the
 * same knowledge.
 */
export function productOf(known: KnownProduct): Product {
  if (Object.keys(known.arrived).length === 0) return known.answer;
  const shown = shownProducts.get(known) ?? overlaid(known);
  shownProducts.set(known, shown);
  return shown;
}

const shownProducts = new WeakMap<KnownProduct, Product>();

function overlaid({ answer, arrived }: KnownProduct): Product {
  const images = answer.images.map((image) => {
    const thumbnails = arrived[image.id];
    return thumbnails === undefined ? image : withArrived(image, thumbnails);
  });
  return { ...answer, images };
}

/** Whether an event tells of something that only an answer can show. */
export function needsAnswer(known: KnownProduct, event: ProductImagesEvent): boolean {
  if (event.revision <= known.answer.imagesRevision) return false;
  if (arrivedIn(event) === null) return true;
  return !known.answer.images.some((image) => image.id === event.imageId);
}

function arrivedIn(event: ProductImagesEvent): ArrivedThumbnails | null {
  const state = stateAfter(event);
  if (state === null) return null;
  return {
    revision: event.revision,
    state,
    thumbnails: event.thumbnails ?? null,
    signature: event.newSignature ?? null,
    reason: event.reason ?? null,
  };
}

function stateAfter(event: ProductImagesEvent): ThumbnailState | null {
  switch (event.phase) {
    case "thumbnails_ready":
      return event.thumbnails === undefined ? null : "ready";
    case "thumbnails_partial":
      return event.thumbnails === undefined ? null : "partial";
    case "thumbnails_skipped_webp":
      return "skipped";
    case "thumbnails_failed":
      return "failed";
    case "base_insert":
    case "repair":
      return null;
  }
}

function withArrived(image: ProductImage, arrived: ArrivedThumbnails): ProductImage {
  const base = { ...image, thumbnailState: arrived.state };
  if (arrived.thumbnails !== null) {
    const { thumbnails, signature } = arrived;
    return { ...base, thumbnails, thumbnailUrl: thumbnails.desktop ?? null, thumbnailSignature: signature };
  }
  const job = image.job && { ...image.job, errorCode: arrived.reason ?? image.job.errorCode };
  // A photo that failed keeps what it had; one that was skipped has none by policy.
  if (arrived.state === "failed") return { ...base, job };
  return { ...base, job, thumbnails: null, thumbnailUrl: null, thumbnailSignature: null };
}

type Arrived = KnownProduct["arrived"];

function newestOf(one: Arrived, other: Arrived): Arrived {
  const newest = { ...one };
  for (const [imageId, arrived] of Object.entries(other)) {
    if (arrived.revision > (newest[imageId]?.revision ?? -1)) newest[imageId] = arrived;
  }
  return newest;
}

function newerThan(revision: number, arrived: Arrived): Arrived {
  const entries = Object.entries(arrived);
  const newer = entries.filter(([, thumbnails]) => thumbnails.revision > revision);
  return newer.length === entries.length ? arrived : Object.fromEntries(newer);
}
