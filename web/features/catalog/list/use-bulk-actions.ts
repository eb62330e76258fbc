import { BodegaError, knownProduct, type Product } from "@bodega/sdk";
import { useBodega } from "@bodega/sdk/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saveFile } from "../../../shared/files/save-file.ts";
import { notify } from "../../../shared/problems/notify.ts";
import { reasonText } from "../photo-reason.ts";
import { type BulkOutcome, bulkWork } from "./bulk-work.ts";
import { csvOf } from "./products-csv.ts";
import { allLists, withoutProducts } from "./use-product-list.ts";
import type { Selection } from "./use-selection.ts";

export interface BulkActions {
  readonly running: { readonly done: number; readonly count: number; readonly stop: () => void } | null;
  readonly pendingDeletion: PendingDeletion | null;
  /** Those that are about to be deleted: not shown any more. */
  readonly hidden: ReadonlySet<string>;
  readonly regenerate: (products: readonly Product[]) => void;
  readonly setActive: (products: readonly Product[], isActive: boolean) => void;
  readonly exportCsv: (products: readonly Product[]) => void;
  readonly remove: (products: readonly Product[]) => void;
}

export interface PendingDeletion {
  readonly count: number;
  readonly secondsLeft: number;
  readonly undo: () => void;
  readonly now: () => void;
}

/** Time to think again. */
const undoSeconds = 6;
const nothingHidden: ReadonlySet<string> = new Set();

/**
 * What is done with many products at once. A deletion is shown at once and begun only after a few seconds, in which it
 * can be undone; whoever closes the page before has deleted nothing.
 */
export function useBulkActions(selection: Selection): BulkActions {
  const { t } = useTranslation("catalog");
  const { client, cache, queryClient, reports } = useBodega();
  const [running, setRunning] = useState<BulkActions["running"]>(null);
  const [pending, setPending] = useState<{ readonly ids: ReadonlySet<string>; readonly secondsLeft: number } | null>(
    null,
  );
  const isRunning = useRef(false);

  const run = async (ids: readonly string[], work: (id: string) => Promise<void>): Promise<BulkOutcome | null> => {
    if (isRunning.current || ids.length === 0) return null;
    isRunning.current = true;
    const stopped = new AbortController();
    const show = (done: number) => setRunning({ done, count: ids.length, stop: () => stopped.abort() });
    show(0);
    const outcome = await bulkWork(ids, work, { signal: stopped.signal, onProgress: show });
    isRunning.current = false;
    setRunning(null);
    tell(outcome);
    return outcome;
  };
  const tell = ({ done, failures: [first, ...others], untouched }: BulkOutcome) => {
    const reasons = t("reasons", { returnObjects: true });
    const message =
      first !== undefined
        ? t("bulk.doneSome", { done, failed: others.length + 1, reason: sentenceOf(first.error, reasons) })
        : untouched > 0
          ? t("bulk.stopped", { done, rest: untouched })
          : t("bulk.doneAll", { count: done });
    notify({
      message,
      color: first === undefined ? "green" : "red",
      autoClose: first === undefined ? 4_000 : false,
    });
  };

  const removeNow = (ids: ReadonlySet<string>) => {
    setPending(null);
    selection.clear();
    queryClient.setQueriesData(allLists, withoutProducts(ids));
    run([...ids], (id) => client.products.remove(id, { idempotencyKey: crypto.randomUUID() }))
      .then((outcome) => {
        if (outcome !== null && outcome.done < ids.size) void queryClient.invalidateQueries(allLists);
      })
      .catch((error: unknown) => reports.error(error));
  };
  useEffect(() => {
    if (pending === null) return undefined;
    const timer = setTimeout(() => {
      if (pending.secondsLeft <= 1) removeNow(pending.ids);
      else setPending({ ...pending, secondsLeft: pending.secondsLeft - 1 });
    }, 1_000);
    return () => clearTimeout(timer);
  });

  return {
    running,
    hidden: pending?.ids ?? nothingHidden,
    pendingDeletion: pending && {
      count: pending.ids.size,
      secondsLeft: pending.secondsLeft,
      undo: () => setPending(null),
      now: () => removeNow(pending.ids),
    },
    regenerate: (products) => {
      const photos = products.flatMap(({ images }) => images.slice(0, 1).map(({ id }) => id));
      void run(photos, async (id) => {
        await client.images.requestThumbnails(id, { force: true, idempotencyKey: crypto.randomUUID() });
      });
    },
    setActive: (products, isActive) => {
      const others = products.filter((product) => product.isActive !== isActive).map(({ id }) => id);
      void run(others, async (id) => {
        const saved = await client.products.change(id, { isActive }, "*", { idempotencyKey: crypto.randomUUID() });
        cache.put(knownProduct(saved.product), saved.etag);
      });
    },
    exportCsv: (products) => saveFile(new Blob([csvOf(products)], { type: "text/csv" }), "products.csv"),
    remove: (products) => {
      if (products.length > 0) setPending({ ids: new Set(products.map(({ id }) => id)), secondsLeft: undoSeconds });
    },
  };
}

function sentenceOf(error: unknown, reasons: Readonly<Record<string, string>>): string {
  if (!(error instanceof BodegaError)) return reasonText(null, reasons);
  return error.code in reasons ? reasonText(error.code, reasons) : `${error.detail} (${error.requestId})`;
}
