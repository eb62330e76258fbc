import { createHash } from "node:crypto";
import { z } from "@hono/zod-openapi";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { problems } from "../../foundation/problem.ts";
import { StoreError } from "../../foundation/storage/object-store.ts";
import { storyProblems } from "../errors.ts";
import type { ReferencePicture } from "../gateway/image-request.ts";
import { bytesOfBase64 } from "./base64.ts";
import { pictureTypeOf } from "./character-reference.ts";
import { listPictures } from "./queries.ts";

const oneOrMany = (schema: z.ZodType<string>) => z.union([schema, z.array(schema).max(20)]).optional();

/** How a request may name its reference: each of these, of which there may be one in all. */
export const referenceFields = {
  referenceImageBase64: oneOrMany(z.string().min(1)).openapi({ description: "At most one reference in all." }),
  referenceImagePath: oneOrMany(z.string().min(1).max(1024)).openapi({
    description: "`path` of a picture of the story.",
  }),
  referenceImageMimeType: z.string().optional(),
};

export interface GivenReference {
  readonly referenceImageBase64?: string | readonly string[] | undefined;
  readonly referenceImagePath?: string | readonly string[] | undefined;
  readonly referenceImageMimeType?: string | undefined;
}

const referenceBytesMax = 64 * 1024 * 1024;

/**
 * The reference that a request brings along; null when it names none. Throws REFERENCE_LIMIT for more than one,
 * UNSUPPORTED_MIME_TYPE unless its bytes are PNG or JPEG (and what is said of them), NOT_FOUND for a path that is no
 * picture of this story.
 */
export async function givenReference(
  { store }: Pick<Foundation, "store">,
  tx: Executor,
  storyId: string,
  given: GivenReference,
): Promise<ReferencePicture | null> {
  const texts = [given.referenceImageBase64 ?? []].flat();
  const paths = [given.referenceImagePath ?? []].flat();
  if (texts.length + paths.length > 1) throw storyProblems.REFERENCE_LIMIT();
  const [text] = texts;
  const [path] = paths;
  if (text === undefined && path === undefined) return null;
  const bytes =
    text !== undefined ? bytesOfBase64(text, "referenceImageBase64") : await readOwn(store, tx, storyId, path ?? "");
  const mimeType = pictureTypeOf(bytes);
  if (mimeType === null || (given.referenceImageMimeType ?? mimeType) !== mimeType) {
    throw storyProblems.UNSUPPORTED_MIME_TYPE("The reference must be the PNG or JPEG that it is said to be.");
  }
  return { bytes, mimeType, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function readOwn(store: Foundation["store"], tx: Executor, storyId: string, path: string): Promise<Uint8Array> {
  const pictures = await listPictures(tx, storyId);
  if (!pictures.some(({ objectKey }) => objectKey === path)) {
    throw problems.NOT_FOUND("This story has no picture at referenceImagePath.");
  }
  try {
    return await store.get(path, { bytesMax: referenceBytesMax });
  } catch (error) {
    if (error instanceof StoreError && error.kind === "missing") {
      throw problems.NOT_FOUND({ detail: "The picture at referenceImagePath is not in the store.", cause: error });
    }
    throw error;
  }
}
