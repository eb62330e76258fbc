import { z } from "zod";
import type { Principal } from "../auth/principal.ts";
import type { Database } from "../database/database.ts";
import { decodeCursor, type Page, pageOf } from "../http/pagination.ts";
import type { Incidents } from "../incidents/incidents.ts";
import type { SettingDefinition } from "../module.ts";
import { problems } from "../problem.ts";
import type { Logger } from "../telemetry/logger.ts";
import {
  type SettingChange,
  type StoredSetting,
  selectSettingHistory,
  setAppSetting,
  upsertSettingDefinitions,
} from "./queries.ts";
import { SettingsSnapshot } from "./settings-snapshot.ts";

export interface SettingsOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly incidents: Incidents;
  /** Tells at once that another process changed something; without it changes are seen within two seconds. */
  readonly notifications?: { on(channel: string, handler: () => void): void };
}

/** One setting as an operator sees it. */
export interface SettingView {
  readonly key: string;
  readonly description: string;
  /** What holds now: the stored value, or the fallback when there is none or it is not valid. */
  readonly value: unknown;
  readonly fallback: unknown;
  readonly isPublic: boolean;
  readonly isSet: boolean;
  readonly isValid: boolean;
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
}

const cursorShape = z.tuple([z.string().regex(/^\d{1,19}$/)]);

/** What an operator changes while the shop works. Every instance sees a change within five seconds. */
export class Settings {
  readonly #options: SettingsOptions;
  readonly #snapshot: SettingsSnapshot;
  readonly #definitions = new Map<string, SettingDefinition>();
  /** Stored values that were found not to be valid, by key, so that each is told once. */
  readonly #reported = new Map<string, string>();

  constructor(options: SettingsOptions) {
    this.#options = options;
    this.#snapshot = new SettingsSnapshot(options);
    options.notifications?.on("bodega_settings", () => this.#snapshot.expire());
  }

  /**
   * Makes definitions known to `list`, `set` and, in the database, to `platform.app_settings_public`. Throws when a key is
   * declared twice or a fallback does not fit its own schema: both are mistakes in the code.
   */
  async register(definitions: readonly SettingDefinition[]): Promise<void> {
    for (const definition of definitions) {
      if (this.#definitions.has(definition.key)) throw new Error(`the setting ${definition.key} is declared twice`);
      definition.schema.parse(definition.fallback);
      this.#definitions.set(definition.key, definition);
    }
    await upsertSettingDefinitions(this.#options.database.db, definitions);
  }

  /** The definition of a key that somebody typed. Throws NOT_FOUND. */
  definition(key: string): SettingDefinition {
    const definition = this.#definitions.get(key);
    if (definition === undefined) throw problems.NOT_FOUND("There is no such setting.");
    return definition;
  }

  /**
   * What holds now. A stored value that does not fit (it was written by hand, or by another version) is told as an
   * incident, and the fallback holds instead. While PostgreSQL is away the last known value goes on holding.
   */
  async get<T>(definition: SettingDefinition<T>): Promise<T> {
    const stored = (await this.#snapshot.read()).get(definition.key);
    if (stored === undefined) return definition.fallback;
    const parsed = definition.schema.safeParse(stored.value);
    if (parsed.success) {
      if (this.#reported.delete(definition.key)) await this.#resolveInvalid(definition.key);
      return parsed.data;
    }
    await this.#reportInvalid(definition.key, stored, z.prettifyError(parsed.error));
    return definition.fallback;
  }

  /** Sets and tells all instances. Throws NOT_FOUND for an undeclared key, VALIDATION_FAILED for a value that does not fit. */
  async set<T>(definition: SettingDefinition<T>, value: T, principal: Principal): Promise<void> {
    const { key, schema } = this.definition(definition.key);
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      throw problems.VALIDATION_FAILED({
        detail: `The value does not fit the setting ${key}.`,
        errors: parsed.error.issues.map((issue) => ({
          path: ["value", ...issue.path.map(String)].join("."),
          message: issue.message,
        })),
      });
    }
    await this.#options.database.transaction(async (tx) => {
      await setAppSetting(tx, key, parsed.data, principal.userId);
      await this.#options.incidents.resolve(tx, incidentKey(key));
    });
    this.#reported.delete(key);
    this.#snapshot.expire();
  }

  /** Every declared setting, by key. */
  async list(): Promise<readonly SettingView[]> {
    const stored = await this.#snapshot.read();
    const definitions = [...this.#definitions.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    return definitions.map((definition) => viewOf(definition, stored.get(definition.key)));
  }

  /** Who changed it when, from what to what; newest first. Throws NOT_FOUND for an undeclared key. */
  async history(
    key: string,
    options: { readonly cursor?: string; readonly limit?: number } = {},
  ): Promise<Page<SettingChange>> {
    const limit = Math.min(Math.max(options.limit ?? 50, 1), 200);
    const [beforeId = null] = decodeCursor(cursorShape, options.cursor) ?? [];
    const page = { beforeId, limit: limit + 1 };
    const rows = await selectSettingHistory(this.#options.database.db, this.definition(key).key, page);
    return pageOf(rows, limit, (last) => [last.id]);
  }

  async #reportInvalid(key: string, stored: StoredSetting, reason: string): Promise<void> {
    const version = stored.updatedAt.toISOString();
    if (this.#reported.get(key) === version) return;
    this.#reported.set(key, version);
    this.#options.log.warn({ key, reason }, "a stored setting does not fit; its fallback holds");
    await this.#tell(key, () =>
      this.#options.incidents.open(this.#options.database.db, {
        key: incidentKey(key),
        kind: "invalid_setting",
        severity: "warning",
        title: `The stored value of ${key} does not fit; its fallback holds.`,
        evidence: { key, value: stored.value, reason, updatedBy: stored.updatedBy },
      }),
    );
  }

  async #resolveInvalid(key: string): Promise<void> {
    await this.#tell(key, () => this.#options.incidents.resolve(this.#options.database.db, incidentKey(key)));
  }

  /** Reading a setting goes on even when its incident cannot be written; it is tried again at the next read. */
  async #tell(key: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#reported.set(key, "untold");
      this.#options.log.warn({ error, key }, "the incident of a setting cannot be written");
    }
  }
}

const incidentKey = (key: string): string => `setting:${key}`;

function viewOf(definition: SettingDefinition, stored: StoredSetting | undefined): SettingView {
  const parsed = stored && definition.schema.safeParse(stored.value);
  return {
    key: definition.key,
    description: definition.description,
    value: parsed?.success ? parsed.data : definition.fallback,
    fallback: definition.fallback,
    isPublic: definition.isPublic,
    isSet: stored !== undefined,
    isValid: parsed?.success ?? true,
    updatedAt: stored?.updatedAt ?? null,
    updatedBy: stored?.updatedBy ?? null,
  };
}
