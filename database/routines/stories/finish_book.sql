-- Records a printed book, whose object is in the store. Of the same story and format the books of other texts or
-- pictures give way, a day later than now, when no address of theirs is good any more. False when it is not awaited.
create or replace function stories.finish_book(
  p_book_id uuid, p_object_key text, p_size_bytes bigint, p_page_count integer, p_notes jsonb
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  book    stories.books;
  surplus text[];
begin
  update stories.books
  set
    state = 'done', progress = 1, object_key = p_object_key, size_bytes = p_size_bytes, page_count = p_page_count,
    notes = p_notes, code = null, message = null, finished_at = clock_timestamp()
  where id = p_book_id and state = 'printing'
  returning * into book;
  if book.id is null then
    return false;
  end if;
  with older as (
    delete from stories.books
    where story_id = book.story_id and format = book.format and has_bleed = book.has_bleed
      and has_crop_marks = book.has_crop_marks and fingerprint <> book.fingerprint and state in ('done', 'failed')
    returning object_key
  )
  select array_agg(object_key) into surplus from older where object_key is not null;
  perform stories.enqueue_purge(surplus, interval '1 day');
  perform stories.announce(book.story_id, 'book_done', jsonb_build_object(
    'bookId', book.id, 'format', book.format, 'pageCount', book.page_count, 'notes', jsonb_array_length(book.notes),
    'durationMs', round(extract(epoch from book.finished_at - book.started_at) * 1000)
  ));
  perform platform.resolve_incident('story-book-fails');
  return true;
end
$$;

revoke execute on function stories.finish_book(uuid, text, bigint, integer, jsonb) from public;
