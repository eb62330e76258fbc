-- The answers of a batch, in the order of its requests. One whose key was there already gets that one's answer; when the
-- key's first request is of this very batch and was refused or passed over, so is the repetition, and another request
-- under that key has yet to be tried.
create or replace function inventory.batch_outcomes(
  p_by text[], p_keys text[], p_ids uuid[], p_fingerprints bytea[], p_outcomes text[], p_shorts jsonb[],
  p_started_at timestamptz, p_expires_in integer[]
) returns setof inventory.reservation_outcome
language sql stable
set search_path = ''
as $$
  select
    case
      when p_outcomes[n] <> 'replayed' then p_outcomes[n]
      when first.id is not null and first.fingerprint = p_fingerprints[n] then 'replayed'
      when first.id is not null then 'key_reused'
      when sibling.outcome is not null then sibling.outcome
      else 'deferred'
    end,
    case when p_outcomes[n] = 'created' then p_ids[n] else first.id end,
    case when p_outcomes[n] = 'created' then p_started_at else first.created_at end,
    case
      when p_outcomes[n] = 'created' then p_started_at + inventory.reservation_lifetime(p_expires_in[n])
      else first.first_expires_at
    end,
    first.supersedes,
    coalesce(p_shorts[n], sibling.short)
  from generate_subscripts(p_keys, 1) as n
  left join inventory.reservations as first
    on p_outcomes[n] = 'replayed' and first.created_by = p_by[n] and first.key = p_keys[n]
  left join lateral (
    select p_outcomes[m] as outcome, p_shorts[m] as short
    from generate_subscripts(p_keys, 1) as m
    where p_outcomes[n] = 'replayed' and p_outcomes[m] in ('refused', 'locked')
      and p_by[m] = p_by[n] and p_keys[m] = p_keys[n] and p_fingerprints[m] = p_fingerprints[n]
    limit 1
  ) as sibling on true
  order by n;
$$;

revoke execute on function inventory.batch_outcomes(
  text[], text[], uuid[], bytea[], text[], jsonb[], timestamptz, integer[]
) from public;
