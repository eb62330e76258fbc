-- The ledger is append-only, for its owner too: what was wrong is put right by a movement that points to it.
create or replace function inventory.refuse_ledger_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'the ledger is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end
$$;

revoke execute on function inventory.refuse_ledger_change() from public;

create or replace trigger refuse_ledger_change
before update or delete or truncate on inventory.movements
for each statement execute function inventory.refuse_ledger_change();
