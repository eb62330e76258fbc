import { BodegaError } from "../client/bodega-error.ts";
import type { BodegaClient } from "../client/client.ts";
import type { KeyStorage } from "../client/mutation-key.ts";
import { uuid } from "../client/request-identity.ts";
import { pagePath, redact } from "./redact.ts";
import { ReportStorage } from "./report-storage.ts";

/** One kind of failure on one page; `count` is how often it came before it was sent. */
export interface ClientErrorReport {
  readonly id: string;
  readonly at: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  readonly page: string;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly release: string | null;
  readonly count: number;
}

export interface ClientMetricReport {
  readonly at: string;
  /** Lower case with dots or underscores: `thumbnail.transient_fetch`. */
  readonly name: string;
  readonly value: number;
  readonly page: string;
}

export interface ClientReportsOptions {
  readonly client: Pick<BodegaClient, "baseUrl" | "transport">;
  /** Where reports wait while there is no network; default `localStorage`, in memory where there is none. */
  readonly storage?: KeyStorage | null;
  /** Version of the application. */
  readonly release?: string;
  readonly page?: () => string;
  readonly flushEveryMs?: number;
}

/** Of each kind; what is more is dropped, the oldest first. */
const waitingMax = 200;
const batchMax = 50;
/** Browsers refuse a `keepalive` body of more than 64 KiB. */
const batchBytesMax = 60_000;

/**
 * Gathers errors and metrics of this client and sends them in batches; what cannot be sent now waits, bounded, for the
 * network. Nothing in them tells who or what was looked at (see `redact`).
 */
export class ClientReports {
  readonly #options: ClientReportsOptions;
  readonly #errors: ReportStorage<ClientErrorReport>;
  readonly #metrics: ReportStorage<ClientMetricReport>;
  #timer: ReturnType<typeof setInterval> | undefined;
  #flushing: Promise<void> | null = null;
  /** By path, the batch that may have arrived though no answer did: the same items go under the same key again. */
  readonly #unsettled = new Map<string, { readonly body: string; readonly key: string }>();

  constructor(options: ClientReportsOptions) {
    this.#options = options;
    const storage = options.storage === undefined ? localKeyStorage() : options.storage;
    this.#errors = new ReportStorage(storage, "bodega.client-errors", waitingMax, isErrorReport);
    this.#metrics = new ReportStorage(storage, "bodega.client-metrics", waitingMax, isMetricReport);
  }

  /** What waits to be sent. */
  get waiting(): { readonly errors: number; readonly metrics: number } {
    return { errors: this.#errors.items.length, metrics: this.#metrics.items.length };
  }

  /** Sends every `flushEveryMs` (15 s) from now on. Returns how to stop. */
  start(): () => void {
    this.#timer ??= setInterval(() => void this.flush(), this.#options.flushEveryMs ?? 15_000);
    return () => {
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  error(error: unknown): void {
    const report = this.#reportOf(error);
    const items = this.#errors.items;
    const same = items.find(
      ({ message, stack, page, code }) =>
        message === report.message && stack === report.stack && page === report.page && code === report.code,
    );
    const counted = same && { ...same, at: report.at, count: same.count + 1 };
    this.#errors.replace(
      counted === undefined ? [...items, report] : items.map((item) => (item === same ? counted : item)),
    );
  }

  metric(name: string, value: number): void {
    const report = { at: new Date().toISOString(), name: redact(name, 80), value, page: this.#page() };
    this.#metrics.replace([...this.#metrics.items, report]);
  }

  /** Sends what waits. Never rejects: what was not taken stays for the next time. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    await this.#send("/v1/client-errors", this.#errors);
    await this.#send("/v1/client-metrics", this.#metrics);
  }

  async #send<Item>(path: string, waiting: ReportStorage<Item>): Promise<void> {
    const batch = batchOf(waiting.items);
    if (batch.length === 0) return;
    const body = JSON.stringify({ items: batch });
    const before = this.#unsettled.get(path);
    const key = before?.body === body ? before.key : uuid();
    this.#unsettled.set(path, { body, key });
    const request = new Request(`${this.#options.client.baseUrl}${path}`, {
      method: "POST",
      // Goes on when the page goes away.
      keepalive: true,
      headers: { "content-type": "application/json", "idempotency-key": key },
      body,
    });
    const isSettled = await this.#options.client.transport.send(request).then(
      () => true,
      // What the server will never take is not offered again and again.
      (error: unknown) => error instanceof BodegaError && !error.retryable && error.status !== 401,
    );
    if (isSettled) waiting.replace(waiting.items.filter((item) => !batch.includes(item)));
  }

  #reportOf(error: unknown): ClientErrorReport {
    const known = error instanceof Error ? error : new Error(String(error));
    const isBodega = error instanceof BodegaError;
    return {
      id: uuid(),
      at: new Date().toISOString(),
      name: redact(known.name, 80),
      message: redact(known.message, 500),
      stack: known.stack === undefined ? null : redact(known.stack, 4_000),
      page: this.#page(),
      code: isBodega ? error.code : null,
      requestId: isBodega ? error.requestId : null,
      release: this.#options.release ?? null,
      count: 1,
    };
  }

  #page(): string {
    return pagePath(this.#options.page?.() ?? globalThis.location?.pathname ?? "");
  }
}

/** The oldest, as many as one request takes. */
function batchOf<Item>(items: readonly Item[]): readonly Item[] {
  const batch: Item[] = [];
  let bytes = 0;
  for (const item of items.slice(0, batchMax)) {
    bytes += new TextEncoder().encode(JSON.stringify(item)).length + 1;
    if (batch.length > 0 && bytes > batchBytesMax) break;
    batch.push(item);
  }
  return batch;
}

function localKeyStorage(): KeyStorage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    // Forbidden, for example in a sandboxed frame.
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isErrorReport = (value: unknown): value is ClientErrorReport =>
  isRecord(value) && typeof value.message === "string" && typeof value.count === "number";

const isMetricReport = (value: unknown): value is ClientMetricReport =>
  isRecord(value) && typeof value.name === "string" && typeof value.value === "number";
