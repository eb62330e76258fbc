import { hexOf } from "../client/request-identity.ts";

/**
 * The SHA-256 of a file in lower-case hex, as the server's `sha256` has it. By the platform where it may be used; pages
 * that came by plain HTTP (a tablet in the shop's network) may not, and count in JavaScript, piece by piece.
 */
export async function sha256Of(file: Blob): Promise<string> {
  if (hasSubtle()) return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
  return sha256InPieces(file);
}

/** `crypto.subtle` is typed as always there; outside secure contexts it is not. */
const hasSubtle = (): boolean => "subtle" in crypto && crypto.subtle !== undefined;

/** Holds one piece in memory at a time. */
export async function sha256InPieces(file: Blob): Promise<string> {
  const { sha256 } = await import("@noble/hashes/sha2.js");
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return hexOf(hash.digest());
    hash.update(value);
  }
}
