import { monitorEventLoopDelay } from "node:perf_hooks";

export interface EventLoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** How late this process's event loop was, over the last one to two minutes. Keeps no process alive. */
export class EventLoopWatch {
  readonly #windowMs: number;
  #present = startHistogram();
  #former = this.#present;
  #turnedAt = performance.now();

  constructor({ windowMs = 60_000 }: { readonly windowMs?: number } = {}) {
    this.#windowMs = windowMs;
  }

  read(): EventLoopDelay {
    const delays = [this.#former, this.#present].map((histogram) => ({
      p99Ms: milliseconds(histogram.percentile(99)),
      maxMs: milliseconds(histogram.max),
    }));
    this.#turn();
    return {
      p99Ms: Math.max(...delays.map(({ p99Ms }) => p99Ms)),
      maxMs: Math.max(...delays.map(({ maxMs }) => maxMs)),
    };
  }

  #turn(): void {
    if (performance.now() - this.#turnedAt < this.#windowMs) return;
    this.#turnedAt = performance.now();
    this.#former.disable();
    this.#former = this.#present;
    this.#present = startHistogram();
  }
}

function startHistogram() {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return histogram;
}

const resolutionMs = 20;

/** What was measured includes the wait for the timer itself. */
const milliseconds = (nanoseconds: number): number =>
  Math.max(0, Math.round((nanoseconds / 1e6 - resolutionMs) * 10) / 10);
