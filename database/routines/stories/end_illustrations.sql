-- Ends a run none of whose pictures is under way, in the state that its pictures say, and tells of it.
create or replace function stories.end_illustrations(p_run_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  run    stories.illustration_runs;
  failed stories.run_images;
  good   integer;
begin
  select * into failed
  from stories.run_images
  where run_id = p_run_id and state = 'failed'
  order by array_position(stories.image_types(), image_type)
  limit 1;
  select count(*) into good from stories.run_images where run_id = p_run_id and state in ('done', 'kept');
  update stories.illustration_runs
  set
    state = case when failed.run_id is null then 'done' when good > 0 then 'partial' else 'failed' end,
    code = failed.code,
    message = failed.message,
    finished_at = clock_timestamp()
  where id = p_run_id and state = 'running'
  returning * into run;
  if run.id is not null then
    perform stories.announce_run_end(run);
  end if;
end
$$;

revoke execute on function stories.end_illustrations(uuid) from public;
