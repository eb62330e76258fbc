import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressOfTry,
  type ImageLoading,
  type ImageLoadingStep,
  retryDelayMs,
  startLoading,
  stepLoading,
} from "./image-loading.ts";

const run = (state: ImageLoading, ...steps: readonly ImageLoadingStep["type"][]): ImageLoading =>
  steps.reduce((now, type) => stepLoading(now, type === "source" ? { type, source: "/other.jpg" } : { type }), state);

test("nothing is fetched until it is near the viewport", () => {
  const far = startLoading("/a.jpg", false);
  expect(far.phase).toBe("waiting");
  expect(run(far, "near").phase).toBe("loading");
});

test("a picture that cannot be fetched is tried four times after growing waits, then it is broken", () => {
  let state = startLoading("/a.jpg", true);
  const waits: (number | null)[] = [];
  for (let attempt = 1; attempt <= 4; attempt++) {
    state = run(state, "failed");
    waits.push(retryDelayMs(state));
    if (attempt < 4) state = run(state, "again");
  }
  expect(state.phase).toBe("broken");
  expect(waits).toEqual([1_000, 3_000, 8_000, null]);
  expect(run(state, "again")).toEqual(startLoading("/a.jpg", true));
});

test("repair is asked for once for a source, however the tries go", () => {
  const steps = fc.array(fc.constantFrom<ImageLoadingStep["type"]>("near", "loaded", "failed", "again"), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(steps, (list) => {
      let state = startLoading("/a.jpg", false);
      let asked = 0;
      for (const type of list) {
        const next = run(state, type);
        // A person who asks again after all tries failed starts anew.
        if (state.phase === "broken" && type === "again") asked = 0;
        if (next !== state && next.shouldAskRepair) asked += 1;
        state = next;
      }
      expect(asked).toBeLessThanOrEqual(1);
    }),
  );
});

test("another source starts anew, and keeps to what is near", () => {
  expect(run(startLoading("/a.jpg", true), "failed", "source")).toEqual(startLoading("/other.jpg", true));
  expect(run(startLoading("/a.jpg", false), "source").phase).toBe("waiting");
});

test("a later try goes past what a cache kept of the earlier one", () => {
  expect(addressOfTry("/a.jpg", 0)).toBe("/a.jpg");
  expect(addressOfTry("/a.jpg", 1)).toBe("/a.jpg?try=2");
  expect(addressOfTry("/a.jpg?sig=x", 2)).toBe("/a.jpg?sig=x&try=3");
});
