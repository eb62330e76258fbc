const steps = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

/** Such as «hace 3 minutos» or “in 2 hours”, in the largest unit of which there is at least one. */
export function relativeTime(locale: string, at: string, nowMs: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  let amount = (Date.parse(at) - nowMs) / 1000;
  // The clock of a page ticks every ten seconds; nearer than that, everything is now.
  if (Math.abs(amount) < 10) return format.format(0, "second");
  for (const [unit, size] of steps) {
    if (Math.abs(amount) < size) return format.format(Math.trunc(amount), unit);
    amount /= size;
  }
  return at;
}

/** To the second, with the time zone: for logs and for comparing with other machines. */
export function exactTime(locale: string, at: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "long" }).format(new Date(at));
}
