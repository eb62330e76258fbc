import { expect, it } from "vitest";
import { nextSort, sortingOf } from "./sorting.ts";

it("a header says how its column is sorted, if it can be", () => {
  expect(sortingOf("product", {})).toBe("ascending");
  expect(sortingOf("available", {})).toBe("none");
  expect(sortingOf("available", { sort: "available" })).toBe("ascending");
  expect(sortingOf("available", { sort: "-available" })).toBe("descending");
  expect(sortingOf("product", { sort: "-available" })).toBe("none");
  expect(sortingOf("reserved", {})).toBeNull();
});

it("a press on a header goes through what the server can sort by, and round again", () => {
  expect(nextSort("available", {})).toBe("available");
  expect(nextSort("available", { sort: "available" })).toBe("-available");
  expect(nextSort("available", { sort: "-available" })).toBe("available");
  expect(nextSort("product", { sort: "expiry" })).toBe("name");
  expect(nextSort("product", {})).toBe("name");
  expect(nextSort("reserved", { sort: "expiry" })).toBe("expiry");
});
