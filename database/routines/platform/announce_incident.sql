-- Publishes what changed about an incident on the topic `incidents`. One that is only seen again stays silent: a storm
-- of repeats is one row, not a storm of events.
create or replace function platform.announce_incident() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  phase text;
begin
  if tg_op = 'INSERT' then
    phase := 'opened';
  elsif new.state is distinct from old.state then
    phase := new.state;
  elsif new.severity is distinct from old.severity then
    phase := 'escalated';
  else
    return null;
  end if;
  perform platform.publish_event('incidents', null, jsonb_build_object(
    'incidentId', new.id,
    'key', new.key,
    'kind', new.kind,
    'severity', new.severity,
    'title', new.title,
    'state', new.state,
    'phase', phase
  ));
  return null;
end
$$;

revoke execute on function platform.announce_incident() from public;

create or replace trigger announce_incident
after insert or update on platform.incidents
for each row execute function platform.announce_incident();
