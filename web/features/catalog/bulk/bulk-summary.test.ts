import { expect, test } from "vitest";
import { type BulkStep, summaryOf } from "./bulk-summary.ts";

test("every photo is counted in exactly one place, with its reason", () => {
  const steps: BulkStep[] = [
    { kind: "ready" },
    { kind: "ready" },
    { kind: "skipped", reason: "WEBP_SKIPPED" },
    { kind: "failed", reason: "INVALID_IMAGE" },
    { kind: "failed", reason: null },
    { kind: "generating" },
    { kind: "queued" },
    { kind: "cancelled" },
  ];
  const summary = summaryOf(steps);
  expect(summary).toMatchObject({ count: 8, ready: 2, underWay: 2, cancelled: 1, skippedCount: 1, failedCount: 2 });
  expect([...summary.skipped]).toEqual([["WEBP_SKIPPED", 1]]);
  expect([...summary.failed]).toEqual([
    ["INVALID_IMAGE", 1],
    ["unknown", 1],
  ]);
  const { ready, underWay, cancelled, skippedCount, failedCount, count } = summary;
  expect(ready + underWay + cancelled + skippedCount + failedCount).toBe(count);
});
