-- Where a sweep that goes over everything in slices went on to, so that the next run, of any process, goes on from there.

create table platform.audit_checkpoints (
  audit      text        primary key,
  -- What the sweep saw last, in its own order; null: it begins anew.
  position   text,
  rounds     bigint      not null default 0,
  updated_at timestamptz not null default now()
);

alter table platform.audit_checkpoints enable row level security;
