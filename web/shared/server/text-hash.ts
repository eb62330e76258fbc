/**
 * A short name of a text (FNV-1a, 32 bits), to name a mutation's key by what it sends: the same content goes again under
 * the same key, another content under another one. Not for secrets.
 */
export function textHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
