-- Enqueues what `find_missed_main_thumbnails` finds and counts each as missed; answers their ids. One that has used up
-- its attempts without an end is `failed` instead. Safe to run twice at once: a photo that another transaction holds is
-- left for the next sweep.
create or replace function catalog.requeue_missed_main_thumbnails(
  p_older_than interval default '2 minutes', p_limit integer default 500
) returns setof uuid
language plpgsql
set search_path = ''
as $$
declare
  missed uuid;
  image  catalog.product_images;
begin
  for missed in select found.image_id from catalog.find_missed_main_thumbnails(p_older_than, p_limit) as found loop
    select * into image from catalog.lock_photo(missed, p_skip_locked => true);
    continue when image.id is null;
    perform catalog.abandon_thumbnail_job(missed);
    if image.thumbnail_state in ('generating', 'retry_scheduled') and catalog.has_used_up_attempts(missed) then
      perform catalog.mark_thumbnail_job_error(
        missed, 'ATTEMPTS_USED_UP', 'It was tried too often without coming to an end.', p_final => true
      );
      continue;
    end if;
    if image.thumbnail_state = 'none' then
      update catalog.product_images set thumbnail_state = 'uploaded' where id = missed;
    else
      perform catalog.queue_thumbnails(missed, 'MISSED', p_anew => false);
    end if;
    perform catalog.leave_photos_unchanged();
    insert into catalog.thumbnail_outcomes (image_id, outcome) values (missed, 'missed');
    return next missed;
  end loop;
end
$$;

revoke execute on function catalog.requeue_missed_main_thumbnails(interval, integer) from public;
