-- A partial photo is generated again, not waited for: after 2, 4, 8, … seconds, at most 5 minutes. With its attempts
-- used up it stays partial, and says why.
create or replace function catalog.retry_partial_thumbnails(p_job catalog.thumbnail_jobs) returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_job.attempts >= catalog.thumbnail_attempts_max() then
    update catalog.thumbnail_jobs
    set status = 'error', last_error = 'Some sizes could not be made, however often it was tried.'
    where image_id = p_job.image_id;
  else
    perform catalog.queue_thumbnails(
      p_job.image_id, 'VARIANT_FAILED',
      p_run_at => clock_timestamp() + make_interval(secs => least(2 ^ p_job.attempts, 300)),
      p_anew => false
    );
  end if;
end
$$;

revoke execute on function catalog.retry_partial_thumbnails(catalog.thumbnail_jobs) from public;
