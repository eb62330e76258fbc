import { sql } from "kysely";
import pg from "pg";
import type { Executor } from "../database/database.ts";
import type { Audience } from "./audience.ts";
import type { EventRecord, NewEvent } from "./event-record.ts";

/** Where the stream stands: the last numbered event, and the first that is still kept. */
export interface StreamExtent {
  readonly lastPosition: number;
  readonly firstKept: number;
}

export async function publishEvent(tx: Executor, event: NewEvent): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select platform.publish_event(
      ${event.topic}, ${event.supplierId}::uuid, ${JSON.stringify(event.payload)}::jsonb
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

/** Numbers committed events; how many it numbered. */
export async function sequenceEvents(db: Executor, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly sequenced: number }>`
    select platform.sequence_events(${limit}::integer) as sequenced
  `.execute(db);
  return rows[0]?.sequenced ?? 0;
}

export async function selectEventsAfter(
  db: Executor,
  position: number,
  limit: number,
): Promise<readonly EventRecord[]> {
  const { rows } = await sql<EventRecord>`
    select
      id, position::float8 as position, topic, supplier_id as "supplierId", payload, trace_id as "traceId",
      created_at as at
    from platform.events
    where position > ${position}::bigint
    order by events.position
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Those in `after < position <= upTo` that `audience` may see. Positions are gapless, so the window bounds the work. */
export async function selectEventsFor(
  db: Executor,
  audience: Audience,
  window: { readonly after: number; readonly upTo: number },
): Promise<readonly EventRecord[]> {
  const { rows } = await sql<EventRecord>`
    select
      id, position::float8 as position, topic, supplier_id as "supplierId", payload, trace_id as "traceId",
      created_at as at
    from platform.events
    where position > ${window.after}::bigint
      and position <= ${window.upTo}::bigint
      and (
        topic = any(${[...audience.topics]}::text[])
        or (supplier_id = ${audience.supplierId}::uuid and topic = any(${[...audience.ownTopics]}::text[]))
      )
    order by events.position
  `.execute(db);
  return rows;
}

export async function selectStreamExtent(db: Executor): Promise<StreamExtent> {
  const { rows } = await sql<StreamExtent>`
    select last_position::float8 as "lastPosition", first_kept::float8 as "firstKept" from platform.event_stream
  `.execute(db);
  return rows[0] ?? { lastPosition: 0, firstKept: 1 };
}

/** Deletes up to `limit` of the oldest events from before `before`; how many went. */
export async function deleteExpiredEvents(db: Executor, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ readonly expired: number }>`
    select platform.expire_events(${before}::timestamptz, ${limit}::integer) as expired
  `.execute(db);
  return rows[0]?.expired ?? 0;
}

/** Subscribes a session to a channel of NOTIFY. */
export async function listen(client: pg.Client, channel: string): Promise<void> {
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
}
