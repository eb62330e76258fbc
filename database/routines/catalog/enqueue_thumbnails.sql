-- Gives out the work on thumbnails in the writer's transaction, whoever writes: for a photo that has become `uploaded`
-- (new, promoted, other bytes, taken away), one that has lost variants, or one that was given a signature other than
-- today's by hand. The worker's own steps change the state in other ways and so give out nothing.
create or replace function catalog.enqueue_thumbnails() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  before text := case when tg_op = 'UPDATE' then old.thumbnail_state end;
  is_mismatch boolean :=
    new.thumbnail_state in ('ready', 'partial')
    and new.thumbnail_signature is distinct from catalog.expected_signature(new.sha256)
    and case
      when before is null then true
      else before = new.thumbnail_state and new.thumbnail_signature is distinct from old.thumbnail_signature
    end;
begin
  if new.thumbnail_state = 'uploaded' and before is null then
    perform catalog.queue_thumbnails(new.id, 'NEW');
  elsif new.thumbnail_state = 'uploaded' and new.sha256 <> old.sha256 then
    perform catalog.queue_thumbnails(new.id, 'SUPERSEDED');
  elsif new.thumbnail_state = 'uploaded' and before = 'none' then
    perform catalog.queue_thumbnails(new.id, 'PROMOTED');
  elsif (new.thumbnail_state = 'uploaded' and before <> 'uploaded')
    or (new.thumbnail_state = 'partial' and before = 'ready')
  then
    perform catalog.queue_thumbnails(new.id, 'OBJECT_MISSING');
  elsif is_mismatch and catalog.enforces_signatures() then
    perform catalog.queue_thumbnails(new.id, 'SIGNATURE_MISMATCH');
  elsif new.thumbnail_state = 'none' and before <> 'none' then
    -- One at work closes its row itself when it finds its photo demoted.
    update catalog.thumbnail_jobs
    set
      status = 'skipped', error_code = 'SUPERSEDED', last_error = null,
      completed_at = now(), retry_at = null, updated_at = now()
    where image_id = new.id and status in ('queued', 'error');
    perform catalog.record_image_history(new.id, 'demoted');
  end if;
  return null;
end
$$;

revoke execute on function catalog.enqueue_thumbnails() from public;

create or replace trigger enqueue_thumbnails
after insert or update on catalog.product_images
for each row execute function catalog.enqueue_thumbnails();
