import { sql } from "kysely";
import type { Executor } from "../database/database.ts";
import type { Role } from "./principal.ts";

export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly supplierId: string | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const userColumns = sql`
  id, email, name, role, supplier_id as "supplierId", disabled_at as "disabledAt",
  created_at as "createdAt", updated_at as "updatedAt"
`;

export async function listUsers(
  db: Executor,
  page: { readonly afterEmail: string | null; readonly limit: number },
): Promise<readonly UserRow[]> {
  const { rows } = await sql<UserRow>`
    select ${userColumns}
    from platform.users
    where ${page.afterEmail}::text is null or email > ${page.afterEmail}
    order by email
    limit ${page.limit}
  `.execute(db);
  return rows;
}

export async function findUser(db: Executor, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from platform.users where id = ${id}
  `.execute(db);
  return rows[0];
}

export async function findUserByEmail(db: Executor, email: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from platform.users where email = ${email}
  `.execute(db);
  return rows[0];
}

export async function lockUser(tx: Executor, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from platform.users where id = ${id} for update
  `.execute(tx);
  return rows[0];
}

/**
 * Locks every admin who can sign in, always in the same order, so that two admins who demote each other at once cannot
 * both go through; gives their ids.
 */
export async function lockActiveAdmins(tx: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from platform.users
    where role = 'admin' and disabled_at is null
    order by id
    for update
  `.execute(tx);
  return rows.map((row) => row.id);
}

export async function insertUser(
  tx: Executor,
  user: {
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    readonly supplierId: string | null;
  },
): Promise<UserRow> {
  const { rows } = await sql<UserRow>`
    insert into platform.users (email, name, role, supplier_id)
    values (${user.email}, ${user.name}, ${user.role}, ${user.supplierId})
    returning ${userColumns}
  `.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error("the user was not inserted");
  return row;
}

export async function updateUser(
  tx: Executor,
  user: Pick<UserRow, "id" | "name" | "role" | "supplierId" | "disabledAt">,
): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    update platform.users
    set name = ${user.name}, role = ${user.role}, supplier_id = ${user.supplierId}, disabled_at = ${user.disabledAt}
    where id = ${user.id}
    returning ${userColumns}
  `.execute(tx);
  return rows[0];
}

export async function deleteUser(tx: Executor, id: string): Promise<void> {
  await sql`delete from platform.users where id = ${id}`.execute(tx);
}

/** The password of better-auth's provider `credential`: one a user, replaced when there is one. */
export async function putPassword(tx: Executor, userId: string, passwordHash: string): Promise<void> {
  await sql`
    insert into platform.accounts (user_id, provider_id, account_id, password)
    values (${userId}, 'credential', ${userId}::text, ${passwordHash})
    on conflict (provider_id, account_id) do update
    set password = excluded.password, updated_at = now()
  `.execute(tx);
}

export async function findPasswordHash(db: Executor, userId: string): Promise<string | null> {
  const { rows } = await sql<{ readonly password: string | null }>`
    select password from platform.accounts where provider_id = 'credential' and account_id = ${userId}
  `.execute(db);
  return rows[0]?.password ?? null;
}

/**
 * What a token is made of, read in one statement: the session still there, the user not disabled, and the epoch that
 * goes with both. Nothing can be revoked in between.
 */
export async function findTokenClaims(
  db: Executor,
  sessionId: string,
): Promise<(Pick<UserRow, "id" | "email" | "role" | "supplierId"> & { readonly epoch: number }) | undefined> {
  const { rows } = await sql<Pick<UserRow, "id" | "email" | "role" | "supplierId"> & { readonly epoch: number }>`
    select u.id, u.email, u.role, u.supplier_id as "supplierId", coalesce(e.epoch, 0)::int as epoch
    from platform.sessions as s
    join platform.users as u on u.id = s.user_id
    left join platform.session_epochs as e on e.user_id = u.id::text
    where s.id = ${sessionId} and s.expires_at > now() and u.disabled_at is null
  `.execute(db);
  return rows[0];
}

export interface SessionEpoch {
  readonly epoch: number;
  readonly revokedBefore: Date | null;
}

export async function findSessionEpoch(db: Executor, userId: string): Promise<SessionEpoch> {
  const { rows } = await sql<SessionEpoch>`
    select epoch::int as epoch, revoked_before as "revokedBefore"
    from platform.session_epochs
    where user_id = ${userId}
  `.execute(db);
  return rows[0] ?? { epoch: 0, revokedBefore: null };
}

/** Every token and session of the user up to now is good no more. */
export async function revokeSessions(tx: Executor, userId: string): Promise<void> {
  await sql`
    with raised as (
      insert into platform.session_epochs (user_id, epoch, revoked_before)
      values (${userId}, 1, clock_timestamp())
      on conflict (user_id) do update
      set epoch = session_epochs.epoch + 1, revoked_before = clock_timestamp()
    )
    delete from platform.sessions where user_id::text = ${userId}
  `.execute(tx);
}

export interface SigningKeyRow {
  readonly id: string;
  readonly publicKey: string;
  readonly alg: string | null;
}

/** The keys whose tokens may still be around: a replaced key counts for 30 days more. */
export async function listSigningKeys(db: Executor): Promise<readonly SigningKeyRow[]> {
  const { rows } = await sql<SigningKeyRow>`
    select id, public_key as "publicKey", alg
    from platform.jwks
    where expires_at is null or expires_at > now() - interval '30 days'
    order by created_at desc
    limit 20
  `.execute(db);
  return rows;
}

/** Held until the transaction ends; replicas that start at once pass one by one. */
export async function lockFirstStart(tx: Executor): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bodega identity first start', 0))`.execute(tx);
}

export async function hasAnyUser(db: Executor): Promise<boolean> {
  const { rows } = await sql<{ readonly found: boolean }>`
    select exists (select from platform.users) as found
  `.execute(db);
  return rows[0]?.found ?? false;
}

/** For retention: sessions long over; gives how many. */
export async function deleteExpiredSessions(db: Executor, limit: number): Promise<number> {
  const result = await sql`
    delete from platform.sessions
    where id in (select id from platform.sessions where expires_at < now() limit ${limit})
  `.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
