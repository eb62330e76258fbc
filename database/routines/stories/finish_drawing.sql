-- Marks a picture of a run as made, in the transaction that put it in its place, and gives out the next. A run that was
-- cancelled meanwhile keeps the picture (it is paid) and goes no further.
create or replace function stories.finish_drawing(
  p_run_id uuid, p_image_type text, p_provider text, p_duration_ms integer
) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from stories.illustration_runs where id = p_run_id for no key update;
  update stories.run_images
  set
    state = 'done', tries = tries + 1, provider = p_provider, duration_ms = p_duration_ms, code = null, message = null,
    finished_at = clock_timestamp()
  where run_id = p_run_id and image_type = p_image_type and state in ('queued', 'drawing', 'cancelled');
  perform stories.advance_illustrations(p_run_id);
end
$$;

revoke execute on function stories.finish_drawing(uuid, text, text, integer) from public;
