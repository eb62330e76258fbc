-- Stories: what an adult writes, and the seven descriptions from which its pictures are made.

create schema stories;
grant usage on schema stories to bodega_user;

-- In the order in which they are made. The server's list is checked against this one by a test.
create function stories.image_types() returns text[]
language sql immutable parallel safe
return array['character', 'cover', 'scene_1', 'scene_2', 'scene_3', 'scene_4', 'closing'];

-- Exactly the seven keys, each a text. A text may be empty while somebody writes it; none is then made from it.
create function stories.are_scenes(p_scenes jsonb) returns boolean
language sql immutable strict parallel safe
return jsonb_typeof(p_scenes) = 'object'
  and p_scenes ?& stories.image_types()
  and (p_scenes - stories.image_types()) = '{}'
  and not jsonb_path_exists(p_scenes, '$.* ? (@.type() != "string")')
  and octet_length(p_scenes::text) <= 200000;

create table stories.stories (
  id                uuid        primary key default platform.uuid_v7(),
  title             text        not null check (char_length(btrim(title)) >= 1 and char_length(title) <= 300),
  content           text        not null default '' check (char_length(content) <= 200000),
  language          text        not null default 'es' check (language in ('es', 'en')),
  -- ISO 3166-1 alpha-2: where the story is made; null when nobody said.
  region            text        check (region ~ '^[A-Z]{2}$'),
  author            text        check (char_length(btrim(author)) >= 1 and char_length(author) <= 200),
  -- Null: a story from before there were scenes; they are made when they are needed.
  scenes            jsonb       check (stories.are_scenes(scenes)),
  -- Raised by every change of its own fields; `pictures_revision` by every change of its pictures.
  version           bigint      not null default 1,
  pictures_revision bigint      not null default 0,
  created_by        text        default platform.caller_id() check (char_length(created_by) between 1 and 255),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  search            text        generated always as (
                                  ' ' || catalog.normalize_search(title || ' ' || coalesce(author, ''))
                                ) stored
);

create index stories_by_age on stories.stories (created_at, id);

alter table stories.stories enable row level security;

create policy stories_read on stories.stories for select to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

create policy stories_insert on stories.stories for insert to bodega_user
with check ((select platform.caller_role()) in ('admin', 'sales'));

create policy stories_update on stories.stories for update to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'))
with check ((select platform.caller_role()) in ('admin', 'sales'));

create policy stories_delete on stories.stories for delete to bodega_user
using ((select platform.caller_role()) in ('admin', 'sales'));

grant select, delete on stories.stories to bodega_user;
grant insert (id, title, content, language, region, author, scenes) on stories.stories to bodega_user;
grant update (title, content, language, region, author, scenes) on stories.stories to bodega_user;

revoke execute on function stories.image_types(), stories.are_scenes(jsonb) from public;
grant execute on function stories.image_types(), stories.are_scenes(jsonb) to bodega_user;
