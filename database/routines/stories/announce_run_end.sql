-- Tells how a run ended. One that failed for a reason that is not the text's is for an operator too: one incident, for
-- as long as runs fail so, which the next good run resolves.
create or replace function stories.announce_run_end(p_run stories.illustration_runs) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform stories.announce(p_run.story_id, 'run_finished', jsonb_build_object(
    'runId', p_run.id,
    'state', p_run.state,
    'code', p_run.code,
    'consistencyLost', p_run.consistency_lost,
    'durationMs', round(extract(epoch from p_run.finished_at - p_run.created_at) * 1000)
  ));
  if p_run.state = 'done' then
    perform platform.resolve_incident('story-illustrations-fail');
  elsif p_run.state in ('partial', 'failed') and p_run.code not in ('POLICY_BLOCKED', 'PROMPT_TOO_SHORT') then
    perform platform.open_incident(
      'story-illustrations-fail', 'story_illustrations_fail', 'warning',
      'Pictures of stories cannot be made; see the reason.',
      jsonb_build_object('storyId', p_run.story_id, 'runId', p_run.id, 'code', p_run.code, 'message', p_run.message)
    );
  end if;
end
$$;

revoke execute on function stories.announce_run_end(stories.illustration_runs) from public;
