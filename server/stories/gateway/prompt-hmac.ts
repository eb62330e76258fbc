import { createHmac, hkdfSync } from "node:crypto";
import { readAuthSecret } from "../../foundation/auth/auth-secret.ts";
import type { Foundation } from "../../foundation/foundation.ts";

/**
 * The prompt as it may stand in logs and rows: the same prompt is recognised, and nobody without the shop's secret can try
 * out what it was. The key is derived from that secret for this use alone (RFC 5869).
 */
export async function promptHmacOf({ config }: Pick<Foundation, "config">, prompt: string): Promise<string> {
  const secret = await readAuthSecret({ secret: config.auth.secret, dataDir: config.dataDir });
  const key = Buffer.from(hkdfSync("sha256", secret, "", "bodega story prompts", 32));
  return createHmac("sha256", key).update(prompt).digest("hex");
}
