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
    select coalesce(own.step, 0.01) as step, coalesce(own.mode, 'nearest') as mode
    from (select) as always
    left join inventory.rounding_rules as own on own.currency = p_currency
  ) as rule;
$$;

revoke execute on function inventory.round_price(numeric, text, text) from public;
grant execute on function inventory.round_price(numeric, text, text) to bodega_user;
