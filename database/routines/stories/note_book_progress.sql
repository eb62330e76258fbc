-- How far the printing has come, for whoever watches; never backwards.
create or replace function stories.note_book_progress(p_book_id uuid, p_progress real) returns void
language plpgsql
set search_path = ''
as $$
declare
  book stories.books;
begin
  update stories.books
  set progress = p_progress
  where id = p_book_id and state = 'printing' and progress < p_progress
  returning * into book;
  if book.id is not null then
    perform stories.announce(book.story_id, 'book_progress', jsonb_build_object(
      'bookId', book.id, 'progress', round(book.progress::numeric, 2)
    ));
  end if;
end
$$;

revoke execute on function stories.note_book_progress(uuid, real) from public;
