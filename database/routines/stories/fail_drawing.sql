-- Marks a picture of a run as failed, tells why, and gives out what comes next:
--   the character is tried once more (unless `p_is_final`: another try cannot help); failed again, the run ends with its
--   reason, unless it was only drawn anew because its picture got lost: then the run goes on without (`consistency_lost`);
--   any other picture is left out, and the run goes on.
-- False when the picture was not being drawn any more (cancelled, or the run is over).
create or replace function stories.fail_drawing(
  p_run_id uuid, p_image_type text, p_code text, p_message text, p_is_final boolean, p_duration_ms integer
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  run   stories.illustration_runs;
  image stories.run_images;
  tries_again boolean;
begin
  select * into run from stories.illustration_runs where id = p_run_id for no key update;
  select * into image from stories.run_images where run_id = p_run_id and image_type = p_image_type;
  if run.state is distinct from 'running' or image.state not in ('queued', 'drawing') then
    return false;
  end if;
  tries_again := p_image_type = 'character' and not p_is_final and image.tries < 1;
  update stories.run_images
  set
    state = case when tries_again then 'waiting' else 'failed' end,
    tries = tries + 1, code = p_code, message = left(p_message, 500), duration_ms = p_duration_ms,
    finished_at = case when not tries_again then clock_timestamp() end
  where run_id = p_run_id and image_type = p_image_type;
  perform stories.announce(run.story_id, 'image_failed', jsonb_build_object(
    'runId', p_run_id, 'imageType', p_image_type, 'chapterId', run.chapter_id, 'code', p_code,
    'reason', left(p_message, 500), 'durationMs', p_duration_ms, 'isRetried', tries_again
  ));
  if p_image_type = 'character' and not tries_again then
    if run.reference_losses > 0 then
      perform stories.lose_consistency(run);
    else
      update stories.run_images
      set state = 'cancelled', code = 'CHARACTER_FAILED', finished_at = clock_timestamp()
      where run_id = p_run_id and state = 'waiting';
      update stories.illustration_runs
      set state = 'failed', code = p_code, message = left(p_message, 500), finished_at = clock_timestamp()
      where id = p_run_id
      returning * into run;
      perform stories.announce_run_end(run);
      return true;
    end if;
  end if;
  perform stories.advance_illustrations(p_run_id);
  return true;
end
$$;

revoke execute on function stories.fail_drawing(uuid, text, text, text, boolean, integer) from public;
