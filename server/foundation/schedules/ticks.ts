import { Cron } from "croner";

/**
 * When a schedule is due, in a time zone, whose rules decide where clocks are set: a time of day that is left out (02:30
 * when the clock goes from 02:00 to 03:00) is due right after the gap; one that comes twice is due the first time only,
 * while what runs every so many minutes goes on through it.
 */
export class Ticks {
  readonly #cron: Cron;

  /** Throws when `pattern` (five fields, or six with seconds first) or `timeZone` is not valid. */
  constructor(pattern: string, timeZone: string) {
    this.#cron = new Cron(pattern, { timezone: timeZone, paused: true, mode: "5-or-6-parts" });
  }

  /** The last one that is not after `timeMs`, or null when there never was one. */
  latest(timeMs: number): Date | null {
    // It looks strictly before the time it is given.
    return this.#cron.previousRuns(1, new Date(timeMs + 1))[0] ?? null;
  }

  /** The first one after `timeMs`, or null when there will be none. */
  next(timeMs: number): Date | null {
    return this.#cron.nextRun(new Date(timeMs));
  }
}
