import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import type { ProviderName } from "../types.ts";

/** What the calls to one provider were like. Latencies are of calls that came to an end of the provider's own. */
export interface ProviderFigures {
  readonly provider: ProviderName;
  readonly calls: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly refused: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly costUsd: string;
}

export async function readProviderFigures(db: Executor, hours: number): Promise<readonly ProviderFigures[]> {
  const { rows } = await sql<ProviderFigures>`
    select provider,
      count(*)::integer as calls,
      count(*) filter (where state = 'succeeded')::integer as succeeded,
      count(*) filter (where state in ('failed', 'lost'))::integer as failed,
      count(*) filter (where state = 'refused')::integer as refused,
      percentile_disc(0.5) within group (order by latency_ms) filter (where state in ('succeeded', 'failed'))
        as "latencyP50Ms",
      percentile_disc(0.95) within group (order by latency_ms) filter (where state in ('succeeded', 'failed'))
        as "latencyP95Ms",
      trim_scale(coalesce(sum(coalesce(cost_usd, estimated_cost_usd)), 0))::text as "costUsd"
    from stories.generation_attempts
    where started_at > now() - make_interval(hours => ${hours}::integer)
    group by provider
    order by provider
  `.execute(db);
  return rows;
}

export interface StoryFigures {
  readonly pictures: number;
  /** Of them, made by the fallback. */
  readonly fallbacks: number;
  readonly policyBlocks: number;
  readonly consistencyLost: number;
  readonly refusedUploads: number;
  readonly resized: number;
  readonly averageSizeBytes: number | null;
}

export async function readStoryFigures(db: Executor, hours: number): Promise<StoryFigures> {
  const { rows } = await sql<StoryFigures>`
    with since as (select now() - make_interval(hours => ${hours}::integer) as at)
    select attempt.pictures, attempt.fallbacks, attempt."policyBlocks", image."consistencyLost", image.resized,
      image."averageSizeBytes", (
        select count(*)::integer from stories.refused_uploads where refused_at > (select at from since)
      ) as "refusedUploads"
    from (
      select count(*) filter (where state = 'succeeded')::integer as pictures,
        count(*) filter (where state = 'succeeded' and is_fallback)::integer as fallbacks,
        count(*) filter (where state = 'refused')::integer as "policyBlocks"
      from stories.generation_attempts
      where started_at > (select at from since)
    ) as attempt
    cross join (
      select count(*) filter (where consistency_lost)::integer as "consistencyLost",
        count(*) filter (where resized_from is not null)::integer as resized,
        avg(size_bytes)::integer as "averageSizeBytes"
      from stories.story_images
      where updated_at > (select at from since)
    ) as image
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error("the figures of stories gave no row");
  return row;
}

export interface DayFigures {
  readonly day: string;
  readonly pictures: number;
  readonly fallbacks: number;
  readonly policyBlocks: number;
  readonly costUsd: string;
}

/** The shop's days, oldest first, those without a call too. */
export async function readDayFigures(db: Executor, days: number, timeZone: string): Promise<readonly DayFigures[]> {
  const { rows } = await sql<DayFigures>`
    with day as (
      select generate_series(
        (now() at time zone ${timeZone})::date - (${days}::integer - 1), (now() at time zone ${timeZone})::date,
        interval '1 day'
      )::date as day
    )
    select day.day::text as day,
      count(attempt.id) filter (where attempt.state = 'succeeded')::integer as pictures,
      count(attempt.id) filter (where attempt.state = 'succeeded' and attempt.is_fallback)::integer as fallbacks,
      count(attempt.id) filter (where attempt.state = 'refused')::integer as "policyBlocks",
      trim_scale(coalesce(sum(coalesce(attempt.cost_usd, attempt.estimated_cost_usd)), 0))::text as "costUsd"
    from day
    left join stories.generation_attempts as attempt
      on attempt.started_at >= (day.day::timestamp at time zone ${timeZone})
      and attempt.started_at < ((day.day + 1)::timestamp at time zone ${timeZone})
    group by day.day
    order by day.day
  `.execute(db);
  return rows;
}

/** How many stories in a row, the latest first, came out of their last run without consistency; at most `limit`. */
export async function countStoriesWithoutConsistency(db: Executor, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    with latest as (
      select distinct on (story_id) story_id, consistency_lost, finished_at
      from stories.illustration_runs
      where state in ('done', 'partial')
      order by story_id, finished_at desc
    ), ranked as (
      select consistency_lost, row_number() over (order by finished_at desc) as rank
      from latest
      order by finished_at desc
      limit ${limit}
    )
    select (coalesce(min(rank) filter (where not consistency_lost), max(rank) + 1) - 1)::integer as count from ranked
  `.execute(db);
  return rows[0]?.count ?? 0;
}

export interface MonthFigures {
  readonly month: string;
  readonly provider: string;
  readonly images: number;
  readonly averageSizeBytes: number | null;
  readonly resizedRatio: string | null;
  readonly fallbackRatio: string | null;
  readonly averageLatencyMs: number | null;
  readonly calls: number;
  readonly policyBlocks: number;
  readonly costUsd: string;
}

/** By month (`2026-11`, the shop's) and provider, newest first; pictures that gave way meanwhile count as well. */
export async function readMonthFigures(
  db: Executor,
  month: string | null,
  timeZone: string,
): Promise<readonly MonthFigures[]> {
  const { rows } = await sql<MonthFigures>`
    with picture as (
      select to_char(updated_at at time zone ${timeZone}, 'YYYY-MM') as month, provider, size_bytes, resized_from,
        fallback_used, latency_ms
      from stories.story_images
      union all
      select to_char((image.updated_at) at time zone ${timeZone}, 'YYYY-MM'), image.provider, image.size_bytes,
        image.resized_from, image.fallback_used, image.latency_ms
      from stories.replaced_images as replaced
      cross join lateral jsonb_populate_record(null::stories.story_images, replaced.picture) as image
    ), pictures as (
      select month, provider, count(*)::integer as images, avg(size_bytes)::integer as size,
        count(*) filter (where resized_from is not null)::numeric / count(*) as resized,
        count(*) filter (where fallback_used)::numeric / count(*) as fallback,
        avg(latency_ms)::integer as latency
      from picture
      group by month, provider
    ), calls as (
      select to_char(started_at at time zone ${timeZone}, 'YYYY-MM') as month, provider, count(*)::integer as calls,
        count(*) filter (where state = 'refused')::integer as blocks,
        sum(coalesce(cost_usd, estimated_cost_usd)) as cost
      from stories.generation_attempts
      group by 1, provider
    )
    select coalesce(pictures.month, calls.month) as month, coalesce(pictures.provider, calls.provider) as provider,
      coalesce(pictures.images, 0) as images, pictures.size as "averageSizeBytes",
      round(pictures.resized, 4)::text as "resizedRatio", round(pictures.fallback, 4)::text as "fallbackRatio",
      pictures.latency as "averageLatencyMs", coalesce(calls.calls, 0) as calls,
      coalesce(calls.blocks, 0) as "policyBlocks", trim_scale(coalesce(calls.cost, 0))::text as "costUsd"
    from pictures
    full join calls on calls.month = pictures.month and calls.provider = pictures.provider
    where ${month}::text is null or coalesce(pictures.month, calls.month) = ${month}
    order by 1 desc, 2
    limit 600
  `.execute(db);
  return rows;
}
