import { availableParallelism } from "node:os";

/** How many may wait for a place; callers have their own bounds, this one only stops a runaway. */
const waitingMax = 1024;

/**
 * A bounded number of decodings at once, so that memory is bounded too: the rest wait in line. A place is given back
 * when the native work has really ended, also when its caller has stopped waiting for it.
 */
export class DecodePlaces {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Runs `work` when a place is free.
   *
   * @throws the signal's reason when it is aborted while waiting; {RangeError} when too many wait already.
   */
  async run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    if (this.#line.length >= waitingMax) throw new RangeError(`${waitingMax} pictures wait to be decoded already.`);
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#line.splice(this.#line.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#line.push(enter);
    });
  }

  /** The place passes straight to the next in line, so that nobody who comes later overtakes. */
  #leave(): void {
    const next = this.#line.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/** Everything that the process decodes shares these; `configureImaging` replaces them once, at the start. */
let places = new DecodePlaces(availableParallelism());

export function decodePlaces(): DecodePlaces {
  return places;
}

export function setDecodePlaces(count: number): void {
  places = new DecodePlaces(count);
}
