import { z } from "@hono/zod-openapi";
import { fetchOutside, OutsideFault, type OutsideOptions } from "../../foundation/outside/fetch-outside.ts";
import { problems } from "../../foundation/problem.ts";
import { storyProblems } from "../errors.ts";
import { chapterId, region } from "../schemas.ts";
import { pictureMimeTypes, providerNames } from "../types.ts";
import { bytesOfBase64 } from "./base64.ts";
import { contentKinds } from "./child-photos.ts";

/** What may be said of a picture that is uploaded, as JSON or as fields of a form. */
const said = {
  chapterId: chapterId.nullish(),
  storyRegion: region.nullish(),
  providerUsed: z.enum(providerNames).nullish().openapi({ description: "Who made it, where one of these did." }),
  model: z.string().min(1).max(200).nullish(),
  imageHash: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex")
    .nullish()
    .openapi({ description: "Checked against the bytes." }),
  fileExtension: z.string().max(10).nullish().openapi({ description: "Not needed: the bytes tell." }),
  contentKind: z.enum(contentKinds).nullish().openapi({
    description:
      "Photos that may show a child are not taken from the EEA, Switzerland, the United Kingdom, or from nobody knows where.",
  }),
};

export const uploadSchema = z
  .object({
    imageBase64: z.string().min(1).optional(),
    mimeType: z
      .string()
      .optional()
      .openapi({ enum: [...pictureMimeTypes], description: "Needed with `imageBase64`." }),
    imageUrl: z
      .string()
      .max(2_000)
      .optional()
      .openapi({ description: "Fetched once, from the public internet alone." }),
    ...said,
  })
  .openapi("StoryImageUpload");

export const uploadFieldsSchema = z.object({ mimeType: z.string().optional(), ...said });
export type UploadFacts = z.infer<typeof uploadFieldsSchema>;

const fetchTimeoutMs = 20_000;

/**
 * The bytes of an upload that came as JSON: base64 with its type, or fetched from an outside address. Throws
 * VALIDATION_FAILED, UNSUPPORTED_MIME_TYPE.
 */
export async function bytesOfUpload(
  upload: z.infer<typeof uploadSchema>,
  limits: { readonly bytesMax: number; readonly signal: AbortSignal },
  permits?: OutsideOptions["permits"],
): Promise<Uint8Array> {
  if ((upload.imageBase64 === undefined) === (upload.imageUrl === undefined)) {
    throw problems.VALIDATION_FAILED({
      detail: "Send the picture as imageBase64 with its mimeType, or name its imageUrl.",
      errors: [{ path: "imageBase64", message: "must be there, or imageUrl, and not both" }],
    });
  }
  if (upload.imageBase64 === undefined) return fetchPicture(upload.imageUrl ?? "", limits, permits);
  if (upload.mimeType === undefined) {
    throw problems.VALIDATION_FAILED({ errors: [{ path: "mimeType", message: "must be there with imageBase64" }] });
  }
  requireKnownType(upload.mimeType);
  return bytesOfBase64(upload.imageBase64, "imageBase64");
}

/** Throws UNSUPPORTED_MIME_TYPE for a type that no picture of a story may have. */
export function requireKnownType(mimeType: string | undefined): void {
  if (mimeType === undefined || pictureMimeTypes.some((known) => known === mimeType)) return;
  throw storyProblems.UNSUPPORTED_MIME_TYPE({
    errors: [{ path: "mimeType", message: `must be ${pictureMimeTypes.join(" or ")}` }],
  });
}

async function fetchPicture(
  url: string,
  { bytesMax, signal }: { readonly bytesMax: number; readonly signal: AbortSignal },
  permits: OutsideOptions["permits"],
): Promise<Uint8Array> {
  const refused = (message: string, cause?: unknown) =>
    problems.VALIDATION_FAILED({
      detail: `The picture could not be fetched: ${message}`,
      errors: [{ path: "imageUrl", message }],
      cause,
    });
  try {
    const answer = await fetchOutside(url, {
      signal,
      timeoutMs: fetchTimeoutMs,
      bytesMax,
      ...(permits !== undefined && { permits }),
    });
    if (answer.status !== 200) throw refused(`The address answered ${answer.status}.`);
    return answer.bytes;
  } catch (error) {
    if (error instanceof OutsideFault) throw refused(error.message, error);
    throw error;
  }
}
