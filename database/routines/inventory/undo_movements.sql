-- Takes a document back by movements of the opposite sign that point to the original ones; a receipt's order gets back
-- what it was waiting for. `p_id`: the document's id, or that of any movement in it. Answers the new document's id. Raises
-- no_data_found, IV008 (undone already, or an undoing itself), IV001, insufficient_privilege.
create or replace function inventory.undo_movements(p_id uuid, p_reason text default null, p_key text default null)
returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  caller       constant text := inventory.require_caller(array['admin', 'warehouse']);
  document constant uuid := platform.uuid_v7();
  original uuid := p_id;
  lines    inventory.movement_line[];
begin
  select document_id into original from inventory.movements where document_id = p_id or id = p_id limit 1;
  if not found then
    raise exception 'there is no such movement' using errcode = 'no_data_found';
  end if;
  -- Undoings of one document come one after the other.
  perform pg_advisory_xact_lock(hashtextextended('inventory.undo ' || original, 0));
  if exists (
    select from inventory.movements as movement
    where movement.document_id = original and (
      movement.undoes is not null
      or exists (select from inventory.movements as undoing where undoing.undoes = movement.id)
    )
  ) then
    perform inventory.refuse('IV008', 'this was undone already, or is an undoing itself');
  end if;
  perform inventory.undo_receipt(original);
  lines := array(
    select row(
      case type when 'transfer_in' then 'transfer_out' when 'transfer_out' then 'transfer_in' else 'adjustment' end,
      product_id, location_id, -delta, null, lot_id, null, null, null, id
    )::inventory.movement_line
    from inventory.movements
    where document_id = original
    order by position
  );
  perform inventory.post_movements(
    row(document, caller, p_reason, null, p_key, null)::inventory.movement_document, lines, 'undone'
  );
  return document;
end
$$;

revoke execute on function inventory.undo_movements(uuid, text, text) from public;
grant execute on function inventory.undo_movements(uuid, text, text) to bodega_user;
