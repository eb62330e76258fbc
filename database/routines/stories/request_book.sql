-- Asks for a story's book. The same fingerprint is the same book: one that is printed or under way is answered as it is,
-- one that failed is printed again. Raises no_data_found when there is no such story.
create or replace function stories.request_book(
  p_story_id uuid, p_format text, p_has_bleed boolean, p_has_crop_marks boolean, p_fingerprint text
) returns stories.books
language plpgsql security definer
set search_path = ''
as $$
declare
  actor text := stories.require_writer();
  book  stories.books;
begin
  perform from stories.stories where id = p_story_id for no key update;
  if not found then
    raise exception 'there is no such story' using errcode = 'no_data_found';
  end if;
  select * into book from stories.books where story_id = p_story_id and fingerprint = p_fingerprint;
  if book.state in ('queued', 'printing', 'done') then
    update stories.books set requested_at = clock_timestamp() where id = book.id returning * into book;
    return book;
  end if;
  insert into stories.books (story_id, format, has_bleed, has_crop_marks, fingerprint, requested_by)
  values (p_story_id, p_format, p_has_bleed, p_has_crop_marks, p_fingerprint, actor)
  on conflict on constraint books_fingerprint_unique do update
  set
    state = 'queued', progress = 0, code = null, message = null, started_at = null, finished_at = null,
    requested_at = clock_timestamp(), requested_by = excluded.requested_by
  returning * into book;
  perform platform.enqueue_job('print-book', jsonb_build_object('bookId', book.id), 'book:' || book.id);
  perform stories.announce(p_story_id, 'book_queued', jsonb_build_object('bookId', book.id, 'format', p_format));
  return book;
end
$$;

revoke execute on function stories.request_book(uuid, text, boolean, boolean, text) from public;
grant execute on function stories.request_book(uuid, text, boolean, boolean, text) to bodega_user;
