/** About 2 MB when full. */
const denialsMax = 10_000;

/**
 * Remembers until when a request is certain to be denied, so that a flood from one caller does not reach the database. A
 * denial only ever gets longer by what other processes allow meanwhile, so remembering one never lets anybody in; when it
 * has passed, the database decides again.
 */
export class DenialMemory {
  readonly #untilMs = new Map<string, number>();

  /** How long `request` stays denied for certain; 0 when that is not known. */
  remainingMs(request: string): number {
    const until = this.#untilMs.get(request);
    if (until === undefined) return 0;
    const remainingMs = until - performance.now();
    if (remainingMs > 0) return remainingMs;
    this.#untilMs.delete(request);
    return 0;
  }

  remember(request: string, forMs: number): void {
    this.#untilMs.delete(request);
    this.#untilMs.set(request, performance.now() + forMs);
    if (this.#untilMs.size <= denialsMax) return;
    for (const oldest of this.#untilMs.keys()) {
      this.#untilMs.delete(oldest);
      break;
    }
  }
}
