import type { paths } from "@bodega/sdk";

export type MetricDay =
  paths["/v1/thumbnails/metrics"]["get"]["responses"][200]["content"]["application/json"]["items"][number];

/**
 * Oldest first and one for each of the last `count` days, also for those on which nothing was done: a chart that leaves
 * them out lies. The last is the newest that the server knows, or today.
 */
export function byDay(items: readonly MetricDay[], count: number, today: Date = new Date()): readonly MetricDay[] {
  const known = new Map(items.map((item) => [item.day, item]));
  const last = latestOf(items, today);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(last - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return known.get(day) ?? emptyDay(day);
  });
}

/** In this browser's calendar; the shop's day may be one further on. */
function latestOf(items: readonly MetricDay[], today: Date): number {
  const here = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  return Math.max(here, ...items.map(({ day }) => Date.parse(day)));
}

const emptyDay = (day: string): MetricDay => ({
  day,
  attempts: 0,
  success: 0,
  partial: 0,
  failed: 0,
  skipped: 0,
  missed: 0,
  timeToDesktopP50Ms: null,
  timeToDesktopP95Ms: null,
});

export const sumOf = (
  days: readonly MetricDay[],
  name: "attempts" | "success" | "partial" | "failed" | "skipped" | "missed",
): number => days.reduce((sum, day) => sum + day[name], 0);
