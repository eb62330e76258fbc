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

/**
 * What events said of a photo: where it stands, by the latest, and its thumbnails, by the latest that spoke of them, so
 * that a failure after a success does not take away what is there.
 */
export interface ArrivedThumbnails {
  readonly state: { readonly revision: number; readonly name: ThumbnailState; readonly reason: string | null };
  readonly picture: ArrivedPicture | null;
}

interface ArrivedPicture {
  readonly revision: number;
  /** Null: it has none by policy. */
  readonly thumbnails: Thumbnails | null;
  readonly signature: string | null;
}

const nothingArrived: KnownProduct["arrived"] = Object.freeze({});

export const knownProduct = (answer: Product): KnownProduct => ({ answer, arrived: nothingArrived });

/**
 * Joins what is known with another answer, or with what is known elsewhere. The photos are those of the higher
 * `imagesRevision`, the other fields those of the later `updatedAt`, and thumbnails that an event brought stay until an
 * answer of that revision or a later one speaks. Commutative, associative and idempotent for answers of one server. The
 * same object where the news are none: lists of thousands are merged with themselves as they grow.
 */
export function mergeProduct(known: KnownProduct | undefined, news: KnownProduct | Product): KnownProduct {
  if (known === news) return known;
  const other = "answer" in news ? news : knownProduct(news);
  if (known === undefined || known.answer.id !== other.answer.id) return other;
  const fields = Date.parse(other.answer.updatedAt) >= Date.parse(known.answer.updatedAt) ? other : known;
  const photos = other.answer.imagesRevision >= known.answer.imagesRevision ? other : known;
  const { images, imagesRevision } = photos.answer;
  const hasNothingArrived = known.arrived === nothingArrived && other.arrived === nothingArrived;
  return {
    answer: fields === photos ? photos.answer : { ...fields.answer, images, imagesRevision },
    arrived: hasNothingArrived ? nothingArrived : newerThan(imagesRevision, newestOf(known.arrived, other.arrived)),
  };
}

/** Adds what an event says. Events without thumbnails of their own (`base_insert`, `repair`) change nothing here. */
export function mergeEvent(known: KnownProduct, event: ProductImagesEvent): KnownProduct {
  const thumbnails = arrivedIn(event);
  const isOld = event.revision <= known.answer.imagesRevision;
  if (thumbnails === null || isOld || event.productId !== known.answer.id) return known;
  const arrived = newerThan(known.answer.imagesRevision, newestOf(known.arrived, { [event.imageId]: thumbnails }));
  return { answer: known.answer, arrived };
}

/**
 * The product as it is to be shown: the answer, with what has arrived since laid over its photos. The same object for the
 * same knowledge.
 */
export function productOf(known: KnownProduct): Product {
  if (known.arrived === nothingArrived || Object.keys(known.arrived).length === 0) return known.answer;
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
  const { revision, thumbnails = null, newSignature: signature = null, reason = null } = event;
  const name = stateAfter(event);
  if (name === null) return null;
  return { state: { revision, name, reason }, picture: name === "failed" ? null : { revision, thumbnails, signature } };
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

function withArrived(image: ProductImage, { state, picture }: ArrivedThumbnails): ProductImage {
  const job = image.job && state.reason !== null ? { ...image.job, errorCode: state.reason } : image.job;
  const stated = { ...image, thumbnailState: state.name, job };
  if (picture === null) return stated;
  const { thumbnails, signature } = picture;
  return { ...stated, thumbnails, thumbnailUrl: thumbnails?.desktop ?? null, thumbnailSignature: signature };
}

type Arrived = KnownProduct["arrived"];

function newestOf(one: Arrived, other: Arrived): Arrived {
  const newest = { ...one };
  for (const [imageId, theirs] of Object.entries(other)) {
    const ours = newest[imageId];
    newest[imageId] =
      ours === undefined
        ? theirs
        : { state: later(ours.state, theirs.state), picture: later(ours.picture, theirs.picture) };
  }
  return newest;
}

function later<Fact extends { readonly revision: number } | null>(one: Fact, other: Fact): Fact {
  return (other?.revision ?? -1) > (one?.revision ?? -1) ? other : one;
}

/** A picture is never newer than the state that came with it or after it, so a state that goes takes it along. */
function newerThan(revision: number, arrived: Arrived): Arrived {
  const newer = Object.entries(arrived).flatMap(([imageId, { state, picture }]) => {
    if (state.revision <= revision) return [];
    const isAnswered = picture !== null && picture.revision <= revision;
    return [[imageId, { state, picture: isAnswered ? null : picture }] as const];
  });
  return Object.fromEntries(newer);
}
