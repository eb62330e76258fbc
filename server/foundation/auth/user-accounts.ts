import { hashPassword, verifyPassword } from "better-auth/crypto";
import { type Executor, violatedConstraint } from "../database/database.ts";
import { problems } from "../problem.ts";
import type { Role } from "./principal.ts";
import {
  deleteUser,
  findPasswordHash,
  insertUser,
  lockActiveAdmins,
  lockUser,
  putPassword,
  revokeSessions,
  type UserRow,
  updateUser,
} from "./queries.ts";

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly supplierId: string | null;
  /** Of `hashNewPassword`, made before the transaction begins: it takes some 50 ms of CPU by design. */
  readonly passwordHash: string;
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly supplierId?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}

/** scrypt (N 16384, r 16) with a salt of its own, as better-auth verifies it. */
export const hashNewPassword = (password: string): Promise<string> => hashPassword(password);

/** Throws `CONFLICT` when the address is taken, `VALIDATION_FAILED` when role and supplier do not go together. */
export async function addUser(tx: Executor, user: NewUser): Promise<UserRow> {
  requireSupplierOfRole(user.role, user.supplierId);
  const email = user.email.toLowerCase();
  try {
    const row = await insertUser(tx, { ...user, email });
    await putPassword(tx, row.id, user.passwordHash);
    return row;
  } catch (error) {
    if (violatedConstraint(error) !== "users_email_unique") throw error;
    throw problems.CONFLICT({ detail: "Somebody has this e-mail address already.", cause: error });
  }
}

/**
 * Changes a user. A change of what they may do, or of their password, ends their sessions and tokens: call
 * `epochs.forget(id)` after the commit. Throws `NOT_FOUND`; `CONFLICT` when no admin would be left.
 */
export async function changeUser(tx: Executor, id: string, change: UserChange): Promise<UserRow> {
  const admins = await lockActiveAdmins(tx);
  const present = await lockUser(tx, id);
  if (present === undefined) throw problems.NOT_FOUND("There is no such user.");
  const next = applied(present, change);
  requireSupplierOfRole(next.role, next.supplierId);
  if (next.role !== "admin" || next.disabledAt !== null) requireOtherAdmin(admins, id);
  const row = await updateUser(tx, next);
  if (row === undefined) throw problems.NOT_FOUND("There is no such user.");
  if (change.passwordHash !== undefined) await putPassword(tx, id, change.passwordHash);
  const mayDifferently =
    next.role !== present.role ||
    next.supplierId !== present.supplierId ||
    (next.disabledAt === null) !== (present.disabledAt === null);
  if (mayDifferently || change.passwordHash !== undefined) await revokeSessions(tx, id);
  return row;
}

/** Removes a user with their sessions. Throws as `changeUser`. */
export async function removeUser(tx: Executor, id: string): Promise<void> {
  const admins = await lockActiveAdmins(tx);
  if ((await lockUser(tx, id)) === undefined) throw problems.NOT_FOUND("There is no such user.");
  requireOtherAdmin(admins, id);
  await revokeSessions(tx, id);
  await deleteUser(tx, id);
}

/** Whether `password` is the user's; false for who has none. */
export async function isPasswordOf(db: Executor, userId: string, password: string): Promise<boolean> {
  const hash = await findPasswordHash(db, userId);
  return hash !== null && (await verifyPassword({ hash, password }));
}

function applied(present: UserRow, change: UserChange): UserRow {
  const role = change.role ?? present.role;
  const supplierId = change.supplierId === undefined ? present.supplierId : change.supplierId;
  const disabled = change.disabled ?? present.disabledAt !== null;
  return {
    ...present,
    name: change.name ?? present.name,
    role,
    // Who stops being a supplier's seller needs not be told to drop the supplier as well.
    supplierId: role === "supplier" || change.supplierId !== undefined ? supplierId : null,
    disabledAt: disabled ? (present.disabledAt ?? new Date()) : null,
  };
}

function requireSupplierOfRole(role: Role, supplierId: string | null): void {
  if ((role === "supplier") === (supplierId !== null)) return;
  const message = role === "supplier" ? "is needed for the role supplier" : "is for the role supplier alone";
  throw problems.VALIDATION_FAILED({ detail: `supplierId ${message}.`, errors: [{ path: "supplierId", message }] });
}

/** Without an admin nobody could ever make one again. */
function requireOtherAdmin(activeAdminIds: readonly string[], id: string): void {
  if (activeAdminIds.includes(id) && activeAdminIds.length === 1) {
    throw problems.CONFLICT("This is the last administrator; make another one first.");
  }
}
