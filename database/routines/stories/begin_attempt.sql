-- Writes down a call that is about to be made; null, and nothing is written, when it could bring the month's spending
-- over `p_budget_usd` (null: no budget), else its ordinal. The row is a `stories.generation_attempts` in camel case.
create or replace function stories.begin_attempt(p_attempt jsonb, p_budget_usd numeric, p_time_zone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  estimate constant numeric := (p_attempt ->> 'estimatedCostUsd')::numeric;
  the_ordinal integer;
begin
  if p_budget_usd is not null and estimate > 0 then
    -- Two calls that fit one by one, but not together, must not both be let through.
    perform pg_advisory_xact_lock(hashtextextended('stories.budget', 0));
    if stories.month_spending(p_time_zone) + estimate > p_budget_usd then
      return null;
    end if;
  end if;
  insert into stories.generation_attempts (
    id, flight_key, ordinal, story_id, chapter_id, image_type, provider, model, provider_key, is_fallback,
    fallback_reason, size, asked_ratio, target_resolution, prompt_hmac, reference_hash, region, requested_by,
    estimated_cost_usd, trace_id
  )
  select
    wanted.id, wanted."flightKey",
    (select count(*) + 1 from stories.generation_attempts as earlier where earlier.flight_key = wanted."flightKey"),
    wanted."storyId", wanted."chapterId", wanted."imageType", wanted.provider, wanted.model, wanted."providerKey",
    wanted."fallbackReason" is not null, wanted."fallbackReason", wanted.size, wanted."askedRatio",
    wanted."targetResolution", wanted."promptHmac", wanted."referenceHash", wanted.region, wanted."requestedBy",
    estimate, wanted."traceId"
  from jsonb_to_record(p_attempt) as wanted (
    id uuid, "flightKey" text, "storyId" uuid, "chapterId" text, "imageType" text, provider text, model text,
    "providerKey" text, "fallbackReason" text, size text, "askedRatio" text, "targetResolution" text,
    "promptHmac" text, "referenceHash" text, region text, "requestedBy" text, "traceId" text
  )
  returning ordinal into the_ordinal;
  return the_ordinal;
end
$$;

revoke execute on function stories.begin_attempt(jsonb, numeric, text) from public;
