import { problems } from "../../foundation/problem.ts";

/** Bytes of a base64 text, a `data:` address taken for what it holds. Throws VALIDATION_FAILED at `path`. */
export function bytesOfBase64(text: string, path: string): Uint8Array {
  const base64 = text.replace(/^data:[a-z]+\/[a-z0-9.+-]+;base64,/i, "").replace(/\s+/g, "");
  // Buffer skips what it does not know, so a text that is no base64 would become other bytes than were meant.
  if (base64 === "" || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) {
    throw problems.VALIDATION_FAILED({ errors: [{ path, message: "is not base64" }] });
  }
  return Buffer.from(base64, "base64");
}
