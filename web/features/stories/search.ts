import { dataOf } from "@bodega/sdk";
import type { Found } from "../../shared/feature/feature.ts";
import { client } from "../../shared/server/client.ts";

/** Stories for the search of the whole shop. */
export async function find(text: string, signal: AbortSignal): Promise<readonly Found[]> {
  const query = { query: text.slice(0, 200), limit: 8 };
  const { items } = await dataOf(client.http.GET("/v1/stories", { signal, params: { query } }));
  return items.map(({ id, title, author, coverUrl }) => ({
    id,
    title,
    ...(author !== null && { detail: author }),
    pictureUrl: coverUrl,
    path: `/stories/${id}`,
  }));
}
