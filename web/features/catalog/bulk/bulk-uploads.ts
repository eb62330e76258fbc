/** Uploads that make a product each, told from those of a product's own page; over reloads, as the queue is. */
const storedAs = "bodega.bulk-uploads";
const keptMax = 5_000;

export function readBulkUploads(): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(storedAs) ?? "[]");
    return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : []);
  } catch {
    // Storage is blocked, or holds something else: then they are known as long as the page.
    return new Set();
  }
}

export function rememberBulkUploads(ids: ReadonlySet<string>): void {
  try {
    localStorage.setItem(storedAs, JSON.stringify([...ids].slice(-keptMax)));
  } catch {
    // As above.
  }
}
