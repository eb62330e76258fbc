-- Adds a line to what happened to a photo.
create or replace function catalog.record_image_history(
  p_image_id uuid, p_event text,
  p_attempt integer default null, p_reason text default null, p_message text default null,
  p_signature text default null, p_duration_ms integer default null, p_worker_id text default null
) returns void
language sql
set search_path = ''
as $$
  insert into catalog.image_history (
    image_id, event, attempt, reason, message, signature, duration_ms, worker_id, trace_id
  )
  values (
    p_image_id, p_event, p_attempt, p_reason, left(p_message, 500), p_signature, p_duration_ms, p_worker_id,
    platform.trace_id()
  );
$$;

revoke execute on function
  catalog.record_image_history(uuid, text, integer, text, text, text, integer, text)
from public;
