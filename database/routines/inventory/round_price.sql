-- A price as its currency is rounded: to multiples of a step, half up, or always up or down. `p_mode` overrules the rule.
create or replace function inventory.round_price(p_price numeric, p_currency text, p_mode text default null)
returns numeric
language sql stable security definer
set search_path = ''
as $$
  select step * case coalesce(p_mode, mode)
    when 'up' then ceil(p_price / step)
    when 'down' then floor(p_price / step)
    else round(p_price / step)
  end
  from (
    select step, mode from inventory.rounding_rules where currency = p_currency
    union all
    select 0.01, 'nearest'
    limit 1
  ) as rule;
$$;

revoke execute on function inventory.round_price(numeric, text, text) from public;
grant execute on function inventory.round_price(numeric, text, text) to bodega_user;
