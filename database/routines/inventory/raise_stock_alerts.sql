-- Brings tasks, incidents and the topic `stock` to what `find_stock_alerts` finds: a task a cause, closed when its cause
-- has gone; an incident a kind while there is any of it. Answers how many there are of each kind, and what became of
-- tasks.
create or replace function inventory.raise_stock_alerts(p_days integer) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  found_alerts jsonb;
  alert_kind   text;
  number       integer;
  opened       integer;
  closed       integer;
  counts       jsonb := '{}';
begin
  select coalesce(jsonb_agg(alert), '[]') into found_alerts from inventory.find_stock_alerts(p_days) as alert;

  update inventory.tasks
  set state = 'done', closed_at = now(), closed_by = 'bodega'
  where state = 'open' and kind in ('low', 'out', 'expiring')
    and cause not in (select alert ->> 'cause' from jsonb_array_elements(found_alerts) as alert)
    -- A full list may not name all there are.
    and jsonb_array_length(found_alerts) < 500;
  get diagnostics closed = row_count;
  insert into inventory.tasks (kind, title, product_id, due_at, cause, created_by)
  select kind, title, product_id, due_on::timestamp at time zone clock.time_zone, cause, 'bodega'
  from jsonb_to_recordset(found_alerts) as alert (kind text, title text, product_id uuid, due_on date, cause text),
    inventory.shop_clock as clock
  on conflict (cause) where state = 'open' and cause is not null do update
  set kind = excluded.kind, title = excluded.title
  where tasks.kind <> excluded.kind;
  get diagnostics opened = row_count;

  foreach alert_kind in array array['low', 'out', 'expiring'] loop
    select count(*) into number
    from jsonb_array_elements(found_alerts) as alert where alert ->> 'kind' = alert_kind;
    counts := counts || jsonb_build_object(alert_kind, number);
    if number = 0 then
      perform platform.resolve_incident('stock:' || alert_kind);
    else
      perform platform.open_incident(
        'stock:' || alert_kind, 'stock_' || alert_kind, case alert_kind when 'out' then 'warning' else 'info' end,
        case alert_kind
          when 'low' then number || ' products are at or below their reorder point'
          when 'out' then number || ' products are out of stock'
          else number || ' lots expire within ' || p_days || ' days or have expired'
        end,
        jsonb_build_object('count', number, 'first', (
          select jsonb_agg(alert - 'cause')
          from (
            select alert from jsonb_array_elements(found_alerts) with ordinality as listed (alert, place)
            where alert ->> 'kind' = alert_kind order by place limit 20
          ) as first
        ))
      );
    end if;
  end loop;
  if opened > 0 then
    perform platform.publish_event('stock', null, counts || jsonb_build_object('phase', 'alert', 'at', now()));
  end if;
  return counts || jsonb_build_object('tasksOpened', opened, 'tasksClosed', closed);
end
$$;

revoke execute on function inventory.raise_stock_alerts(integer) from public;
