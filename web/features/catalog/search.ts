import type { Found } from "../../shared/feature/feature.ts";
import { client } from "../../shared/server/client.ts";

/** Products for the search of the whole shop. */
export async function find(text: string, signal: AbortSignal): Promise<readonly Found[]> {
  const { items } = await client.products.list({ query: text.slice(0, 200), limit: 8 }, { signal });
  return items.map(({ id, name, sku, images: [main] }) => ({
    id,
    title: name,
    detail: sku,
    pictureUrl: main?.thumbnails?.minithumb ?? main?.thumbnailUrl ?? null,
    path: `/catalog/${id}`,
  }));
}
