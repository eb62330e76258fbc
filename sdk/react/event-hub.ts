import type { BodegaClient } from "../client/client.ts";
import { EventStream, type StreamedEvent, type StreamState } from "../events/event-stream.ts";

export interface EventHubOptions {
  readonly client: Pick<BodegaClient, "baseUrl" | "transport">;
  /** Followed as long as the hub runs. */
  readonly topics: readonly string[];
  readonly onEvent: (event: StreamedEvent) => void;
  readonly onGap: (reason: "new" | "expired") => void;
}

type Listener = (event: StreamedEvent) => void;

/**
 * One connection for everything that a page follows: browsers allow few to one server. Topics that components add join
 * it where it stands. A topic that the role may not follow is left out, so that the others go on.
 */
export class EventHub {
  readonly #options: EventHubOptions;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #refused = new Set<string>();
  readonly #stateListeners = new Set<() => void>();
  #stream: EventStream | null = null;
  #state: StreamState = "closed";
  #isRunning = false;
  #isRestarting = false;

  constructor(options: EventHubOptions) {
    this.#options = options;
  }

  state = (): StreamState => this.#state;

  subscribeToState = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  start(): void {
    this.#isRunning = true;
    this.#open(undefined);
  }

  close(): void {
    this.#isRunning = false;
    this.#stream?.close();
    this.#stream = null;
  }

  /** The network is back, or someone signed in. */
  hurry(): void {
    this.#refused.clear();
    this.#stream?.hurry();
    this.#stream?.start();
  }

  /** Calls `listener` with every event of `topic`. Returns how to stop. */
  follow(topic: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    if (listeners.size === 1) this.#topicsChanged();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(topic);
      this.#topicsChanged();
    };
  }

  /** At the end of the turn, so that a page of many components makes one new connection. */
  #topicsChanged(): void {
    if (!this.#isRunning || this.#isRestarting) return;
    this.#isRestarting = true;
    queueMicrotask(() => {
      this.#isRestarting = false;
      if (this.#isRunning && this.#stream?.topics.join() !== this.#topics().join()) this.#open(this.#stream?.position);
    });
  }

  #open(position: string | null | undefined): void {
    this.#stream?.close();
    this.#stream = new EventStream({
      client: this.#options.client,
      topics: this.#topics(),
      ...(position !== null && position !== undefined && { after: position }),
      onEvent: (event) => {
        this.#options.onEvent(event);
        for (const listener of this.#listeners.get(event.topic) ?? []) listener(event);
      },
      onGap: this.#options.onGap,
      onState: (state) => this.#enter(state),
    });
    this.#stream.start();
  }

  #enter(state: StreamState): void {
    const extras = this.#topics().filter((topic) => !this.#options.topics.includes(topic));
    if (state === "refused" && extras.length > 0) {
      for (const topic of extras) this.#refused.add(topic);
      this.#topicsChanged();
    }
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }

  #topics(): readonly string[] {
    const wanted = new Set([...this.#options.topics, ...this.#listeners.keys()]);
    return [...wanted].filter((topic) => !this.#refused.has(topic)).sort();
  }
}
