-- A person must know that a schedule failed; its next good run resolves it.
create or replace function platform.open_schedule_incident(p_schedule text, p_scheduled_at timestamptz, p_error text)
returns void
language sql
set search_path = ''
as $$
  select platform.open_incident(
    'schedule:' || p_schedule, 'schedule', 'warning', format('The schedule %s failed', p_schedule),
    jsonb_build_object('schedule', p_schedule, 'scheduledAt', p_scheduled_at, 'error', p_error)
  );
$$;

revoke execute on function platform.open_schedule_incident(text, timestamptz, text) from public;
