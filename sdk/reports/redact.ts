/**
 * What leaves in reports says where our code failed, never about whom: addresses, tokens, numbers that could be a card or
 * a telephone, ids and query strings are replaced, and text is cut.
 */
export function redact(text: string, charactersMax: number): string {
  return (
    text
      .replaceAll(/\bey[\w-]+\.[\w-]+\.[\w-]+/g, "<token>")
      .replaceAll(/[^\s@"'<>()]+@[^\s@"'<>()]+\.[a-z]{2,}/gi, "<email>")
      .replaceAll(uuids, "<id>")
      .replaceAll(/([?#])[^\s"')\]:]+/g, "$1<…>")
      .replaceAll(/\d(?:[ .-]?\d){6,}/g, "<number>")
      .slice(0, charactersMax)
      // Not half of a character that was cut in two.
      .replace(/[\ud800-\udbff]$/, "")
  );
}

/** The path of a page without whatever it names: `/products/0195…?q=ana` is `/products/<id>`. */
export function pagePath(address: string): string {
  const path = address.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/[?#].*$/s, "");
  return redact(decoded(path), 200);
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not what an address should be; it is redacted as it stands.
    return path;
  }
}
