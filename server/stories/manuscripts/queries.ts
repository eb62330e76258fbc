import { type RawBuilder, sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { NewStory, StoryChange, StorySummary } from "../schemas.ts";
import type { Scenes, StoryLanguage } from "../types.ts";

/** A story's own fields; `version` and `picturesRevision` together make its ETag. */
export interface StoryRow {
  readonly id: string;
  readonly title: string;
  readonly content: string;
  readonly language: StoryLanguage;
  readonly region: string | null;
  readonly author: string | null;
  readonly scenes: Scenes | null;
  readonly version: number;
  readonly picturesRevision: number;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const storyJson = sql`jsonb_build_object(
  'id', story.id,
  'title', story.title,
  'content', story.content,
  'language', story.language,
  'region', story.region,
  'author', story.author,
  'scenes', story.scenes,
  'version', story.version,
  'picturesRevision', story.pictures_revision,
  'createdBy', story.created_by,
  'createdAt', story.created_at,
  'updatedAt', story.updated_at
)`;

export interface StorySummaryRow extends Omit<StorySummary, "coverUrl"> {
  readonly coverKey: string | null;
}

/** Microseconds since 1970 as text: a `Date` would round them, and rows be skipped or repeated at page borders. */
export interface StoryCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** Newest first. Asks for `limit` rows as they come, so pass one more to know of a next page. */
export async function listStories(
  db: Executor,
  filter: { readonly query?: string | undefined; readonly language?: StoryLanguage | undefined },
  after: StoryCursor | null,
  limit: number,
): Promise<readonly (StorySummaryRow & { readonly cursor: StoryCursor })[]> {
  const words = (filter.query ?? "").split(/\s+/).filter((word) => word !== "");
  const conditions = [
    sql`true`,
    ...words.map((word) => sql`story.search like catalog.search_pattern(${word})`),
    ...(filter.language === undefined ? [] : [sql`story.language = ${filter.language}`]),
    ...(after === null
      ? []
      : [
          sql`(story.created_at, story.id) < (
            timestamptz 'epoch' + ${after.createdAt}::bigint * interval '1 microsecond', ${after.id}::uuid
          )`,
        ]),
  ];
  const { rows } = await sql<{ readonly story: StorySummaryRow; readonly cursorTime: string }>`
    select jsonb_build_object(
      'id', story.id,
      'title', story.title,
      'language', story.language,
      'region', story.region,
      'author', story.author,
      'hasScenes', story.scenes is not null,
      'coverKey', cover.object_key,
      'pictureCount', (
        select count(*) from stories.story_images as image
        where image.story_id = story.id and image.chapter_id is null
      ),
      'runState', run.state,
      'version', story.version,
      'createdAt', story.created_at,
      'updatedAt', story.updated_at
    ) as story, (extract(epoch from story.created_at) * 1000000)::bigint::text as "cursorTime"
    from (
      select * from stories.stories as story
      where ${sql.join(conditions, sql` and `)}
      order by story.created_at desc, story.id desc
      limit ${limit}
    ) as story
    left join stories.story_images as cover
      on cover.story_id = story.id and cover.chapter_id is null and cover.image_type = 'cover'
    left join lateral (
      select state from stories.illustration_runs
      where story_id = story.id
      order by created_at desc, id desc
      limit 1
    ) as run on true
    order by story.created_at desc, story.id desc
  `.execute(db);
  return rows.map(({ story, cursorTime }) => ({ ...story, cursor: { createdAt: cursorTime, id: story.id } }));
}

export async function findStory(db: Executor, storyId: string): Promise<StoryRow | null> {
  const { rows } = await sql<{ readonly story: StoryRow }>`
    select ${storyJson} as story from stories.stories as story where story.id = ${storyId}::uuid
  `.execute(db);
  return rows[0]?.story ?? null;
}

/** Takes the story's row for the rest of the transaction and answers its versions, or null when there is none. */
export async function lockStory(
  db: Executor,
  storyId: string,
): Promise<{ readonly version: number; readonly picturesRevision: number } | null> {
  const { rows } = await sql<{ readonly version: number; readonly picturesRevision: number }>`
    select version::integer as version, pictures_revision::integer as "picturesRevision"
    from stories.stories
    where id = ${storyId}::uuid
    for no key update
  `.execute(db);
  return rows[0] ?? null;
}

export async function insertStory(db: Executor, story: NewStory): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    insert into stories.stories (title, content, language, region, author, scenes)
    values (
      ${story.title}, ${story.content}, ${story.language}, ${story.region}, ${story.author},
      ${jsonOrNull(story.scenes)}::jsonb
    )
    returning id
  `.execute(db);
  return rows[0]?.id ?? "";
}

/** Sets what `change` names; false when row security hides the story or forbids it. */
export async function updateStory(db: Executor, storyId: string, change: StoryChange): Promise<boolean> {
  const fields: readonly (readonly [unknown, RawBuilder<unknown>])[] = [
    [change.title, sql`title = ${change.title}`],
    [change.content, sql`content = ${change.content}`],
    [change.language, sql`language = ${change.language}`],
    [change.region, sql`region = ${change.region}`],
    [change.author, sql`author = ${change.author}`],
    [change.scenes, sql`scenes = ${jsonOrNull(change.scenes ?? null)}::jsonb`],
  ];
  const assignments = fields.filter(([value]) => value !== undefined).map(([, assignment]) => assignment);
  const { rows } = await sql`
    update stories.stories set ${sql.join(assignments)} where id = ${storyId}::uuid returning id
  `.execute(db);
  return rows.length > 0;
}

export async function deleteStoryRow(db: Executor, storyId: string): Promise<boolean> {
  const { rows } = await sql`delete from stories.stories where id = ${storyId}::uuid returning id`.execute(db);
  return rows.length > 0;
}

/** Sets scenes that were made for a story of this version; false when it was changed meanwhile. */
export async function setMadeScenes(db: Executor, storyId: string, version: number, scenes: Scenes): Promise<boolean> {
  const { rows } = await sql`
    update stories.stories
    set scenes = ${JSON.stringify(scenes)}::jsonb
    where id = ${storyId}::uuid and version = ${version}
    returning id
  `.execute(db);
  return rows.length > 0;
}

const jsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
