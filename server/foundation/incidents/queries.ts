import { sql } from "kysely";
import type { Executor } from "../database/database.ts";
import type { Incident, IncidentState, NewIncident, Severity } from "./incident.ts";

const columns = sql`
  id, key, kind, severity, title, state, evidence, count, trace_id as "traceId", opened_at as "openedAt",
  last_seen_at as "lastSeenAt", acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy",
  resolved_at as "resolvedAt", resolved_by as "resolvedBy", resolution
`;

export async function openIncident(tx: Executor, incident: NewIncident): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select platform.open_incident(
      ${incident.key}, ${incident.kind}, ${incident.severity}, ${incident.title},
      ${JSON.stringify(incident.evidence)}::jsonb
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function resolveIncidentOfKey(tx: Executor, key: string): Promise<boolean> {
  const { rows } = await sql<{ readonly resolved: boolean }>`
    select platform.resolve_incident(${key}) as resolved
  `.execute(tx);
  return rows[0]?.resolved ?? false;
}

/** Newest first; ids are time-ordered, so they are the keyset. */
export async function selectIncidents(
  db: Executor,
  filter: { readonly states: readonly IncidentState[]; readonly beforeId: string | null; readonly limit: number },
): Promise<readonly Incident[]> {
  const { rows } = await sql<Incident>`
    select ${columns}
    from platform.incidents
    where state = any(${[...filter.states]}::text[])
      and (${filter.beforeId}::uuid is null or id < ${filter.beforeId}::uuid)
    order by id desc
    limit ${filter.limit}
  `.execute(db);
  return rows;
}

export async function selectIncident(db: Executor, id: string): Promise<Incident | null> {
  const { rows } = await sql<Incident>`
    select ${columns} from platform.incidents where id = ${id}::uuid
  `.execute(db);
  return rows[0] ?? null;
}

/** Null when it is not open (any more). */
export async function acknowledgeOpenIncident(db: Executor, id: string, userId: string): Promise<Incident | null> {
  const { rows } = await sql<Incident>`
    update platform.incidents
    set state = 'acknowledged', acknowledged_at = clock_timestamp(), acknowledged_by = ${userId}
    where id = ${id}::uuid and state = 'open'
    returning ${columns}
  `.execute(db);
  return rows[0] ?? null;
}

/** Null when it is resolved already or does not exist. */
export async function resolveUnresolvedIncident(
  db: Executor,
  id: string,
  userId: string,
  resolution: string,
): Promise<Incident | null> {
  const { rows } = await sql<Incident>`
    update platform.incidents
    set state = 'resolved', resolved_at = clock_timestamp(), resolved_by = ${userId}, resolution = ${resolution}
    where id = ${id}::uuid and state <> 'resolved'
    returning ${columns}
  `.execute(db);
  return rows[0] ?? null;
}

export interface IncidentCountRow {
  readonly severity: Severity;
  readonly count: number;
}

/** Of those that are open or acknowledged. */
export async function countUnresolvedIncidents(db: Executor): Promise<readonly IncidentCountRow[]> {
  const { rows } = await sql<IncidentCountRow>`
    select severity, count(*)::int as count from platform.incidents where state <> 'resolved' group by severity
  `.execute(db);
  return rows;
}

/** For retention: incidents that are over for longer; gives how many went. */
export async function deleteOldIncidents(db: Executor, keepDays: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.incidents
    where id in (
      select id from platform.incidents
      where state = 'resolved' and resolved_at < now() - ${keepDays} * interval '1 day'
      limit ${limit}
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}
