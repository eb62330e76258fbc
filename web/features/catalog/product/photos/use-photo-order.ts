import { knownProduct, type Product, type ProductImage } from "@bodega/sdk";
import { useBodega } from "@bodega/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { notifyError } from "../../../../shared/problems/notify-error.tsx";

/** The photos in the order that the person gave them, at once; the server's as soon as it answers, whatever it says. */
export function usePhotoOrder(product: Product) {
  const { client, cache } = useBodega();
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const images = wanted === null ? product.images : inOrder(product.images, wanted);
  const saving = useMutation({
    // One after the other, so that the last one is what stays.
    scope: { id: `photo-order-${product.id}` },
    mutationFn: (ids: readonly string[]) =>
      client.images.reorder(product.id, ids, { idempotencyKey: crypto.randomUUID() }),
    onError: notifyError,
    onSettled: async (_answer, _error, ids) => {
      // Beside the query, whose own reading the event of this change may break off: the old order would flash up.
      await client.products
        .read(product.id)
        .then(({ product: now, etag }) => cache.put(knownProduct(now), etag), notifyError);
      setWanted((present) => (present === ids ? null : present));
    },
  });
  return {
    images,
    /** Shows an order without saving it, while something is dragged. */
    show: setWanted,
    save: (ids: readonly string[]) => {
      setWanted(ids);
      const isSame = ids.join() === product.images.map(({ id }) => id).join();
      if (isSame) setWanted(null);
      else saving.mutate(ids);
    },
  };
}

/** Photos that the order does not know (just added) come last; those that are gone are left out. */
function inOrder(images: readonly ProductImage[], ids: readonly string[]): readonly ProductImage[] {
  const placeOf = ({ id }: ProductImage) => {
    const place = ids.indexOf(id);
    return place === -1 ? ids.length : place;
  };
  return images.toSorted((one, other) => placeOf(one) - placeOf(other));
}

export function moved(ids: readonly string[], from: number, to: number): readonly string[] {
  const id = ids[from];
  if (id === undefined || to < 0 || to >= ids.length) return ids;
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}
