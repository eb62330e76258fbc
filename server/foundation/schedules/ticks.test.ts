import { expect, test } from "vitest";
import { Ticks } from "./ticks.ts";

const at = (iso: string): number => Date.parse(iso);

/** The next `count` ticks after a time, as ISO strings. */
function after(ticks: Ticks, iso: string, count: number): string[] {
  const found: string[] = [];
  for (let time = at(iso); found.length < count; ) {
    const next = ticks.next(time);
    if (next === null) break;
    found.push(next.toISOString());
    time = next.getTime();
  }
  return found;
}

test("a time of day is that of the shop's time zone", () => {
  const daily = new Ticks("0 2 * * *", "America/Argentina/Buenos_Aires");
  expect(after(daily, "2026-03-08T05:40:00Z", 2)).toEqual(["2026-03-09T05:00:00.000Z", "2026-03-10T05:00:00.000Z"]);
});

test("a time of day that the clock leaves out is due once, right after the gap", () => {
  const daily = new Ticks("30 2 * * *", "America/New_York");
  expect(after(daily, "2026-03-07T12:00:00Z", 2)).toEqual(["2026-03-08T07:00:00.000Z", "2026-03-09T06:30:00.000Z"]);
});

test("a time of day that comes twice is due once", () => {
  const daily = new Ticks("30 1 * * *", "America/New_York");
  expect(after(daily, "2026-10-31T12:00:00Z", 2)).toEqual(["2026-11-01T05:30:00.000Z", "2026-11-02T06:30:00.000Z"]);
  // Seen from within the second 01:30, too.
  expect(daily.latest(at("2026-11-01T06:31:00Z"))?.toISOString()).toBe("2026-11-01T05:30:00.000Z");
});

test("what runs every half hour goes on through both changes of the clock", () => {
  const often = new Ticks("*/30 * * * *", "America/New_York");
  expect(after(often, "2026-11-01T05:10:00Z", 4)).toEqual([
    "2026-11-01T05:30:00.000Z",
    "2026-11-01T06:00:00.000Z",
    "2026-11-01T06:30:00.000Z",
    "2026-11-01T07:00:00.000Z",
  ]);
  expect(after(often, "2026-03-08T06:10:00Z", 3)).toEqual([
    "2026-03-08T06:30:00.000Z",
    "2026-03-08T07:00:00.000Z",
    "2026-03-08T07:30:00.000Z",
  ]);
});

test("the latest tick includes the present moment, and agrees with the next ones", () => {
  const hourly = new Ticks("0 * * * *", "Europe/Madrid");
  expect(hourly.latest(at("2026-06-01T10:00:00Z"))?.toISOString()).toBe("2026-06-01T10:00:00.000Z");
  expect(hourly.latest(at("2026-06-01T10:59:59.999Z"))?.toISOString()).toBe("2026-06-01T10:00:00.000Z");
  expect(hourly.next(at("2026-06-01T10:00:00Z"))?.toISOString()).toBe("2026-06-01T11:00:00.000Z");
});

test("a pattern or a time zone that means nothing is refused", () => {
  expect(() => new Ticks("61 * * * *", "Europe/Madrid")).toThrow();
  expect(() => new Ticks("* * * * *", "Europe/Atlantis").latest(0)).toThrow();
});
