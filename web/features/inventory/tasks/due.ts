import type { Tone } from "../../../shared/page/chip.tsx";

/** How pressing a task is. */
export type Pressure = "overdue" | "soon" | "later" | "none";

const soonMs = 24 * 60 * 60_000;

/** `soon`: within a day. What is closed, or has no time, does not press. */
export function pressureOf(
  { state, dueAt }: { readonly state: string; readonly dueAt: string | null },
  nowMs: number,
): Pressure {
  if (state !== "open" || dueAt === null) return "none";
  const leftMs = Date.parse(dueAt) - nowMs;
  if (leftMs < 0) return "overdue";
  return leftMs < soonMs ? "soon" : "later";
}

export const pressureTones = {
  overdue: "bad",
  soon: "warning",
  later: "neutral",
  none: "neutral",
} as const satisfies Record<Pressure, Tone>;

/** What a field for a local date and time takes, of a time in UTC; "" for none. */
export function localTime(at: string | null): string {
  if (at === null) return "";
  const time = new Date(at);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Back again; null for none. */
export const utcTime = (local: string): string | null => (local === "" ? null : new Date(local).toISOString());
