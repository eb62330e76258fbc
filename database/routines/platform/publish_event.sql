-- Adds an event to the outbox in the caller's transaction and wakes the api processes when it commits. `p_supplier_id`:
-- the seller who may see it; null when it is for the shop's own people alone. Answers the event's id. Not granted to
-- `bodega_user`, who could forge events with it: definer functions and triggers publish on a user's behalf.
create or replace function platform.publish_event(p_topic text, p_supplier_id uuid, p_payload jsonb) returns uuid
language plpgsql
set search_path = ''
as $$
declare
  event_id uuid;
begin
  insert into platform.events (topic, supplier_id, payload, trace_id)
  values (p_topic, p_supplier_id, p_payload, platform.trace_id())
  returning id into event_id;
  -- Equal notifications of one transaction are sent once.
  perform pg_notify('bodega_events', '');
  return event_id;
end
$$;

revoke execute on function platform.publish_event(text, uuid, jsonb) from public;
