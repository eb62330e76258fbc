/** How long the record of a job's end may be on its way, and how many such jobs are remembered. */
const recordingMs = 60_000;
const endedMax = 1_000;

/** What a worker session runs right now, so that a stop can break it off. */
export class RunningJobs {
  readonly #aborts = new Map<symbol, { readonly jobId: string; readonly abort: (reason: Error) => void }>();
  /** When they ended, the oldest first. */
  readonly #ended = new Map<string, number>();
  #reason: Error | null = null;

  /** Those that run, and those that ended so lately that the queue may still be told. */
  get accountedFor(): readonly string[] {
    const since = performance.now() - recordingMs;
    const lately = [...this.#ended].filter(([, endedAt]) => endedAt > since).map(([jobId]) => jobId);
    return [...[...this.#aborts.values()].map(({ jobId }) => jobId), ...lately];
  }

  /** Throws the reason once all was broken off: a job that was on its way then is not begun. */
  throwIfBrokenOff(): void {
    if (this.#reason !== null) throw this.#reason;
  }

  /** Answers what takes it off the list. */
  add(jobId: string, abort: (reason: Error) => void): () => void {
    const entry = Symbol(jobId);
    this.#aborts.set(entry, { jobId, abort });
    return () => {
      this.#aborts.delete(entry);
      this.#ended.delete(jobId);
      this.#ended.set(jobId, performance.now());
      const [oldest] = this.#ended.keys();
      if (this.#ended.size > endedMax && oldest !== undefined) this.#ended.delete(oldest);
    };
  }

  /** For good: the first reason holds. */
  breakOff(reason: Error): void {
    this.#reason ??= reason;
    for (const { abort } of this.#aborts.values()) abort(this.#reason);
  }
}
