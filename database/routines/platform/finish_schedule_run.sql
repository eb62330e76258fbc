-- Writes how a run ended (`p_error` null: done) and opens or resolves the schedule's incident. False when the run is not
-- the worker's any more: it was taken for dead and closed meanwhile.
create or replace function platform.finish_schedule_run(
  p_schedule text, p_scheduled_at timestamptz, p_worker_id uuid, p_report jsonb, p_error text, p_trace_id text
) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update platform.schedule_runs
  set
    status = case when p_error is null then 'done' else 'failed' end,
    finished_at = clock_timestamp(), report = p_report, error = p_error, trace_id = p_trace_id
  where schedule = p_schedule and scheduled_at = p_scheduled_at and worker_id = p_worker_id and status = 'running';
  if not found then
    return false;
  end if;
  if p_error is null then
    perform platform.resolve_incident('schedule:' || p_schedule);
  else
    perform platform.open_schedule_incident(p_schedule, p_scheduled_at, p_error);
  end if;
  return true;
end
$$;

revoke execute on function platform.finish_schedule_run(text, timestamptz, uuid, jsonb, text, text) from public;
