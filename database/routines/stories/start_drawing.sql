-- What a worker asks before it draws a picture of a run; see `stories.drawing_assignment`. Never two at once: a picture
-- that another live job has in hand is left to it; that of a worker which died (the queue has let go of its job) is
-- taken over. The provider that will be asked first is told along, for whoever watches.
create or replace function stories.start_drawing(
  p_run_id uuid, p_image_type text, p_job_id bigint, p_provider text
) returns stories.drawing_assignment
language plpgsql
set search_path = ''
as $$
declare
  answer stories.drawing_assignment;
  run    stories.illustration_runs;
  image  stories.run_images;
begin
  select * into run from stories.illustration_runs where id = p_run_id for no key update;
  select * into image from stories.run_images where run_id = p_run_id and image_type = p_image_type;
  answer.action := case
    when run.id is null or image.run_id is null then 'gone'
    when run.state <> 'running' or image.state not in ('queued', 'drawing') then 'settled'
    when image.state = 'drawing' and image.job_id <> p_job_id and exists (
      select from graphile_worker.jobs where id = image.job_id and locked_at is not null
    ) then 'busy'
    else 'draw'
  end;
  if answer.action <> 'draw' then
    return answer;
  end if;
  update stories.run_images
  set state = 'drawing', job_id = p_job_id, started_at = clock_timestamp()
  where run_id = p_run_id and image_type = p_image_type;
  perform stories.announce(run.story_id, 'image_started', jsonb_build_object(
    'runId', p_run_id, 'imageType', p_image_type, 'chapterId', run.chapter_id, 'provider', p_provider,
    'try', image.tries + 1
  ));
  answer.story_id := run.story_id;
  answer.chapter_id := run.chapter_id;
  answer.prompt := run.scenes ->> p_image_type;
  answer.character_text := run.scenes ->> 'character';
  answer.size := run.size;
  answer.region := run.region;
  answer.provider_override := run.provider_override;
  answer.requested_by := run.requested_by;
  answer.tries := image.tries;
  answer.reference_losses := run.reference_losses;
  answer.consistency_lost := run.consistency_lost;
  return answer;
end
$$;

revoke execute on function stories.start_drawing(uuid, text, bigint, text) from public;
