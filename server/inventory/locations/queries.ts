import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, utcOf } from "../queries.ts";

export interface LocationRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const columns = sql`
  id, code, name, is_active as "isActive", ${utcOf(sql`created_at`)} as "createdAt", ${utcOf(sql`updated_at`)} as "updatedAt"
`;

/** By code, after the last one seen. */
export async function listLocations(
  tx: Executor,
  isActive: boolean | null,
  after: string | null,
  limit: number,
): Promise<readonly LocationRow[]> {
  const conditions = [
    ...(isActive === null ? [] : [sql`is_active = ${isActive}`]),
    ...(after === null ? [] : [sql`code > ${after}`]),
  ];
  const { rows } = await sql<LocationRow>`
    select ${columns} from inventory.locations where ${all(conditions)} order by code limit ${limit}
  `.execute(tx);
  return rows;
}

export async function findLocation(tx: Executor, id: string): Promise<LocationRow | null> {
  const { rows } = await sql<LocationRow>`
    select ${columns} from inventory.locations where id = ${id}::uuid
  `.execute(tx);
  return rows[0] ?? null;
}

export async function createLocation(tx: Executor, code: string, name: string): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.create_location(${code}, ${name}) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function changeLocation(
  tx: Executor,
  id: string,
  change: {
    readonly code?: string | undefined;
    readonly name?: string | undefined;
    readonly isActive?: boolean | undefined;
  },
): Promise<void> {
  await sql`
    select inventory.change_location(
      ${id}::uuid, ${change.code ?? null}, ${change.name ?? null}, ${change.isActive ?? null}::boolean
    )
  `.execute(tx);
}
