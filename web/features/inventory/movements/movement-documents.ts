import { createMutationKey, dataOf } from "@bodega/sdk";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import type { MovementDocument } from "../shared/inventory-queries.ts";

/** What was done under this key by whoever asks; null when nothing was. */
export async function findDocument(key: string, signal: AbortSignal): Promise<MovementDocument | null> {
  const { items } = await dataOf(
    client.http.GET("/v1/stock/movements", { signal, params: { query: { key, limit: 200 } } }),
  );
  const [first] = items;
  return first === undefined ? null : { id: first.documentId, movements: items };
}

/** Takes back what one act did, by movements of the opposite sign that point to the original ones. */
export async function undoDocument(
  { id }: Pick<MovementDocument, "id">,
  reason: string | null = null,
): Promise<MovementDocument> {
  const key = createMutationKey(`undo-${id}`);
  const undone = await dataOf(
    client.http.POST("/v1/stock/movements/{id}/undo", {
      ...once(key.value()),
      params: { path: { id } },
      body: { reason },
    }),
  );
  key.settle();
  return undone;
}
