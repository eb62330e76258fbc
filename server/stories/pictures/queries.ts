import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { StoryImage } from "../schemas.ts";
import type { ImageType, PictureMimeType } from "../types.ts";

/** A picture as the database knows it: with the key of its object where the API gives addresses. */
export interface PictureRow extends Omit<StoryImage, "url" | "urlExpiresAt" | "path" | "extension"> {
  readonly objectKey: string;
  readonly originalKey: string | null;
}

/** A picture as JSON; `image` is the row, `story` that of its story. */
export const pictureJson = sql`jsonb_build_object(
  'id', image.id,
  'storyId', image.story_id,
  'chapterId', image.chapter_id,
  'imageType', image.image_type,
  'version', image.version,
  'objectKey', image.object_key,
  'originalKey', image.original_key,
  'provider', image.provider,
  'model', image.model,
  'fallbackUsed', image.fallback_used,
  'fallbackReason', image.fallback_reason,
  'mimeType', image.mime_type,
  'sizeBytes', image.size_bytes,
  'originalResolution', image.original_resolution,
  'finalResolution', image.final_resolution,
  'resizedFrom', image.resized_from,
  'resizedTo', image.resized_to,
  'aspectRatio', image.aspect_ratio,
  'aspectRatioFallback', image.aspect_ratio_fallback,
  'latencyMs', image.latency_ms,
  'attempts', image.attempts,
  'costUsd', trim_scale(image.cost_usd)::text,
  'consistencyLost', image.consistency_lost,
  'storyRegion', image.story_region,
  'policyContext', image.policy_context,
  'imageHash', image.image_hash,
  'promptHmac', image.prompt_hmac,
  'referenceHash', image.reference_hash,
  'hasC2pa', image.has_c2pa,
  'isStale', image.prompt_digest is not null and image.chapter_id is null
    and story.scenes is not null and image.prompt_digest <> md5(story.scenes ->> image.image_type),
  'paletteDrift', image.palette_drift,
  'runId', image.run_id,
  'createdAt', image.created_at,
  'updatedAt', image.updated_at
)`;

const inOrder = sql`image.chapter_id nulls first, array_position(stories.image_types(), image.image_type)`;

/** All pictures of a story, those of the whole story first, in the order in which they are made. */
export async function listPictures(db: Executor, storyId: string): Promise<readonly PictureRow[]> {
  const { rows } = await sql<{ readonly picture: PictureRow }>`
    select ${pictureJson} as picture
    from stories.story_images as image
    join stories.stories as story on story.id = image.story_id
    where image.story_id = ${storyId}::uuid
    order by ${inOrder}
  `.execute(db);
  return rows.map(({ picture }) => picture);
}

export async function findPicture(
  db: Executor,
  place: { readonly storyId: string; readonly chapterId: string | null; readonly imageType: ImageType },
): Promise<PictureRow | null> {
  const { rows } = await sql<{ readonly picture: PictureRow }>`
    select ${pictureJson} as picture
    from stories.story_images as image
    join stories.stories as story on story.id = image.story_id
    where image.story_id = ${place.storyId}::uuid and image.chapter_id is not distinct from ${place.chapterId}
      and image.image_type = ${place.imageType}
  `.execute(db);
  return rows[0]?.picture ?? null;
}

/** Whether a picture was made from exactly this prompt. */
export async function isMadeFrom(db: Executor, pictureId: string, prompt: string): Promise<boolean> {
  const { rows } = await sql<{ readonly isSame: boolean }>`
    select prompt_digest is not distinct from md5(${prompt}::text) as "isSame"
    from stories.story_images
    where id = ${pictureId}::uuid
  `.execute(db);
  return rows[0]?.isSame ?? false;
}

/** The key under which bytes of this hash belong; see `stories.take_picture_place`. */
export async function takePicturePlace(
  db: Executor,
  place: {
    readonly storyId: string;
    readonly chapterId: string | null;
    readonly imageType: ImageType;
    readonly imageHash: string;
    readonly extension: string;
  },
): Promise<string> {
  const { rows } = await sql<{ readonly key: string }>`
    select stories.take_picture_place(
      ${place.storyId}::uuid, ${place.chapterId}, ${place.imageType}, ${place.imageHash}, ${place.extension}
    ) as key
  `.execute(db);
  return rows[0]?.key ?? "";
}

/** What is recorded of a picture whose object is in the store. */
export interface NewPicture {
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly imageType: ImageType;
  readonly objectKey: string;
  readonly mimeType: PictureMimeType;
  readonly sizeBytes: number;
  readonly imageHash: string;
  readonly originalKey: string | null;
  readonly provider: string;
  readonly model: string | null;
  readonly fallbackUsed: boolean;
  readonly fallbackReason: string | null;
  readonly originalResolution: string;
  readonly finalResolution: string;
  readonly resizedFrom: string | null;
  readonly resizedTo: string | null;
  readonly aspectRatio: string | null;
  readonly aspectRatioFallback: string | null;
  readonly latencyMs: number | null;
  readonly attempts: number;
  readonly costUsd: string;
  readonly consistencyLost: boolean;
  readonly storyRegion: string | null;
  readonly policyContext: string | null;
  readonly hasC2pa: boolean;
  readonly promptHmac: string | null;
  /** The scene that it was made from, of which a digest is kept; null: none. */
  readonly prompt: string | null;
  readonly referenceHash: string | null;
  readonly paletteDrift: object | null;
  readonly runId: string | null;
  readonly createdBy: string | null;
}

/** Puts it in its place and tells of it (`phase`); answers it as it is now. See `stories.set_story_image`. */
export async function setStoryImage(db: Executor, picture: NewPicture, phase: string): Promise<PictureRow> {
  const { rows } = await sql<{ readonly picture: PictureRow }>`
    with image as (
      select * from stories.set_story_image(
        jsonb_build_object(
          'story_id', ${picture.storyId}::uuid, 'chapter_id', ${picture.chapterId}::text,
          'image_type', ${picture.imageType}::text, 'object_key', ${picture.objectKey}::text,
          'mime_type', ${picture.mimeType}::text, 'size_bytes', ${picture.sizeBytes}::bigint,
          'image_hash', ${picture.imageHash}::text, 'original_key', ${picture.originalKey}::text,
          'provider', ${picture.provider}::text, 'model', ${picture.model}::text,
          'fallback_used', ${picture.fallbackUsed}::boolean, 'fallback_reason', ${picture.fallbackReason}::text,
          'original_resolution', ${picture.originalResolution}::text,
          'final_resolution', ${picture.finalResolution}::text, 'resized_from', ${picture.resizedFrom}::text,
          'resized_to', ${picture.resizedTo}::text, 'aspect_ratio', ${picture.aspectRatio}::text,
          'aspect_ratio_fallback', ${picture.aspectRatioFallback}::text,
          'latency_ms', ${picture.latencyMs}::integer, 'attempts', ${picture.attempts}::integer,
          'cost_usd', ${picture.costUsd}::numeric, 'consistency_lost', ${picture.consistencyLost}::boolean,
          'story_region', ${picture.storyRegion}::text, 'policy_context', ${picture.policyContext}::text,
          'has_c2pa', ${picture.hasC2pa}::boolean, 'prompt_hmac', ${picture.promptHmac}::text,
          'prompt_digest', md5(${picture.prompt}::text), 'reference_hash', ${picture.referenceHash}::text,
          'palette_drift', ${picture.paletteDrift === null ? null : JSON.stringify(picture.paletteDrift)}::jsonb,
          'run_id', ${picture.runId}::uuid, 'created_by', ${picture.createdBy}::text
        ),
        ${phase}
      )
    )
    select ${pictureJson} as picture
    from image
    join stories.stories as story on story.id = image.story_id
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("a picture that was set is not there");
  return row.picture;
}

/** Of one place, those that gave way and are still kept; the latest first. */
export async function listReplacedPictures(
  db: Executor,
  place: { readonly storyId: string; readonly chapterId: string | null; readonly imageType: ImageType },
): Promise<readonly { readonly picture: PictureRow; readonly replacedAt: string }[]> {
  const { rows } = await sql<{ readonly picture: PictureRow; readonly replacedAt: string }>`
    select ${pictureJson} as picture, replaced.replaced_at::text as "replacedAt"
    from stories.replaced_images as replaced
    join stories.stories as story on story.id = replaced.story_id
    cross join lateral jsonb_populate_record(null::stories.story_images, replaced.picture) as image
    where replaced.story_id = ${place.storyId}::uuid and replaced.chapter_id is not distinct from ${place.chapterId}
      and replaced.image_type = ${place.imageType}
    order by replaced.version desc
  `.execute(db);
  return rows;
}

/** Puts a replaced picture back; see `stories.take_back_image`. */
export async function takeBackImage(
  db: Executor,
  place: { readonly storyId: string; readonly chapterId: string | null; readonly imageType: ImageType },
  version: number,
): Promise<PictureRow> {
  const { rows } = await sql<{ readonly picture: PictureRow }>`
    with image as (
      select * from stories.take_back_image(
        ${place.storyId}::uuid, ${place.chapterId}, ${place.imageType}, ${version}::integer
      )
    )
    select ${pictureJson} as picture
    from image
    join stories.stories as story on story.id = image.story_id
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("a picture that was taken back is not there");
  return row.picture;
}

export async function refuseUpload(
  db: Executor,
  refusal: {
    readonly storyId: string;
    readonly imageType: ImageType;
    readonly policyContext: string;
    readonly region: string | null;
  },
): Promise<void> {
  await sql`
    select stories.refuse_upload(
      ${refusal.storyId}::uuid, ${refusal.imageType}, ${refusal.policyContext}, ${refusal.region}
    )
  `.execute(db);
}

/** Which of these keys nothing of a story refers to. */
export async function findUnreferencedKeys(db: Executor, keys: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly key: string }>`
    select key from stories.find_unreferenced_keys(${keys}::text[]) as key
  `.execute(db);
  return rows.map(({ key }) => key);
}

/** Keeps what the check without models found of a picture, if it still is the one that was looked at. */
export async function setPaletteDrift(
  db: Executor,
  picture: Pick<PictureRow, "id" | "imageHash">,
  drift: object,
): Promise<void> {
  await sql`
    update stories.story_images
    set palette_drift = ${JSON.stringify(drift)}::jsonb
    where id = ${picture.id}::uuid and image_hash = ${picture.imageHash}
      and palette_drift is distinct from ${JSON.stringify(drift)}::jsonb
  `.execute(db);
}
