-- What every schema stands on: the role of user requests, who the caller is, time-ordered ids.

create schema platform;
create schema catalog;
create schema operations;

-- Roles belong to the whole server, so another database of the same server may have made it already.
do $$
begin
  create role bodega_user nologin noinherit;
exception
  when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
  execute format('grant bodega_user to %I', current_user);
end
$$;

grant usage on schema platform, catalog to bodega_user;

-- RFC 9562 §5.7: 48 bits of milliseconds, then version 7, variant 2 and random bits of a v4.
create function platform.uuid_v7() returns uuid
language sql volatile parallel safe
return encode(
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ),
      52, 1
    ),
    53, 1
  ),
  'hex'
)::uuid;

-- Claims are those of PostgREST and Supabase: `request.jwt.claims`. A role of Supabase's own (`authenticated`) in `role`
-- is not one of ours, so `app_metadata.role` (which users cannot write) is looked at first.
create function platform.caller_claims() returns jsonb
language sql stable parallel safe
return nullif(current_setting('request.jwt.claims', true), '')::jsonb;

create function platform.caller_id() returns text
language sql stable parallel safe
return platform.caller_claims() ->> 'sub';

create function platform.caller_role() returns text
language sql stable parallel safe
return (
  select role
  from (select coalesce(claims #>> '{app_metadata,role}', claims ->> 'role') as role
        from (select platform.caller_claims() as claims) as caller) as named
  where role in ('admin', 'warehouse', 'sales', 'supplier')
);

create function platform.caller_supplier_id() returns uuid
language sql stable parallel safe
return (
  select coalesce(claims #>> '{app_metadata,supplier_id}', claims ->> 'supplier_id')::uuid
  from (select platform.caller_claims() as claims) as caller
  where platform.caller_role() = 'supplier'
);

-- The W3C trace that the transaction belongs to (set when it begins), or null.
create function platform.trace_id() returns text
language sql stable parallel safe
return substring(current_setting('bodega.traceparent', true) from '^00-([0-9a-f]{32})-');

create function platform.touch_updated_at() returns trigger
language plpgsql
as $$
begin
  new.updated_at := now();
  return new;
end
$$;

-- graphile-worker leaves its own list of migrations open; its owner is not bound by this.
alter table graphile_worker.migrations enable row level security;

-- Functions are everybody's to execute when they are made. Each is taken back, and granted where it is meant.
revoke execute on all functions in schema platform from public;
grant execute on function
  platform.uuid_v7(), platform.caller_claims(), platform.caller_id(), platform.caller_role(),
  platform.caller_supplier_id(), platform.trace_id(), platform.touch_updated_at()
to bodega_user;
