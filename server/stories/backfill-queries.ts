import { sql } from "kysely";
import type { Executor } from "../foundation/database/database.ts";
import type { ImageType, PictureMimeType } from "./types.ts";

/** A picture of which not everything is recorded that its bytes would tell. */
export interface UnknownPicture {
  readonly id: string;
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly imageType: ImageType;
  readonly objectKey: string;
}

/** By id from after `after`. */
export async function listUnknownPictures(
  db: Executor,
  after: string | null,
  limit: number,
): Promise<readonly UnknownPicture[]> {
  const { rows } = await sql<UnknownPicture>`
    select id, story_id as "storyId", chapter_id as "chapterId", image_type as "imageType", object_key as "objectKey"
    from stories.story_images
    where (${after}::uuid is null or id > ${after}::uuid) and (
      mime_type is null or image_hash is null or size_bytes is null or original_resolution is null
      or final_resolution is null
    )
    order by id
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Completes the row, if it still is of the object that was looked at; an object under another key than before is purged. */
export async function recordKnownPicture(
  db: Executor,
  picture: UnknownPicture,
  known: {
    readonly objectKey: string;
    readonly mimeType: PictureMimeType;
    readonly imageHash: string;
    readonly sizeBytes: number;
    readonly resolution: string;
    readonly hasC2pa: boolean;
  },
): Promise<void> {
  await sql`
    with completed as (
      update stories.story_images
      set
        object_key = ${known.objectKey}, mime_type = ${known.mimeType}, image_hash = ${known.imageHash},
        size_bytes = ${known.sizeBytes}::bigint, has_c2pa = ${known.hasC2pa},
        original_resolution = coalesce(original_resolution, resized_from, ${known.resolution}),
        final_resolution = ${known.resolution}
      where id = ${picture.id}::uuid and object_key = ${picture.objectKey}
      returning id
    )
    select stories.enqueue_purge(array[${picture.objectKey}::text], interval '2 hours')
    from completed
    where ${picture.objectKey} <> ${known.objectKey}
  `.execute(db);
}
