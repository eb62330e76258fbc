-- Ends a book that cannot be printed, with its reason; an operator is told, since no text should have that effect (nor
-- has one that was only changed meanwhile). Safe to repeat.
create or replace function stories.fail_book(p_book_id uuid, p_code text, p_message text) returns void
language plpgsql
set search_path = ''
as $$
declare
  book stories.books;
begin
  update stories.books
  set state = 'failed', code = p_code, message = left(p_message, 500), finished_at = clock_timestamp()
  where id = p_book_id and state in ('queued', 'printing')
  returning * into book;
  if book.id is null then
    return;
  end if;
  perform stories.announce(book.story_id, 'book_failed', jsonb_build_object(
    'bookId', book.id, 'code', p_code, 'reason', left(p_message, 500)
  ));
  if p_code = 'SUPERSEDED' then
    return;
  end if;
  perform platform.open_incident(
    'story-book-fails', 'story_book_fails', 'warning', 'A story''s book cannot be printed; see the reason.',
    jsonb_build_object('storyId', book.story_id, 'bookId', book.id, 'code', p_code, 'message', left(p_message, 500))
  );
end
$$;

revoke execute on function stories.fail_book(uuid, text, text) from public;
