import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, pageOf, pageQuery } from "./pagination.ts";

const shape = z.tuple([z.string(), z.number()]);

describe("a page", () => {
  it("ends with null exactly when nothing follows", () => {
    const rows = [1, 2, 3].map((n) => ({ n }));
    const key = (row: { n: number }) => ["k", row.n];
    expect(pageOf(rows, 2, key)).toEqual({ items: [{ n: 1 }, { n: 2 }], nextCursor: encodeCursor(["k", 2]) });
    expect(pageOf(rows, 3, key)).toEqual({ items: rows, nextCursor: null });
    expect(pageOf([], 3, key)).toEqual({ items: [], nextCursor: null });
  });

  it("has 50 items without a limit, and 200 at most", () => {
    expect(pageQuery.parse({})).toEqual({ limit: 50 });
    expect(pageQuery.parse({ limit: "200" })).toEqual({ limit: 200 });
    for (const limit of ["0", "201", "-1", "1.5", "x"]) expect(pageQuery.safeParse({ limit }).success).toBe(false);
  });
});

describe("a cursor", () => {
  it("gives back the key it was made of", () => {
    expect(decodeCursor(shape, encodeCursor(["ñ/é 😀", 3]))).toEqual(["ñ/é 😀", 3]);
    expect(decodeCursor(shape, undefined)).toBeNull();
  });

  it.each(["", "x", "////", encodeCursor(["k"]), encodeCursor([1, "k"]), encodeCursor(["k", 1]).slice(1)])(
    "that we did not make is refused: %s",
    (cursor) => {
      expect(() => decodeCursor(shape, cursor)).toThrow(expect.objectContaining({ code: "VALIDATION_FAILED" }));
    },
  );
});
