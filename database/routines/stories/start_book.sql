-- The book that a worker is to print, now `printing`; null when it is printed, failed for good, or gone.
create or replace function stories.start_book(p_book_id uuid) returns stories.books
language plpgsql
set search_path = ''
as $$
declare
  book stories.books;
begin
  update stories.books
  set state = 'printing', started_at = clock_timestamp(), progress = 0
  where id = p_book_id and state in ('queued', 'printing')
  returning * into book;
  if book.id is not null then
    perform stories.announce(book.story_id, 'book_started', jsonb_build_object('bookId', book.id));
  end if;
  return book;
end
$$;

revoke execute on function stories.start_book(uuid) from public;
