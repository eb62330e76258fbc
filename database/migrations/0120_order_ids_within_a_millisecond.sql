-- Ids tell the order in which they were made also within a millisecond: the twelve bits after the version are the rest of
-- the clock (RFC 9562, §6.2, method 3), as `uuidv7()` of PostgreSQL 18 has them. A ledger that is read by id then never
-- shows two lines of one act the wrong way round. Ids made before stay as they are, and stay before all new ones.
do $$
begin
  if current_setting('server_version_num')::integer >= 180000 then
    create or replace function platform.uuid_v7() returns uuid
    language sql volatile parallel safe
    return uuidv7();
  else
    create or replace function platform.uuid_v7() returns uuid
    language sql volatile parallel safe
    return (
      select encode(
        overlay(
          uuid_send(gen_random_uuid())
          -- 48 bits of milliseconds; the version, 7, with 12 bits of what is left of the clock.
          placing substring(int8send(micros / 1000) from 3)
            || substring(int8send(28672 + (micros % 1000) * 4096 / 1000) from 7)
          from 1 for 8
        ),
        'hex'
      )::uuid
      from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros) as clock
    );
  end if;
end
$$;
