import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Coalescer } from "./coalesce.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function gathering() {
  const flushed: { readonly key: string; readonly items: readonly string[] }[] = [];
  const coalescer = new Coalescer<string>({
    keyOf: (item) => item.charAt(0),
    flush: (key, items) => flushed.push({ key, items }),
    quietMs: 250,
    maxMs: 1_000,
  });
  return { coalescer, flushed };
}

test("three events within the window have one effect, with all of them in order", () => {
  const { coalescer, flushed } = gathering();
  coalescer.add("a1");
  vi.advanceTimersByTime(200);
  coalescer.add("a2");
  vi.advanceTimersByTime(200);
  coalescer.add("a3");
  expect(flushed).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(flushed).toEqual([{ key: "a", items: ["a1", "a2", "a3"] }]);
});

test("each product has a window of its own", () => {
  const { coalescer, flushed } = gathering();
  coalescer.add("a1");
  coalescer.add("b1");
  vi.advanceTimersByTime(250);
  expect(flushed.map(({ key }) => key)).toEqual(["a", "b"]);
});

test("a storm without end is seen all the same", () => {
  const { coalescer, flushed } = gathering();
  for (let n = 0; n < 30; n++) {
    coalescer.add(`a${n}`);
    vi.advanceTimersByTime(100);
  }
  expect(flushed.length).toBeGreaterThanOrEqual(2);
  expect(flushed.length).toBeLessThanOrEqual(4);
});
