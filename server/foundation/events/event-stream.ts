import { Problem } from "../problem.ts";
import type { Logger } from "../telemetry/logger.ts";
import { commentFrame, eventFrame } from "./event-frame.ts";
import type { Subscription } from "./subscription.ts";

export interface EventStreamOptions {
  readonly subscription: Subscription;
  /** Whether the reader may still follow; asked every `recheckMs`, so that a revoked token ends its streams. */
  readonly isStillAllowed: () => Promise<boolean>;
  /** Cuts the connection of a reader that takes nothing any more. */
  readonly cut: () => void;
  readonly log: Logger;
  readonly times?: Partial<EventStreamTimes>;
}

export interface EventStreamTimes {
  readonly heartbeatMs: number;
  readonly recheckMs: number;
  /** How long a reader may take nothing while something waits for it. */
  readonly stallMs: number;
  /** When the client should come back after the stream ended. */
  readonly reconnectMs: number;
}

const defaultTimes: EventStreamTimes = {
  heartbeatMs: 15_000,
  recheckMs: 5_000,
  stallMs: 30_000,
  reconnectMs: 2_000,
};

/** What may wait for a reader's socket; beyond it the stream pauses. */
const bufferBytes = 64 * 1024;

/** Writes a subscription as server-sent events, at the reader's pace, until it ends, is cancelled, cut or refused. */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const writer = new EventStreamWriter(options, { ...defaultTimes, ...options.times });
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => writer.start(controller),
      pull: () => writer.drained(),
      cancel: () => writer.stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes }),
  );
}

class EventStreamWriter {
  readonly #options: EventStreamOptions;
  readonly #times: EventStreamTimes;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #timers: readonly NodeJS.Timeout[] = [];
  #hasRoom: (() => void) | null = null;

  constructor(options: EventStreamOptions, times: EventStreamTimes) {
    this.#options = options;
    this.#times = times;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    const { heartbeatMs, recheckMs, reconnectMs } = this.#times;
    const { subscription } = this.#options;
    controller.enqueue(commentFrame("bodega", subscription.position, reconnectMs));
    this.#timers = [setInterval(() => this.#beat(), heartbeatMs), setInterval(() => this.#recheck(), recheckMs)];
    this.#write().catch((error: unknown) => this.#options.log.error({ error }, "an event stream broke"));
  }

  /** The reader has taken what waited. */
  drained(): void {
    this.#hasRoom?.();
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#controller = null;
    this.#options.subscription.end();
    this.#hasRoom?.();
  }

  async #write(): Promise<void> {
    try {
      for await (const event of this.#options.subscription) {
        await this.#room();
        this.#controller?.enqueue(eventFrame(event));
      }
    } catch (error) {
      this.#options.log.info(
        { code: error instanceof Problem ? error.code : "INTERNAL", error },
        "a reader was dropped",
      );
    } finally {
      const controller = this.#controller;
      this.stop();
      controller?.close();
    }
  }

  /** Waits until the reader has taken what waits; one that takes nothing for too long is cut. */
  async #room(): Promise<void> {
    if (this.#controller === null || (this.#controller.desiredSize ?? 0) > 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#hasRoom = resolve;
    const stalled = setTimeout(() => {
      this.#options.log.info("an event reader takes nothing any more; its connection is cut");
      const controller = this.#controller;
      this.stop();
      controller?.close();
      this.#options.cut();
    }, this.#times.stallMs);
    await promise;
    clearTimeout(stalled);
    this.#hasRoom = null;
  }

  #beat(): void {
    if ((this.#controller?.desiredSize ?? 0) <= 0) return;
    this.#controller?.enqueue(commentFrame("still here", this.#options.subscription.position));
  }

  #recheck(): void {
    this.#options
      .isStillAllowed()
      .then((isAllowed) => {
        if (!isAllowed) this.#options.subscription.end();
      })
      .catch((error: unknown) => this.#options.log.warn({ error }, "whether a reader may still follow is not known"));
  }
}
