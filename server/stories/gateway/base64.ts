/**
 * The bytes of base64 (standard or URL alphabet, padded or not), or null when it is none: `Buffer.from` would skip what it
 * does not know, and a picture that was cut off would pass.
 */
export function bytesOfBase64(text: string): Uint8Array | null {
  const compact = text.replace(/\s+/g, "");
  if (compact === "" || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return null;
  const digits = compact.replace(/=+$/, "").length;
  const isCutOff = digits % 4 === 1 || (compact.endsWith("=") && compact.length % 4 !== 0);
  return isCutOff ? null : Buffer.from(compact, "base64");
}
