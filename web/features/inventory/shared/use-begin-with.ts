import { useEffect, useEffectEvent } from "react";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";
import type { BeginsWith } from "./address.ts";
import type { Added } from "./draft-lines.ts";

/** Puts the product that the address names on the form, once; `onTaken` takes it out of the address. */
export function useBeginWith(
  { product, quantity = "1" }: BeginsWith,
  add: (added: Added) => void,
  onTaken: () => void,
): void {
  const take = useEffectEvent((found: Added["product"]) => {
    add({ product: found, quantity });
    onTaken();
  });
  useEffect(() => {
    if (product === undefined) return undefined;
    const leaving = new AbortController();
    client.products.read(product, { signal: leaving.signal }).then(
      ({ product: found }) => take(found),
      (error: unknown) => {
        if (!leaving.signal.aborted) notifyError(error);
      },
    );
    return () => leaving.abort(new DOMException("the page is left", "AbortError"));
  }, [product]);
}
