import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";

/** The next stories, by id from after `after`. */
export async function listStoryIds(db: Executor, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from stories.stories
    where ${after}::uuid is null or id > ${after}::uuid
    order by id
    limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

export interface MissingObject {
  readonly kind: "picture" | "replaced" | "book";
  readonly id: string;
  readonly storyId: string;
  readonly objectKey: string;
  /** Of a picture: where the provider's own bytes are, and what hash the picture has. */
  readonly originalKey: string | null;
  readonly imageHash: string | null;
}

/**
 * Rows of these stories whose object is not among `presentKeys`, which are all that the store has of them. What was
 * written in the last minutes is left out: its object may have come after the store was listed.
 */
export async function findMissingObjects(
  db: Executor,
  storyIds: readonly string[],
  presentKeys: readonly string[],
  quietSeconds: number,
): Promise<readonly MissingObject[]> {
  const { rows } = await sql<MissingObject>`
    with present as materialized (
      select unnest(${presentKeys}::text[]) as key
    ), referred as (
      select 'picture' as kind, id, story_id, object_key, original_key, image_hash, updated_at as at
      from stories.story_images
      union all
      select 'replaced', id, story_id, object_key, null, null, replaced_at from stories.replaced_images
      union all
      select 'book', id, story_id, object_key, null, null, finished_at from stories.books where object_key is not null
    )
    select kind, id, story_id as "storyId", object_key as "objectKey", original_key as "originalKey",
      image_hash as "imageHash"
    from referred
    where story_id = any(${storyIds}::uuid[]) and at < now() - make_interval(secs => ${quietSeconds})
      and not exists (select from present where present.key = referred.object_key)
  `.execute(db);
  return rows;
}

/** Forgets a replaced picture or a book whose object has gone; the book is printed again when somebody asks for it. */
export async function forgetMissing(db: Executor, kind: "replaced" | "book", id: string): Promise<void> {
  const table = kind === "book" ? sql`stories.books` : sql`stories.replaced_images`;
  await sql`delete from ${table} where id = ${id}::uuid`.execute(db);
}

/** Incidents of lost pictures that are open, with the key that the picture of their place has now; null: none. */
export async function listLostPictures(
  db: Executor,
  kind: string,
  limit: number,
): Promise<readonly { readonly incidentKey: string; readonly objectKey: string | null }[]> {
  const { rows } = await sql<{ readonly incidentKey: string; readonly objectKey: string | null }>`
    select incident.key as "incidentKey", image.object_key as "objectKey"
    from platform.incidents as incident
    left join stories.story_images as image on image.id = (incident.evidence ->> 'imageId')::uuid
    where incident.kind = ${kind} and incident.state <> 'resolved'
    order by incident.last_seen_at
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Deletes up to `limit` runs and refused uploads that are over for so long; how many went. */
export async function pruneRuns(db: Executor, keptDays: number, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly pruned: number }>`
    with runs as (
      delete from stories.illustration_runs
      where id in (
        select id from stories.illustration_runs as old
        where finished_at < now() - make_interval(days => ${keptDays}::integer)
          -- The last run of a story says how its pictures came to be.
          and exists (
            select from stories.illustration_runs as newer
            where newer.story_id = old.story_id and newer.id > old.id
          )
        limit ${limit}
      )
      returning id
    ), uploads as (
      delete from stories.refused_uploads
      where id in (
        select id from stories.refused_uploads
        where refused_at < now() - make_interval(days => ${keptDays}::integer)
        limit ${limit}
      )
      returning id
    )
    select ((select count(*) from runs) + (select count(*) from uploads))::integer as pruned
  `.execute(db);
  return rows[0]?.pruned ?? 0;
}

/**
 * Deletes up to `limit` attempts that ended so long ago and made no picture that there still is; how many went. What a
 * month cost is in its report before that.
 */
export async function pruneAttempts(db: Executor, keptDays: number, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from stories.generation_attempts
    where id in (
      select attempt.id
      from stories.generation_attempts as attempt
      where attempt.started_at < now() - make_interval(days => ${keptDays}::integer) and attempt.state <> 'started'
        and not exists (select from stories.story_images where original_key = attempt.original_key)
        and not exists (select from stories.replaced_images where original_key = attempt.original_key)
        and not exists (select from stories.image_flights as flight where flight.key = attempt.flight_key)
      limit ${limit}
    )
    returning id
  `.execute(db);
  return rows.length;
}
