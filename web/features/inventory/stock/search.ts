import { dataOf } from "@bodega/sdk";
import type { Found } from "../../../shared/feature/feature.ts";
import { localeOf } from "../../../shared/format/use-format.ts";
import { preferredLanguage } from "../../../shared/i18n/language.ts";
import { client } from "../../../shared/server/client.ts";

/** Products in stock, each with how much of it is free where; the ledger is behind it. */
export async function find(text: string, signal: AbortSignal): Promise<readonly Found[]> {
  const query = { query: text.slice(0, 200), sort: "name", limit: 8 } as const;
  const { items } = await dataOf(client.http.GET("/v1/stock", { signal, params: { query } }));
  const number = new Intl.NumberFormat(localeOf(preferredLanguage()), { maximumFractionDigits: 3 });
  return items.map(({ productId, locationId, name, locationName, available, unit, thumbnailUrl }) => ({
    id: `${productId} ${locationId}`,
    title: name,
    detail: `${locationName} · ${number.format(Number(available))}${unit === "unit" ? "" : ` ${unit}`}`,
    pictureUrl: thumbnailUrl,
    path: `/inventory/products/${productId}?location=${locationId}`,
  }));
}
