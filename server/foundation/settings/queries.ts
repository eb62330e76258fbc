import { sql } from "kysely";
import type { Executor } from "../database/database.ts";
import type { SettingDefinition } from "../module.ts";

export interface StoredSetting {
  readonly key: string;
  readonly value: unknown;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

export interface SettingChange {
  readonly id: string;
  readonly key: string;
  /** Undefined in JSON terms: null when it was not set before. */
  readonly oldValue: unknown;
  /** Null when the setting was removed. */
  readonly newValue: unknown;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export async function selectSettings(db: Executor): Promise<readonly StoredSetting[]> {
  const { rows } = await sql<StoredSetting>`
    select key, value, updated_at as "updatedAt", updated_by as "updatedBy" from platform.app_settings order by key
  `.execute(db);
  return rows;
}

export async function setAppSetting(tx: Executor, key: string, value: unknown, actor: string): Promise<void> {
  await sql`select platform.set_app_setting(${key}, ${JSON.stringify(value)}::jsonb, ${actor})`.execute(tx);
}

/** Newest first, of one key. */
export async function selectSettingHistory(
  db: Executor,
  key: string,
  page: { readonly beforeId: string | null; readonly limit: number },
): Promise<readonly SettingChange[]> {
  const { rows } = await sql<SettingChange>`
    select
      id, key, old_value as "oldValue", new_value as "newValue", changed_by as "changedBy", changed_at as "changedAt"
    from platform.app_setting_history
    where key = ${key}
      and (${page.beforeId}::bigint is null or id < ${page.beforeId}::bigint)
    order by app_setting_history.id desc
    limit ${page.limit}
  `.execute(db);
  return rows;
}

/**
 * What the code declares; a fallback may be null, which the record set gives as no value at all. Those of a newer or older
 * process stay: both may run at once during an update.
 */
export async function upsertSettingDefinitions(db: Executor, definitions: readonly SettingDefinition[]): Promise<void> {
  const declared = definitions.map(({ key, description, isPublic, fallback }) => ({
    key,
    description,
    is_public: isPublic,
    fallback,
  }));
  await sql`
    insert into platform.app_setting_definitions as known (key, description, is_public, fallback)
    select key, description, is_public, coalesce(fallback, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(declared)}::jsonb)
      as declared (key text, description text, is_public boolean, fallback jsonb)
    order by key
    on conflict (key) do update
    set
      description = excluded.description,
      is_public = excluded.is_public,
      fallback = excluded.fallback,
      updated_at = now()
    where (known.description, known.is_public, known.fallback)
      is distinct from (excluded.description, excluded.is_public, excluded.fallback)
  `.execute(db);
}
