import { expect, it } from "vitest";
import { localTime, pressureOf, utcTime } from "./due.ts";

const now = Date.parse("2026-05-10T12:00:00Z");

it("a task presses once its time is past, unless it is done", () => {
  expect(pressureOf({ state: "open", dueAt: "2026-05-10T11:59:59Z" }, now)).toBe("overdue");
  expect(pressureOf({ state: "done", dueAt: "2026-05-10T11:59:59Z" }, now)).toBe("none");
  expect(pressureOf({ state: "open", dueAt: "2026-05-11T11:00:00Z" }, now)).toBe("soon");
  expect(pressureOf({ state: "open", dueAt: "2026-05-12T11:00:00Z" }, now)).toBe("later");
  expect(pressureOf({ state: "open", dueAt: null }, now)).toBe("none");
});

it("a time goes through a local field and comes back the same", () => {
  expect(utcTime(localTime("2026-05-10T12:30:00.000Z"))).toBe("2026-05-10T12:30:00.000Z");
  expect(utcTime(localTime(null))).toBeNull();
});
