-- Keeps columns and state of a photo in agreement, whoever writes, and refuses steps that the state machine (migration
-- 0012) does not have. Demoted: thumbnails and state are cleared. Promoted, other bytes or thumbnails taken away:
-- `uploaded`, from where `enqueue_thumbnails` gives out the work.
create or replace function catalog.settle_photo_state() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  before text := case when tg_op = 'UPDATE' then old.thumbnail_state end;
  is_wanted boolean := catalog.wants_thumbnails(new.position);
  starts_over boolean;
begin
  if tg_op = 'UPDATE' then
    if new.id <> old.id or new.product_id <> old.product_id then
      raise exception 'a photo stays the same photo of the same product' using errcode = 'restrict_violation';
    end if;
    new.updated_at := now();
  end if;

  if tg_op = 'INSERT' then
    if not is_wanted then
      new.thumbnail_state := 'none';
    elsif new.thumbnail_state = 'none' and new.thumbnails is null and new.thumbnail_url is null then
      new.thumbnail_state := 'uploaded';
    end if;
  else
    starts_over := case
      when not is_wanted then before <> 'none'
      else
        new.thumbnail_state = 'none'
        or (new.thumbnail_state = 'uploaded' and before <> 'uploaded')
        or new.sha256 <> old.sha256
        or (
          new.thumbnail_state = before and before in ('ready', 'partial')
          and (new.thumbnail_signature is null or (new.thumbnails is null and new.thumbnail_url is null))
        )
    end;
    if starts_over then
      new.thumbnail_state := case when is_wanted then 'uploaded' else 'none' end;
      new.thumbnails := null;
      new.thumbnail_url := null;
      new.thumbnail_signature := null;
    elsif new.thumbnail_state = 'ready' and before = 'ready'
      and new.thumbnails ? 'desktop' and not new.thumbnails ?& catalog.thumbnail_variants()
    then
      new.thumbnail_state := 'partial';
    end if;
    if new.sha256 <> old.sha256 then
      new.placeholder := null;
    end if;
  end if;

  if before is distinct from new.thumbnail_state then
    new.state_changed_at := clock_timestamp();
    if before is not null and not (case new.thumbnail_state
      when 'none' then true
      when 'uploaded' then true
      when 'generating' then before <> 'none'
      -- Also from where a worker that was given up comes back with what it made after all.
      when 'ready' then before in ('generating', 'uploaded', 'partial', 'retry_scheduled', 'failed')
      when 'partial' then before in ('generating', 'uploaded', 'retry_scheduled', 'failed', 'ready')
      when 'skipped' then before = 'generating'
      when 'retry_scheduled' then before in ('uploaded', 'generating')
      when 'failed' then before in ('uploaded', 'generating', 'retry_scheduled')
    end) then
      raise exception 'a photo does not go from % to %', before, new.thumbnail_state
        using errcode = 'check_violation', constraint = 'product_images_state_agrees';
    end if;
  end if;
  return new;
end
$$;

revoke execute on function catalog.settle_photo_state() from public;

create or replace trigger settle_photo_state
before insert or update on catalog.product_images
for each row execute function catalog.settle_photo_state();
