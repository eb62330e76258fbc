import type { BodegaClient } from "@bodega/sdk";

export interface NamedProduct {
  readonly name: string;
  readonly sku: string;
}

/** As people would write it: `IMG_roja-manzana_2.JPG` becomes «IMG roja manzana 2». */
export function nameOf(fileName: string): string {
  const stem = fileName.replace(/\.[^.]{1,5}$/, "");
  const words = stem
    .replace(/[_\-.]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const name = words === "" ? fileName.trim() : words;
  return `${name.charAt(0).toLocaleUpperCase()}${name.slice(1)}`.slice(0, 300) || "?";
}

/** Lower case, without accents, words joined by hyphens. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 80) || "producto"
  );
}

/** Rounds of asking which SKUs are taken, before a random end makes them free. */
const roundsMax = 4;
const csvOfSkus = (skus: readonly string[]) => `sku,name\n${skus.map((sku) => `${sku},x`).join("\n")}\n`;

/**
 * A product for each file: its name from the file's, and a SKU that no product has, nor another of these files. Asked for
 * all at once, by an import that is only tried.
 */
export async function nameProducts(
  fileNames: readonly string[],
  client: Pick<BodegaClient, "transport" | "baseUrl">,
): Promise<readonly NamedProduct[]> {
  const names = fileNames.map(nameOf);
  const used = new Set<string>();
  const skus = names.map((name) => freeIn(used, slugOf(name)));
  for (let round = 1; round <= roundsMax; round++) {
    const taken = await takenOf(skus, client);
    if (taken.size === 0) break;
    for (const [index, sku] of skus.entries()) {
      if (!taken.has(sku)) continue;
      const base = slugOf(names[index] ?? "");
      skus[index] = round < roundsMax ? freeIn(used, base) : freeIn(used, `${base}-${randomEnd()}`);
    }
  }
  return names.map((name, index) => ({ name, sku: skus[index] ?? `${slugOf(name)}-${randomEnd()}` }));
}

/** The first of `base`, `base-2`, `base-3` … that was not tried yet. */
function freeIn(used: Set<string>, base: string): string {
  let sku = base;
  for (let number = 2; used.has(sku); number++) sku = `${base}-${number}`;
  used.add(sku);
  return sku;
}

async function takenOf(
  skus: readonly string[],
  { transport, baseUrl }: Pick<BodegaClient, "transport" | "baseUrl">,
): Promise<ReadonlySet<string>> {
  const address = new URL(`${baseUrl}/v1/products/import?dryRun=true`, window.location.href);
  const headers = { "content-type": "text/csv" };
  const answer = await transport.send(new Request(address, { method: "POST", headers, body: csvOfSkus(skus) }));
  const { rows }: { readonly rows: readonly { readonly sku: string; readonly action: string }[] } = await answer.json();
  return new Set(rows.filter(({ action }) => action !== "created").map(({ sku }) => sku));
}

const randomEnd = (): string => crypto.randomUUID().slice(-6);
