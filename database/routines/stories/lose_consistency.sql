-- From now on the run's pictures are made without the character's, and each of them says so.
create or replace function stories.lose_consistency(p_run stories.illustration_runs) returns void
language plpgsql
set search_path = ''
as $$
begin
  update stories.illustration_runs set consistency_lost = true where id = p_run.id and not consistency_lost;
  if found then
    perform stories.announce(p_run.story_id, 'consistency_lost', jsonb_build_object('runId', p_run.id));
  end if;
end
$$;

revoke execute on function stories.lose_consistency(stories.illustration_runs) from public;
