import { isOver, type Upload } from "@bodega/sdk";
import { useUploadQueue } from "@bodega/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { client } from "../../../shared/server/client.ts";
import { readBulkUploads, rememberBulkUploads } from "./bulk-uploads.ts";
import { nameProducts } from "./product-names.ts";

/** The uploads that make products, and what can be done with them. */
export function useBulkUploads() {
  const { uploads: all, queue } = useUploadQueue();
  const [ids, setIds] = useState(readBulkUploads);
  const uploads = useMemo(() => all.filter(({ id }) => ids.has(id)), [all, ids]);

  const adding = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const named = await nameProducts(
        files.map(({ name }) => name),
        client,
      );
      const added = await queue.add(
        files.map((file, index) => ({
          file,
          fileName: file.name,
          target: { product: named[index] ?? { name: file.name, sku: crypto.randomUUID() } },
          alt: named[index]?.name ?? "",
        })),
      );
      const next = new Set([...ids, ...added]);
      rememberBulkUploads(next);
      setIds(next);
    },
  });

  /** Takes it off the list; with `hasFailed`, the product too that was made for a photo that is of no use. */
  const dismiss = async ({ id, productId }: Upload, hasFailed: boolean) => {
    if (hasFailed && productId !== null) await client.products.remove(productId, { idempotencyKey: `remove-${id}` });
    await queue.remove(id);
  };

  return {
    uploads,
    queue,
    adding,
    dismiss,
    /** Takes everything off the list that is over and did not fail. */
    clear: async (failed: ReadonlySet<string>) => {
      const over = uploads.filter((upload) => isOver(upload) && !failed.has(upload.id));
      await Promise.all(over.map((upload) => dismiss(upload, false)));
    },
  };
}
