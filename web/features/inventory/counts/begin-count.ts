import { dataOf } from "@bodega/sdk";
import { client } from "../../../shared/server/client.ts";
import type { Location } from "../picking/locations.ts";
import { type CountLine, lineOf } from "./count-line.ts";
import { type CountDraft, draftStore } from "./draft-store.ts";

/** As many lines as a count may have. */
export const linesMax = 5_000;
/** As the server allows. */
const pageSize = 200;

export interface CountScope {
  readonly location: Location;
  /** "" : everything; null: what is scanned; else a category. */
  readonly category: string | null;
}

/**
 * Starts a count: what the ledger says lies there now, by name, kept in this browser. Rejects with `BodegaError`, or with
 * the reason of `signal`. `onProgress` hears how many lines have come.
 */
export async function beginCount(
  { location, category }: CountScope,
  onProgress: (lines: number) => void,
  signal: AbortSignal,
): Promise<CountDraft> {
  const lines: CountLine[] = [];
  let cursor: string | null = null;
  do {
    if (category === null) break;
    const page: Awaited<ReturnType<typeof levelsPage>> = await levelsPage(location.id, category, cursor, signal);
    lines.push(...page.items.map(lineOf));
    onProgress(lines.length);
    cursor = page.nextCursor;
  } while (cursor !== null && lines.length < linesMax);
  const draft: CountDraft = {
    id: crypto.randomUUID(),
    locationId: location.id,
    locationName: location.name,
    category,
    startedAt: new Date().toISOString(),
  };
  await draftStore().begin({ draft, lines: lines.slice(0, linesMax) });
  return draft;
}

const levelsPage = (locationId: string, category: string, cursor: string | null, signal: AbortSignal) =>
  dataOf(
    client.http.GET("/v1/stock", {
      signal,
      params: {
        query: {
          locationId,
          sort: "name",
          limit: pageSize,
          ...(category !== "" && { category }),
          ...(cursor !== null && { cursor }),
        },
      },
    }),
  );

/** The line of a product that was not among those of the count; it may never have lain there. */
export async function lineFor(
  product: { readonly id: string } & Omit<
    CountLine,
    "productId" | "unitCost" | "expected" | "position" | "counted" | "moved" | "isZeroed"
  > & {
      readonly cost: string | null;
    },
  locationId: string,
): Promise<CountLine> {
  const query = { productId: product.id, locationId, limit: 1 };
  const { items } = await dataOf(client.http.GET("/v1/stock", { params: { query } }));
  const [level] = items;
  if (level !== undefined) return lineOf(level);
  const { id, sku, gtin, name, unit, price, currency, cost } = product;
  return {
    productId: id,
    sku,
    gtin,
    name,
    unit,
    price,
    currency,
    unitCost: cost,
    expected: "0",
    position: 0,
    counted: null,
    moved: null,
  };
}
