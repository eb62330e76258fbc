import { z } from "@hono/zod-openapi";
import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import { privateAddress } from "../private-address.ts";
import type { PictureRow } from "./queries.ts";

const resolution = z.string().nullable();

/** What `POST /v1/images/generate` answers (contracts, *Stories*), word by word. */
export const generationSchema = z
  .object({
    success: z.literal(true),
    imageUrl: z.string().openapi({ description: "Private: signed, and good for an hour." }),
    publicUrl: z.string().openapi({ description: "The same, under its old name." }),
    imageBase64: z.string().optional(),
    path: z.string(),
    mimeType: z.string(),
    metadata: z.object({
      providerUsed: z.string(),
      model: z.string().nullable(),
      fallbackUsed: z.boolean(),
      fallbackReason: z.string().nullable(),
      aspectRatio: z.string().nullable(),
      aspectRatioFallback: z.string().nullable(),
      originalResolution: resolution,
      finalResolution: resolution,
      resizedFrom: resolution,
      resizedTo: resolution,
      mimeType: z.string(),
      latencyMs: z.int().nullable(),
      attempts: z.int(),
      costUsd: z.string(),
      consistencyLost: z.boolean(),
      characterCacheHit: z.boolean(),
      storyRegion: z.string().nullable(),
    }),
  })
  .openapi("GeneratedImage");
export type Generation = z.infer<typeof generationSchema>;

/** `bytes`: to be sent along as base64; null when nobody asked for them. */
export async function generationAnswer(
  picture: PictureRow,
  characterCacheHit: boolean,
  bytes: Uint8Array | null,
  store: Pick<ObjectStore, "signedUrl">,
): Promise<Generation> {
  const { url } = await privateAddress(store, picture.objectKey);
  const mimeType = picture.mimeType ?? "image/png";
  return {
    success: true,
    imageUrl: url,
    publicUrl: url,
    ...(bytes !== null && { imageBase64: Buffer.from(bytes).toString("base64") }),
    path: picture.objectKey,
    mimeType,
    metadata: {
      providerUsed: picture.provider,
      model: picture.model,
      fallbackUsed: picture.fallbackUsed,
      fallbackReason: picture.fallbackReason,
      aspectRatio: picture.aspectRatio,
      aspectRatioFallback: picture.aspectRatioFallback,
      originalResolution: picture.originalResolution,
      finalResolution: picture.finalResolution,
      resizedFrom: picture.resizedFrom,
      resizedTo: picture.resizedTo,
      mimeType,
      latencyMs: picture.latencyMs,
      attempts: picture.attempts,
      costUsd: picture.costUsd,
      consistencyLost: picture.consistencyLost,
      characterCacheHit,
      storyRegion: picture.storyRegion,
    },
  };
}
