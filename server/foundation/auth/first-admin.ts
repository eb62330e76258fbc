import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Foundation } from "../foundation.ts";
import { createOwnerOnly } from "./owner-only-file.ts";
import { hasAnyUser, lockFirstStart } from "./queries.ts";
import { addUser, hashNewPassword } from "./user-accounts.ts";

const fileName = "admin-credentials.txt";
const emailDefault = "admin@bodega.local";

export interface FirstAdmin {
  readonly email: string;
  /** Null when it came from `BODEGA_ADMIN_PASSWORD`: whoever set it knows it. */
  readonly password: string | null;
  /** Where the password is kept, readable by its owner only; null when it is not. */
  readonly file: string | null;
}

/**
 * Makes the first administrator when there is no user at all, of `BODEGA_ADMIN_EMAIL` and `BODEGA_ADMIN_PASSWORD` or,
 * without them, with a random password that `main.ts` shows this once. Null when there are users already. Replicas that
 * start at once make one administrator between them.
 */
export async function ensureFirstAdmin(
  foundation: Pick<Foundation, "config" | "database">,
): Promise<FirstAdmin | null> {
  const { config, database } = foundation;
  if (await hasAnyUser(database.db)) return null;
  const email = config.admin.email ?? emailDefault;
  const password = config.admin.password ?? randomBytes(15).toString("base64url");
  const passwordHash = await hashNewPassword(password);
  return database.transaction(async (tx) => {
    await lockFirstStart(tx);
    if (await hasAnyUser(tx)) return null;
    await addUser(tx, { email, name: "Administrator", role: "admin", supplierId: null, passwordHash });
    if (config.admin.password !== null) return { email, password: null, file: null };
    const file = join(config.dataDir, fileName);
    // Before the commit: an administrator whose password nobody has would be the worse of the two.
    await rm(file, { force: true });
    await createOwnerOnly(file, `email: ${email}\npassword: ${password}\n`);
    return { email, password, file };
  });
}
