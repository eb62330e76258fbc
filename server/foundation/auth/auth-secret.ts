import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ConfigError } from "../../config.ts";
import { createOwnerOnly, readIfThere } from "./owner-only-file.ts";

const fileName = "auth-secret";

/**
 * The secret that encrypts the signing keys and signs the session cookies: `BODEGA_AUTH_SECRET`, else a file in the data
 * folder, made at the first start and readable by its owner only. It is never kept in the database, where whoever reads
 * a backup would have it; so replicas on several machines need the variable (a wrong one is noticed at the start).
 */
export async function readAuthSecret(options: {
  readonly secret: string | null;
  readonly dataDir: string;
}): Promise<string> {
  if (options.secret !== null) return options.secret;
  const path = join(options.dataDir, fileName);
  const known = await readIfThere(path);
  if (known === null) await createOwnerOnly(path, `${randomBytes(48).toString("base64url")}\n`);
  const secret = (known ?? (await readIfThere(path)) ?? "").trim();
  if (secret.length < 32)
    throw new ConfigError(`The file ${path} holds no secret; put it back, or set BODEGA_AUTH_SECRET.`);
  return secret;
}
