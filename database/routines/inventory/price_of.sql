-- Cost plus margin (in per cent of the cost), rounded; up, where rounding would take it below the minimum.
create or replace function inventory.price_of(
  p_cost numeric, p_margin_percent numeric, p_minimum_percent numeric, p_currency text
) returns numeric
language sql stable
set search_path = ''
as $$
  select case
    when rounded < p_cost * (1 + p_minimum_percent / 100)
    then inventory.round_price(p_cost * (1 + p_margin_percent / 100), p_currency, 'up')
    else rounded
  end
  from (select inventory.round_price(p_cost * (1 + p_margin_percent / 100), p_currency) as rounded) as price;
$$;

revoke execute on function inventory.price_of(numeric, numeric, numeric, text) from public;
grant execute on function inventory.price_of(numeric, numeric, numeric, text) to bodega_user;
