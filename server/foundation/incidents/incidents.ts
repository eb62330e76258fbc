import { z } from "zod";
import type { Principal } from "../auth/principal.ts";
import type { Database, Executor } from "../database/database.ts";
import { decodeCursor, type Page, pageOf } from "../http/pagination.ts";
import { problems } from "../problem.ts";
import { type Incident, type IncidentState, incidentStates, type NewIncident, type Severity } from "./incident.ts";
import {
  acknowledgeOpenIncident,
  countUnresolvedIncidents,
  deleteOldIncidents,
  openIncident,
  resolveIncidentOfKey,
  resolveUnresolvedIncident,
  selectIncident,
  selectIncidents,
} from "./queries.ts";

const cursorShape = z.tuple([z.uuid()]);

/**
 * What a person must know: opened once per key with its evidence, counted while it repeats, resolved when its cause is
 * gone. Every change of state is an event on the topic `incidents`.
 */
export class Incidents {
  readonly #database: Database;

  constructor(options: { readonly database: Database }) {
    this.#database = options.database;
  }

  /** Opens it in `tx`, or counts the unresolved one of its key once more (the graver severity wins). Answers its id. */
  async open(tx: Executor, incident: NewIncident): Promise<string> {
    return openIncident(tx, incident);
  }

  /** Resolves the one of `key` because its cause is gone; false when none is unresolved. */
  async resolve(tx: Executor, key: string): Promise<boolean> {
    return resolveIncidentOfKey(tx, key);
  }

  /** Newest first; all states unless `states` names some. Throws VALIDATION_FAILED for a cursor that is not ours. */
  async list(
    options: { readonly states?: readonly IncidentState[]; readonly cursor?: string; readonly limit?: number } = {},
  ): Promise<Page<Incident>> {
    const limit = Math.min(Math.max(options.limit ?? 50, 1), 200);
    const [beforeId = null] = decodeCursor(cursorShape, options.cursor) ?? [];
    const states = options.states ?? incidentStates;
    const rows = await selectIncidents(this.#database.db, { states, beforeId, limit: limit + 1 });
    return pageOf(rows, limit, (last) => [last.id]);
  }

  /** How many are open or acknowledged. */
  async countUnresolved(): Promise<Readonly<Record<Severity, number>>> {
    const rows = await countUnresolvedIncidents(this.#database.db);
    const countOf = (severity: Severity) => rows.find((row) => row.severity === severity)?.count ?? 0;
    return { info: countOf("info"), warning: countOf("warning"), critical: countOf("critical") };
  }

  /** Deletes up to `limit` of those that are over for `keepDays`; how many went. */
  async deleteOld(keepDays: number, limit: number): Promise<number> {
    return deleteOldIncidents(this.#database.db, keepDays, limit);
  }

  /** Throws NOT_FOUND. */
  async get(id: string): Promise<Incident> {
    const incident = z.uuid().safeParse(id).success ? await selectIncident(this.#database.db, id) : null;
    if (incident === null) throw problems.NOT_FOUND("There is no such incident.");
    return incident;
  }

  /** A person has seen it; safe to repeat. Throws NOT_FOUND, and CONFLICT when it is resolved already. */
  async acknowledge(id: string, principal: Principal): Promise<Incident> {
    const before = await this.get(id);
    const incident =
      (await acknowledgeOpenIncident(this.#database.db, before.id, principal.userId)) ?? (await this.get(id));
    if (incident.state === "resolved") throw problems.CONFLICT("The incident is resolved already.");
    return incident;
  }

  /** A person says why it is over (1 to 1,000 characters). Throws NOT_FOUND, VALIDATION_FAILED, CONFLICT when it was. */
  async resolveByPerson(id: string, principal: Principal, resolution: string): Promise<Incident> {
    const text = resolution.trim();
    if (text === "" || text.length > 1_000) {
      throw problems.VALIDATION_FAILED({
        detail: "Say in up to 1,000 characters why it is over.",
        errors: [{ path: "resolution", message: "must have 1 to 1,000 characters" }],
      });
    }
    const before = await this.get(id);
    const incident = await resolveUnresolvedIncident(this.#database.db, before.id, principal.userId, text);
    if (incident === null) throw problems.CONFLICT("The incident is resolved already.");
    return incident;
  }
}
