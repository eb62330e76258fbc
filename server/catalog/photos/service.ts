import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { Problem, problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import {
  discardReceived,
  type ReceivedFile,
  type StoredOriginal,
  storeOriginal,
  withdrawOriginals,
} from "./original.ts";
import {
  findProductOfImage,
  type ImageRow,
  insertImageWithOrder,
  listImages,
  replaceProductImages,
  type WantedImage,
} from "./queries.ts";

/**
 * Puts the originals into the store, then runs `record` with them: upload, then record. When recording is refused, or
 * used none of them, they are taken back. When its outcome is not known (the connection was lost at the commit), they
 * stay: a row may refer to them, and if none does, the orphan sweep removes them.
 */
export async function withStoredOriginals<Result>(
  foundation: Foundation,
  productId: string,
  files: readonly ReceivedFile[],
  record: (originals: readonly StoredOriginal[]) => Promise<{ readonly result: Result; readonly isRecorded: boolean }>,
): Promise<Result> {
  const stored: StoredOriginal[] = [];
  try {
    for (const file of files) stored.push(await storeOriginal(foundation, productId, file));
    const { result, isRecorded } = await record(stored);
    if (!isRecorded) await withdrawOriginals(foundation, stored);
    return result;
  } catch (error) {
    if (error instanceof Problem) await withdrawOriginals(foundation, stored);
    throw error;
  } finally {
    await Promise.all(files.map(discardReceived));
  }
}

/** Appends one photo; answers it and all of the product's. */
export async function recordPhoto(
  tx: Executor,
  productId: string,
  original: StoredOriginal,
  alt: string,
): Promise<{ readonly image: ImageRow; readonly images: readonly ImageRow[] }> {
  await insertImageWithOrder(tx, productId, original, alt).catch(rethrowAsProblem);
  const images = await listImages(tx, productId);
  const image = images.find(({ id }) => id === original.imageId);
  if (image === undefined) throw new Error("the photo that was just recorded is not there");
  return { image, images };
}

/** Makes the product's photos exactly `wanted`, in that order. */
export async function recordReplacement(
  tx: Executor,
  productId: string,
  wanted: readonly WantedImage[],
): Promise<readonly ImageRow[]> {
  await replaceProductImages(tx, productId, wanted).catch(rethrowAsProblem);
  return listImages(tx, productId);
}

/** The product of a photo that the caller can see; throws NOT_FOUND. */
export async function requireProductOfImage(tx: Executor, imageId: string): Promise<string> {
  const productId = await findProductOfImage(tx, imageId);
  if (productId === null) throw problems.NOT_FOUND("No photo has this id.");
  return productId;
}

/** Appends a received photo on behalf of the shop itself (command line, demo): the same road as an upload by HTTP. */
export async function appendReceived(
  foundation: Foundation,
  productId: string,
  file: ReceivedFile,
  alt = "",
): Promise<ImageRow> {
  return withStoredOriginals(foundation, productId, [file], async ([original]) => {
    if (original === undefined) throw new Error("an original went missing");
    const { image } = await foundation.database.transaction((tx) => recordPhoto(tx, productId, original, alt));
    return { result: image, isRecorded: true };
  });
}
