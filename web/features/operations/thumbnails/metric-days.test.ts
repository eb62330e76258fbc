import { describe, expect, it } from "vitest";
import { byDay, type MetricDay, sumOf } from "./metric-days.ts";

const today = new Date(2026, 4, 30, 15);
const of = (day: string, success: number): MetricDay => ({
  day,
  attempts: success + 1,
  success,
  partial: 0,
  failed: 1,
  skipped: 0,
  missed: 0,
  timeToDesktopP50Ms: 100,
  timeToDesktopP95Ms: 200,
});

describe("the days of a chart", () => {
  it("are as many as were asked for, oldest first, those without photos too", () => {
    const days = byDay([of("2026-05-30", 5), of("2026-05-28", 3)], 4, today);
    expect(days.map(({ day }) => day)).toEqual(["2026-05-27", "2026-05-28", "2026-05-29", "2026-05-30"]);
    expect(days.map(({ success }) => success)).toEqual([0, 3, 0, 5]);
    expect(days[2]?.timeToDesktopP50Ms).toBeNull();
  });

  it("end with the shop's day where that is one further on", () => {
    const days = byDay([of("2026-05-31", 1)], 2, today);
    expect(days.map(({ day }) => day)).toEqual(["2026-05-30", "2026-05-31"]);
  });

  it("sum up", () => {
    expect(sumOf([of("2026-05-30", 5), of("2026-05-28", 3)], "success")).toBe(8);
  });
});
