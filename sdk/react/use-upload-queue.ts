import { useMemo, useSyncExternalStore } from "react";
import type { Upload } from "../uploads/upload.ts";
import { isOver } from "../uploads/upload.ts";
import { useBodega } from "./provider.tsx";

/** The sums that a total bar needs. */
export interface UploadTotals {
  readonly count: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly underWay: number;
  readonly sizeBytes: number;
  readonly sentBytes: number;
}

/** The uploads of this page and of those before it, and what can be done with them. */
export function useUploadQueue() {
  const { uploads: queue } = useBodega();
  const uploads = useSyncExternalStore(queue.subscribe, queue.uploads, queue.uploads);
  const totals = useMemo(() => totalsOf(uploads), [uploads]);
  return { uploads, totals, queue };
}

export function totalsOf(uploads: readonly Upload[]): UploadTotals {
  const count = (status: Upload["status"]) => uploads.filter((upload) => upload.status === status).length;
  // What was left out or cancelled has no bytes to send; it would hold the bar short of its end.
  const counted = uploads.filter(({ status }) => status !== "skipped" && status !== "cancelled");
  return {
    count: uploads.length,
    done: count("done"),
    skipped: count("skipped"),
    failed: count("failed"),
    cancelled: count("cancelled"),
    underWay: uploads.filter((upload) => !isOver(upload)).length,
    sizeBytes: counted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sentBytes: counted.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  };
}
