import { anySignal } from "../client/any-signal.ts";
import { backoffMs, wait } from "../client/backoff.ts";
import { BodegaError } from "../client/bodega-error.ts";
import type { BodegaClient } from "../client/client.ts";
import { ServerSentEventParser } from "./server-sent-events.ts";

export interface StreamedEvent {
  readonly topic: string;
  /** The JSON of the event: `{ id, …, traceId, at }`, as the topic's contract says. */
  readonly payload: unknown;
}

/**
 * `connecting` at first and `reconnecting` after a loss, both by themselves; `signed_out` and `refused` (the role may not
 * follow a topic, or it does not exist) wait for `start()`; `closed` by the caller.
 */
export type StreamState = "closed" | "connecting" | "open" | "reconnecting" | "signed_out" | "refused";

export interface EventStreamOptions {
  readonly client: Pick<BodegaClient, "baseUrl" | "transport">;
  readonly topics: readonly string[];
  /** Where to go on; without it, the stream begins now. */
  readonly after?: string;
  readonly onEvent: (event: StreamedEvent) => void;
  /**
   * The stream does not join what was read before: it is new, or was away for longer than events are kept (410). Called
   * once it is open, so what is read anew from then on misses nothing.
   */
  readonly onGap?: (reason: "new" | "expired") => void;
  readonly onState?: (state: StreamState) => void;
  readonly times?: Partial<EventStreamTimes>;
}

export interface EventStreamTimes {
  /** Without a byte for so long, the connection is taken for dead; the server says something every 15 s. */
  readonly silenceMs: number;
  readonly reconnectMs: number;
  readonly reconnectMaxMs: number;
}

const defaultTimes: EventStreamTimes = { silenceMs: 40_000, reconnectMs: 1_000, reconnectMaxMs: 30_000 };

/**
 * Follows topics without a gap: reconnects by itself with backoff and jitter and goes on right behind the last whole
 * event. Uses `fetch`, since `EventSource` can send no token.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #times: EventStreamTimes;
  #state: StreamState = "closed";
  #position: string | null;
  /** The server's `retry:`, as the first wait. */
  #reconnectMs: number;
  #running: AbortController | null = null;
  #pausing: AbortController | null = null;
  #failures = 0;
  #isExpired = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#times = { ...defaultTimes, ...options.times };
    this.#reconnectMs = this.#times.reconnectMs;
    this.#position = options.after ?? null;
  }

  get topics(): readonly string[] {
    return this.#options.topics;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** The last position; give it to another stream as `after`. */
  get position(): string | null {
    return this.#position;
  }

  /** Begins, or begins again after `signed_out` or `refused`. Does nothing while it runs. */
  start(): void {
    if (this.#running !== null) return;
    const running = new AbortController();
    this.#running = running;
    this.#failures = 0;
    this.#enter("connecting");
    this.#run(running.signal).catch((error: unknown) => {
      // Only a listener of the caller's can throw here.
      this.#end("closed");
      throwUncaught(error);
    });
  }

  close(): void {
    this.#running?.abort(new DOMException("closed", "AbortError"));
    this.#end("closed");
  }

  /** Tries now instead of after the wait: the network is back. */
  hurry(): void {
    this.#pausing?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const error = await this.#follow(signal).catch((failure: unknown) => failure);
      if (signal.aborted) return;
      if (error instanceof BodegaError && this.#isFinal(error)) return;
      if (error instanceof BodegaError && error.status === 410) {
        this.#position = null;
        this.#isExpired = true;
        continue;
      }
      this.#enter("reconnecting");
      this.#failures += 1;
      await this.#pause(error instanceof BodegaError ? error.retryAfterMs : null, signal);
    }
  }

  /** True when only `start()` can help; the stream has then ended. */
  #isFinal(error: BodegaError): boolean {
    if (error.status === 401) {
      this.#end("signed_out");
      return true;
    }
    if (error.status === 403 || error.status === 400 || error.status === 404) {
      this.#end("refused");
      return true;
    }
    return false;
  }

  /** Reads one connection to its end. */
  async #follow(signal: AbortSignal): Promise<void> {
    const isContinuation = this.#position !== null;
    const silence = new Silence(this.#times.silenceMs);
    try {
      const answer = await this.#options.client.transport.open(this.#request(anySignal([signal, silence.signal])));
      if (answer.body === null) throw new TypeError("the stream has no body");
      this.#failures = 0;
      this.#enter("open");
      if (!isContinuation) this.#options.onGap?.(this.#isExpired ? "expired" : "new");
      this.#isExpired = false;
      await this.#read(answer.body, silence, signal);
    } finally {
      silence.end();
    }
  }

  async #read(body: ReadableStream<Uint8Array>, silence: Silence, signal: AbortSignal): Promise<void> {
    const parser = new ServerSentEventParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      silence.broken();
      for (const frame of parser.push(decoder.decode(value, { stream: true }))) {
        if (frame.retryMs !== null) this.#reconnectMs = frame.retryMs;
        if (frame.data !== null) this.#tell(frame.event, frame.data);
        this.#position = frame.id ?? this.#position;
      }
    }
  }

  /** A listener that throws, or an event that is no JSON, does not end the stream, nor come again and again. */
  #tell(topic: string, data: string): void {
    try {
      this.#options.onEvent({ topic, payload: JSON.parse(data) });
    } catch (error) {
      throwUncaught(error);
    }
  }

  #request(signal: AbortSignal): Request {
    const topics = encodeURIComponent(this.#options.topics.join(","));
    return new Request(`${this.#options.client.baseUrl}/v1/events?topics=${topics}`, {
      signal,
      cache: "no-store",
      headers: {
        accept: "text/event-stream",
        ...(this.#position !== null && { "last-event-id": this.#position }),
      },
    });
  }

  async #pause(retryAfterMs: number | null, signal: AbortSignal): Promise<void> {
    const pausing = new AbortController();
    this.#pausing = pausing;
    const backoff = { firstMs: this.#reconnectMs, maxMs: this.#times.reconnectMaxMs };
    const delayMs = retryAfterMs ?? backoffMs(this.#failures, backoff);
    await wait(delayMs, anySignal([signal, pausing.signal])).catch(() => undefined);
    this.#pausing = null;
  }

  #end(state: StreamState): void {
    this.#running = null;
    this.#enter(state);
  }

  #enter(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }
}

/** Aborts when nothing has come for a while. */
class Silence {
  readonly #limitMs: number;
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout>;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
    this.#timer = this.#begin();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#begin();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #begin(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(new DOMException("silence", "TimeoutError")), this.#limitMs);
  }
}

/** To the platform's own handler, as an uncaught error would go. */
function throwUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
