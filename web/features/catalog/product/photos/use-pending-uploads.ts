import { isOver, type Product, type Upload } from "@bodega/sdk";
import { productKeys, useBodega, useUploadQueue } from "@bodega/sdk/react";
import { useEffect, useMemo } from "react";
import { notifyError } from "../../../../shared/problems/notify-error.tsx";
import { readBulkUploads } from "../../bulk/bulk-uploads.ts";

/** Uploads onto this product that are not among its photos yet. One that is leaves the queue. */
export function usePendingUploads(product: Product): readonly Upload[] {
  const { uploads, queue } = useUploadQueue();
  const { queryClient } = useBodega();
  const mine = useMemo(() => {
    // Those of the page that adds many keep their place there.
    const bulk = readBulkUploads();
    return uploads.filter(({ id, productId }) => productId === product.id && !bulk.has(id));
  }, [uploads, product.id]);
  const done = mine.filter(({ status }) => status === "done");
  const doneKey = done.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that arrived
  useEffect(() => {
    if (doneKey === "") return;
    void queryClient.invalidateQueries({ queryKey: productKeys.product(product.id), exact: true });
  }, [doneKey]);
  const shown = new Set(product.images.map(({ id }) => id));
  const settledKey = done
    .filter(({ imageId }) => shown.has(imageId ?? ""))
    .map(({ id }) => id)
    .join();
  useEffect(() => {
    for (const id of settledKey.split(",")) if (id !== "") queue.remove(id).catch(notifyError);
  }, [settledKey, queue]);
  return mine.filter((upload) => !isOver(upload) || upload.status !== "done");
}
