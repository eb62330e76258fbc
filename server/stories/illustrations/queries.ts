import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { Run } from "../schemas.ts";
import type { ImageSize, ImageType, ProviderName, Scenes } from "../types.ts";

/** A run as the database knows it; `scenes` are the texts that its pictures are made from. */
export interface RunRow extends Omit<Run, "isOver"> {
  readonly scenes: Scenes | null;
}

/** A run with its pictures, as JSON; `run` is the row. */
export const runJson = sql`jsonb_build_object(
  'id', run.id,
  'storyId', run.story_id,
  'chapterId', run.chapter_id,
  'state', run.state,
  'imageTypes', run.image_types,
  'force', run.force,
  'size', run.size,
  'region', run.region,
  'providerOverride', run.provider_override,
  'scenes', run.scenes,
  'characterCacheHit', run.character_cache_hit,
  'consistencyLost', run.consistency_lost,
  'code', run.code,
  'message', run.message,
  'images', (
    select coalesce(jsonb_agg(
      jsonb_build_object(
        'imageType', item.image_type,
        'state', item.state,
        'tries', item.tries,
        'provider', item.provider,
        'durationMs', item.duration_ms,
        'code', item.code,
        'message', item.message,
        'startedAt', item.started_at,
        'finishedAt', item.finished_at
      )
      order by array_position(stories.image_types(), item.image_type)
    ), '[]')
    from stories.run_images as item
    where item.run_id = run.id
  ),
  'requestedBy', run.requested_by,
  'traceId', run.trace_id,
  'createdAt', run.created_at,
  'startedAt', run.started_at,
  'finishedAt', run.finished_at
)`;

export interface RunRequest {
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly imageTypes: readonly ImageType[];
  readonly force: boolean;
  readonly size: ImageSize | null;
  readonly region: string | null;
  readonly providerOverride: ProviderName | null;
}

/** Begins a run; see `stories.request_illustrations`. */
export async function requestIllustrations(db: Executor, request: RunRequest): Promise<RunRow> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from stories.request_illustrations(
      ${request.storyId}::uuid, ${request.chapterId}, ${request.imageTypes}::text[], ${request.force},
      ${request.size}, ${request.region}, ${request.providerOverride}
    )
  `.execute(db);
  // The run was written by a function, whose rows only a later statement sees.
  const run = await findRun(db, request.storyId, rows[0]?.id ?? "");
  if (run === null) throw new Error("a run that was asked for is not there");
  return run;
}

export async function findRun(db: Executor, storyId: string, runId: string): Promise<RunRow | null> {
  const { rows } = await sql<{ readonly run: RunRow }>`
    select ${runJson} as run
    from stories.illustration_runs as run
    where run.story_id = ${storyId}::uuid and run.id = ${runId}::uuid
  `.execute(db);
  return rows[0]?.run ?? null;
}

/** Whatever story it is of; for tasks. */
export async function findRunById(db: Executor, runId: string): Promise<RunRow | null> {
  const { rows } = await sql<{ readonly run: RunRow }>`
    select ${runJson} as run
    from stories.illustration_runs as run
    where run.id = ${runId}::uuid
  `.execute(db);
  return rows[0]?.run ?? null;
}

export async function findLatestRun(db: Executor, storyId: string): Promise<RunRow | null> {
  const [run = null] = await listRuns(db, storyId, null, 1);
  return run;
}

/** Newest first, those before `after`. */
export async function listRuns(
  db: Executor,
  storyId: string,
  after: string | null,
  limit: number,
): Promise<readonly RunRow[]> {
  const { rows } = await sql<{ readonly run: RunRow }>`
    select ${runJson} as run
    from stories.illustration_runs as run
    where run.story_id = ${storyId}::uuid and (${after}::uuid is null or run.id < ${after}::uuid)
    order by run.id desc
    limit ${limit}
  `.execute(db);
  return rows.map(({ run }) => run);
}

/** Ends it for a person; see `stories.cancel_illustrations`. */
export async function cancelIllustrations(db: Executor, storyId: string, runId: string): Promise<RunRow> {
  await sql`select from stories.cancel_illustrations(${storyId}::uuid, ${runId}::uuid)`.execute(db);
  const run = await findRun(db, storyId, runId);
  if (run === null) throw new Error("a run that was cancelled is not there");
  return run;
}

/** Lets a prepared run begin; false when it is past that. See `stories.start_illustrations`. */
export async function startIllustrations(
  db: Executor,
  start: {
    readonly runId: string;
    readonly scenes: Scenes;
    readonly kept: readonly ImageType[];
    readonly needsCharacter: boolean;
    readonly characterCacheHit: boolean;
    readonly drawnAtOnce: number;
  },
): Promise<boolean> {
  const { rows } = await sql<{ readonly isStarted: boolean }>`
    select stories.start_illustrations(
      ${start.runId}::uuid, ${JSON.stringify(start.scenes)}::jsonb, ${start.kept}::text[], ${start.needsCharacter},
      ${start.characterCacheHit}, ${start.drawnAtOnce}::integer
    ) as "isStarted"
  `.execute(db);
  return rows[0]?.isStarted ?? false;
}

export interface Drawing {
  readonly action: "draw" | "settled" | "busy" | "gone";
  readonly storyId: string;
  readonly chapterId: string | null;
  readonly prompt: string;
  readonly characterText: string;
  readonly size: ImageSize | null;
  readonly region: string | null;
  readonly providerOverride: ProviderName | null;
  readonly requestedBy: string | null;
  readonly tries: number;
  readonly consistencyLost: boolean;
}

/** Takes a picture of a run in hand; see `stories.start_drawing`. All but `action` is there for `draw` alone. */
export async function startDrawing(
  db: Executor,
  drawing: {
    readonly runId: string;
    readonly imageType: ImageType;
    readonly jobId: string;
    readonly provider: string | null;
  },
): Promise<Drawing> {
  const { rows } = await sql<Drawing>`
    select action, story_id as "storyId", chapter_id as "chapterId", prompt, character_text as "characterText", size,
      region, provider_override as "providerOverride", requested_by as "requestedBy", tries,
      consistency_lost as "consistencyLost"
    from stories.start_drawing(
      ${drawing.runId}::uuid, ${drawing.imageType}, ${drawing.jobId}::bigint, ${drawing.provider}
    )
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("starting a drawing was not answered");
  return row;
}

/** Marks it as made, in the transaction that put the picture in its place; gives out the next. */
export async function finishDrawing(
  db: Executor,
  drawing: {
    readonly runId: string;
    readonly imageType: ImageType;
    readonly provider: ProviderName;
    readonly durationMs: number;
  },
): Promise<void> {
  await sql`
    select stories.finish_drawing(
      ${drawing.runId}::uuid, ${drawing.imageType}, ${drawing.provider}, ${drawing.durationMs}::integer
    )
  `.execute(db);
}

/** Marks it as failed; false when nobody waits for it any more. See `stories.fail_drawing`. */
export async function failDrawing(
  db: Executor,
  drawing: {
    readonly runId: string;
    readonly imageType: ImageType;
    readonly code: string;
    readonly message: string;
    readonly isFinal: boolean;
    readonly durationMs: number | null;
  },
): Promise<boolean> {
  const { rows } = await sql<{ readonly isFailed: boolean }>`
    select stories.fail_drawing(
      ${drawing.runId}::uuid, ${drawing.imageType}, ${drawing.code}, ${drawing.message}, ${drawing.isFinal},
      ${drawing.durationMs}::integer
    ) as "isFailed"
  `.execute(db);
  return rows[0]?.isFailed ?? false;
}

/** The character's picture cannot be read back; see `stories.lose_reference`. */
export async function loseReference(
  db: Executor,
  runId: string,
  imageType: ImageType,
): Promise<"redraw" | "go_on" | "settled"> {
  const { rows } = await sql<{ readonly next: "redraw" | "go_on" | "settled" }>`
    select stories.lose_reference(${runId}::uuid, ${imageType}) as next
  `.execute(db);
  return rows[0]?.next ?? "settled";
}

/** Ends a run that cannot go on. */
export async function abandonIllustrations(
  db: Executor,
  runId: string,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  await sql`
    select stories.abandon_illustrations(${runId}::uuid, ${failure.code}, ${failure.message})
  `.execute(db);
}

/** Whether a run still goes on. */
export async function isRunActive(db: Executor, runId: string): Promise<boolean> {
  const { rows } = await sql<{ readonly isActive: boolean }>`
    select exists (
      select from stories.illustration_runs where id = ${runId}::uuid and state in ('queued', 'running')
    ) as "isActive"
  `.execute(db);
  return rows[0]?.isActive ?? false;
}

/** Gives the work of stalled runs out again; answers how many there were. */
export async function resumeIllustrations(db: Executor, limit: number): Promise<number> {
  const { rows } = await sql`select stories.resume_illustrations(${limit}::integer)`.execute(db);
  return rows.length;
}

/** How many runs are under way. */
export async function countActiveRuns(db: Executor): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from stories.illustration_runs where state in ('queued', 'running')
  `.execute(db);
  return rows[0]?.count ?? 0;
}
