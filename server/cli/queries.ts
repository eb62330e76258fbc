import { sql } from "kysely";
import type { Executor } from "../foundation/database/database.ts";

const ownSchemas = ["platform", "catalog", "inventory", "suppliers", "stories", "operations"];

export async function readServerVersion(db: Executor): Promise<string> {
  const { rows } = await sql<{ readonly version: string }>`
    select current_setting('server_version') as version
  `.execute(db);
  return rows[0]?.version ?? "unknown";
}

/** Our tables whose rows any database user could see. */
export async function listTablesWithoutRowSecurity(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly name: string }>`
    select format('%s.%s', namespace.nspname, class.relname) as name
    from pg_class as class
    join pg_namespace as namespace on namespace.oid = class.relnamespace
    where class.relkind in ('r', 'p')
      and namespace.nspname = any(${ownSchemas}::text[])
      and not class.relrowsecurity
    order by 1
  `.execute(db);
  return rows.map((row) => row.name);
}

/** As whom statements run, and on behalf of which role. */
export async function readSessionRole(tx: Executor): Promise<{ readonly user: string; readonly role: string | null }> {
  const { rows } = await sql<{ readonly user: string; readonly role: string | null }>`
    select current_user::text as "user", platform.caller_role() as role
  `.execute(tx);
  return rows[0] ?? { user: "nobody", role: null };
}
