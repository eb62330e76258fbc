import { describe, expect, test } from "vitest";
import { StoreError, type StoreErrorKind } from "./object-store.ts";
import { retryTransient } from "./with-retries.ts";

describe("retryTransient", () => {
  const failing = (times: number, kind: StoreErrorKind = "transient") => {
    const attempts: number[] = [];
    const work = async (attempt: number) => {
      attempts.push(attempt);
      if (attempt <= times) throw new StoreError(kind, "a.txt", `fault ${attempt}`);
      return "done";
    };
    return { work, attempts };
  };

  test("tries again until the fault has passed", async () => {
    const { work, attempts } = failing(3);
    expect(await retryTransient(work, { delaysMs: [1, 1, 1] })).toBe("done");
    expect(attempts).toEqual([1, 2, 3, 4]);
  });

  test("gives up after the last delay with the last fault", async () => {
    const { work, attempts } = failing(9);
    await expect(retryTransient(work, { delaysMs: [1, 1] })).rejects.toThrow("fault 3");
    expect(attempts).toEqual([1, 2, 3]);
  });

  test("does not repeat what cannot pass by itself", async () => {
    for (const kind of ["missing", "invalid-key", "permanent"] as const) {
      const { work, attempts } = failing(1, kind);
      await expect(retryTransient(work, { delaysMs: [1] })).rejects.toMatchObject({ kind });
      expect(attempts).toEqual([1]);
    }
    let attempts = 0;
    const broken = async () => {
      attempts++;
      throw new TypeError("a mistake");
    };
    await expect(retryTransient(broken, { delaysMs: [1] })).rejects.toThrow("a mistake");
    expect(attempts).toBe(1);
  });

  test("stops waiting when it is aborted, with the signal's reason", async () => {
    const aborted = new AbortController();
    const reason = new Error("no longer wanted");
    const work = async () => {
      queueMicrotask(() => aborted.abort(reason));
      throw new StoreError("transient", "a.txt", "fault");
    };
    await expect(retryTransient(work, { delaysMs: [3_600_000], signal: aborted.signal })).rejects.toBe(reason);
    await expect(retryTransient(work, { signal: aborted.signal })).rejects.toBe(reason);
  });
});
