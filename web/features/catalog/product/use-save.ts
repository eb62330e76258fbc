import {
  BodegaError,
  dataOf,
  knownProduct,
  type Product,
  type ProductChange,
  type ProductFormValues,
} from "@bodega/sdk";
import { productQuery, useBodega, useMutationKey } from "@bodega/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

/** Somebody else changed the product since it was read: what they made of it, beside what was to be saved. */
export interface SaveConflict {
  readonly change: ProductChange;
  readonly base: ProductFormValues;
  readonly theirs: Product;
  readonly etag: string;
}

export type CancelOutcome =
  /** It had never arrived, and does not any more. */
  | { readonly kind: "nothing" }
  /** It had been done before; `undo` puts back what was. */
  | { readonly kind: "saved"; readonly product: Product; readonly undo: () => Promise<Product> };

interface Attempt {
  readonly change: ProductChange;
  readonly base: ProductFormValues;
  readonly etag: string;
}

/**
 * Saves a change of a product once, however often it is sent: its key is made when the form opens, and kept until it is
 * known what became of it.
 */
export function useSave(productId: string) {
  const { client, cache, queryClient } = useBodega();
  const key = useMutationKey(`edit-${productId}`);
  const waiting = useRef<AbortController>(null);

  const send = async ({ change, etag }: Attempt, idempotencyKey: string, signal?: AbortSignal) => {
    const answer = await client.http.PATCH("/v1/products/{id}", {
      params: { path: { id: productId } },
      body: change,
      headers: { "if-match": etag, "idempotency-key": idempotencyKey },
      ...(signal !== undefined && { signal }),
    });
    const product = await dataOf(Promise.resolve(answer));
    cache.put(knownProduct(product), answer.response.headers.get("etag") ?? "*");
    return { product, isReplayed: answer.response.headers.get("idempotency-replayed") !== null };
  };
  const readNow = () => queryClient.fetchQuery({ ...productQuery(client, productId), staleTime: 0 });

  const mutation = useMutation({
    mutationFn: async (attempt: Attempt): Promise<Product | SaveConflict> => {
      waiting.current = new AbortController();
      try {
        const { product } = await send(attempt, key.value(), waiting.current.signal);
        key.settle();
        return product;
      } catch (error) {
        if (!(error instanceof BodegaError) || error.status !== 412) throw error;
        // Refused, so nothing was done: the next try is another one.
        key.settle();
        const { known, etag } = await readNow();
        return { change: attempt.change, base: attempt.base, theirs: known.answer, etag };
      }
    },
  });

  /**
   * Stops waiting and finds out: the same request with the same key is answered as it was the first time, if there was
   * one. If there was none, it has been done only now, by asking, and is taken back.
   */
  const cancel = async (attempt: Attempt): Promise<CancelOutcome> => {
    waiting.current?.abort(new DOMException("cancelled", "AbortError"));
    const putBack = async () =>
      (await send({ ...attempt, change: inverse(attempt), etag: "*" }, crypto.randomUUID())).product;
    try {
      const { product, isReplayed } = await send(attempt, key.value());
      key.settle();
      if (isReplayed) return { kind: "saved", product, undo: putBack };
      await putBack();
      return { kind: "nothing" };
    } catch (error) {
      // Refused then as now: nothing was done.
      if (!(error instanceof BodegaError) || error.status === 0 || error.status >= 500) throw error;
      key.settle();
      return { kind: "nothing" };
    }
  };

  return { ...mutation, cancel };
}

function inverse({ change, base }: Attempt): ProductChange {
  const before: Readonly<Record<string, unknown>> = base;
  return Object.fromEntries(Object.keys(change).map((field) => [field, before[field]]));
}

export const isConflict = (saved: Product | SaveConflict | undefined): saved is SaveConflict =>
  saved !== undefined && "theirs" in saved;
