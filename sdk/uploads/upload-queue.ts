import { type Backoff, backoffMs } from "../client/backoff.ts";
import { BodegaError } from "../client/bodega-error.ts";
import type { BodegaClient } from "../client/client.ts";
import { uuid } from "../client/request-identity.ts";
import type { SendForm } from "./send-photo.ts";
import { type TabOwnership, tabOwnership } from "./tab-ownership.ts";
import {
  isOver,
  type NewUpload,
  type StoredUpload,
  type Upload,
  type UploadError,
  type UploadStore,
} from "./upload.ts";
import { isSameTarget, UploadSteps } from "./upload-steps.ts";
import { memoryUploadStore } from "./upload-stores.ts";

export interface UploadQueueOptions {
  readonly client: Pick<BodegaClient, "baseUrl" | "products" | "tokens">;
  /** Where uploads are kept over reloads; default: in memory alone. */
  readonly store?: UploadStore;
  /** Photos on their way at once; default 3. */
  readonly concurrency?: number;
  /** Tries of one upload before it is `failed`; default 6, over about a minute. */
  readonly attemptsMax?: number;
  readonly backoff?: Backoff;
  readonly ownership?: TabOwnership;
  /** How bodies are sent; default: `XMLHttpRequest` where there is one. */
  readonly send?: SendForm;
}

const defaultBackoff: Backoff = { firstMs: 1_000, maxMs: 20_000 };

/**
 * Photos on their way to the server. Each is kept before it is begun and forgotten only by `remove`; every step carries
 * an idempotency key of its own, so that whatever is repeated, after an error, a reload or in another tab, is done once.
 */
export class UploadQueue {
  readonly #options: UploadQueueOptions;
  readonly #store: UploadStore;
  readonly #ownership: TabOwnership;
  readonly #steps: UploadSteps;
  readonly #entries = new Map<string, StoredUpload>();
  readonly #working = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  readonly #pauses = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();
  #snapshot: readonly Upload[] = [];
  #isClosed = false;

  constructor(options: UploadQueueOptions) {
    this.#options = options;
    this.#store = options.store ?? memoryUploadStore();
    this.#ownership = options.ownership ?? tabOwnership();
    this.#steps = new UploadSteps(options);
  }

  /** All uploads, oldest first; the same array until something changes. */
  uploads = (): readonly Upload[] => this.#snapshot;

  /** Calls `listener` after every change. Returns how to stop that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes files in. When it resolves they are kept, and survive a reload if the store does. Answers their ids. */
  async add(uploads: readonly NewUpload[]): Promise<readonly string[]> {
    const entries = uploads.map((upload, index) => this.#entryOf(upload, Date.now() + index / 1000));
    for (const entry of entries) this.#entries.set(entry.upload.id, entry);
    this.#tell();
    await Promise.all(entries.map((entry) => this.#keep(entry)));
    this.#pump();
    return entries.map(({ upload }) => upload.id);
  }

  /** Goes on with what an earlier page left behind; call it once at the start. Uploads of living tabs are theirs. */
  async resume(): Promise<void> {
    const stored = await this.#store.all();
    const alive = await this.#ownership.alive([...new Set(stored.map(({ ownerId }) => ownerId))]);
    for (const entry of stored) {
      const { upload, ownerId } = entry;
      if (this.#entries.has(upload.id) || (alive.has(ownerId) && ownerId !== this.#ownership.ownerId)) continue;
      const isInterrupted = upload.status === "uploading";
      const adopted = { ...entry, ownerId: this.#ownership.ownerId };
      this.#entries.set(upload.id, {
        ...adopted,
        upload: isInterrupted ? { ...upload, status: "queued", sentBytes: 0 } : upload,
      });
      await this.#keep(adopted);
    }
    this.#tell();
    this.#pump();
  }

  /**
   * Tries again what failed or was left out or cancelled. Without an id: all that may work now (the network is back),
   * and what waits for its next try does not wait.
   */
  async retry(id?: string): Promise<void> {
    for (const paused of id === undefined ? [...this.#pauses.keys()] : [id]) {
      clearTimeout(this.#pauses.get(paused));
      this.#pauses.delete(paused);
    }
    for (const entry of [...this.#entries.values()]) {
      const { upload } = entry;
      const isMeant =
        id === undefined ? upload.status === "failed" && upload.error?.retryable === true : upload.id === id;
      if (!isMeant || !isOver(upload) || upload.status === "done" || entry.file === null) continue;
      await this.#change(upload.id, { status: "queued", error: null, attempts: 0, sentBytes: 0, duplicateOf: null });
    }
    this.#pump();
  }

  /**
   * Stops an upload and finds out what really happened: the server may have had it already. Answers the upload as it
   * then is: `cancelled`, with the product that was made for it removed again, or `done` with `wasCancelledTooLate`.
   */
  async cancel(id: string): Promise<Upload | null> {
    const entry = this.#entries.get(id);
    if (entry === undefined || isOver(entry.upload)) return entry?.upload ?? null;
    clearTimeout(this.#pauses.get(id));
    this.#pauses.delete(id);
    const work = this.#working.get(id);
    work?.abort.abort(new DOMException("cancelled", "AbortError"));
    await work?.ended;
    const current = this.#entries.get(id);
    if (current === undefined || isOver(current.upload)) return current?.upload ?? null;
    const outcome = await this.#steps.undo(current).catch((error: unknown) => ({ error: uploadErrorOf(error) }));
    await this.#change(id, { status: "cancelled", sentBytes: 0, ...outcome });
    return this.#entries.get(id)?.upload ?? null;
  }

  /** Takes an upload that is over off the list. */
  async remove(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || !isOver(entry.upload)) return;
    this.#entries.delete(id);
    this.#tell();
    await this.#store.remove(id);
  }

  /** Takes off the list what is `done`, `skipped` or `cancelled`. */
  async clearFinished(): Promise<void> {
    const over = this.#snapshot.filter((upload) => isOver(upload) && upload.status !== "failed");
    await Promise.all(over.map(({ id }) => this.remove(id)));
  }

  /** Resolves once nothing is queued or under way. */
  idle(): Promise<void> {
    const isIdle = () => this.#snapshot.every(isOver);
    if (isIdle()) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (!isIdle()) return;
        stop();
        resolve();
      });
    });
  }

  /** Stops working; what is not over stays in the store for the next page. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#pauses.values()) clearTimeout(timer);
    for (const { abort } of this.#working.values()) abort.abort(new DOMException("closed", "AbortError"));
    this.#ownership.release();
  }

  #entryOf({ file, fileName, target, alt, knownSha256 = [] }: NewUpload, createdAt: number): StoredUpload {
    const upload: Upload = {
      id: uuid(),
      fileName,
      mimeType: file.type,
      sizeBytes: file.size,
      sentBytes: 0,
      status: "queued",
      sha256: null,
      productId: "productId" in target ? target.productId : null,
      imageId: null,
      duplicateOf: null,
      attempts: 0,
      error: null,
      isKept: true,
      wasCancelledTooLate: false,
      createdAt,
    };
    const { ownerId } = this.#ownership;
    return { upload, target, alt: alt ?? null, knownSha256, productKey: uuid(), photoKey: uuid(), ownerId, file };
  }

  /** Starts as many as may run. */
  #pump(): void {
    const concurrency = this.#options.concurrency ?? 3;
    for (const { upload, target } of this.#entries.values()) {
      if (this.#isClosed || this.#working.size >= concurrency) return;
      if (upload.status !== "queued" || this.#working.has(upload.id) || this.#pauses.has(upload.id)) continue;
      if ("productId" in target && this.#isSendingTo(target.productId)) continue;
      const abort = new AbortController();
      const ended = this.#work(upload.id, abort.signal).finally(() => {
        this.#working.delete(upload.id);
        this.#pump();
      });
      this.#working.set(upload.id, { abort, ended });
    }
  }

  /** Photos of one product go one after the other: the order in which they arrive is the order that they have. */
  #isSendingTo(productId: string): boolean {
    return [...this.#working.keys()].some((id) => this.#entries.get(id)?.upload.productId === productId);
  }

  /** One try of one upload, to its end; never rejects. */
  async #work(id: string, signal: AbortSignal): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    await this.#change(id, { status: "uploading", attempts: entry.upload.attempts + 1, sentBytes: 0, error: null });
    try {
      const sha256 = entry.upload.sha256 ?? (await this.#steps.hash(entry));
      const duplicate = this.#duplicateOf(entry, sha256);
      if (duplicate !== undefined) return await this.#change(id, { sha256, status: "skipped", duplicateOf: duplicate });
      await this.#change(id, { sha256 });
      const productId = await this.#steps.product(this.#entries.get(id) ?? entry, signal);
      await this.#change(id, { productId });
      const image = await this.#steps.photo(this.#entries.get(id) ?? entry, productId, signal, (sentBytes) =>
        this.#progress(id, sentBytes),
      );
      await this.#change(id, { status: "done", imageId: image.id, sentBytes: entry.upload.sizeBytes });
    } catch (error) {
      if (!signal.aborted) await this.#fail(id, error);
    }
  }

  /** Undefined: there is none. Null: the target has the file already. Set before anything else can run in between. */
  #duplicateOf(entry: StoredUpload, sha256: string): string | null | undefined {
    if (entry.knownSha256.includes(sha256)) return null;
    for (const other of this.#entries.values()) {
      const { id, status } = other.upload;
      const isHolder = status === "uploading" || status === "queued" || status === "done";
      if (id === entry.upload.id || !isHolder || other.upload.sha256 !== sha256) continue;
      if (isSameTarget(entry.target, other.target)) return id;
    }
    this.#set(entry.upload.id, { sha256 });
    return undefined;
  }

  async #fail(id: string, error: unknown): Promise<void> {
    const failure = uploadErrorOf(error);
    const attempts = this.#entries.get(id)?.upload.attempts ?? 0;
    if (!failure.retryable || attempts >= (this.#options.attemptsMax ?? 6)) {
      return this.#change(id, { status: "failed", error: failure });
    }
    const asked = error instanceof BodegaError ? error.retryAfterMs : null;
    const delayMs = asked ?? backoffMs(attempts, this.#options.backoff ?? defaultBackoff);
    this.#pauses.set(
      id,
      setTimeout(() => {
        this.#pauses.delete(id);
        this.#pump();
      }, delayMs),
    );
    await this.#change(id, { status: "queued", error: failure, sentBytes: 0 });
  }

  #progress(id: string, sentBytes: number): void {
    this.#set(id, { sentBytes });
    this.#tell();
  }

  async #change(id: string, change: Partial<Upload>): Promise<void> {
    this.#set(id, change);
    this.#tell();
    const entry = this.#entries.get(id);
    if (entry !== undefined) await this.#keep(entry);
  }

  #set(id: string, change: Partial<Upload>): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const upload = { ...entry.upload, ...change };
    this.#entries.set(id, { ...entry, upload, file: upload.status === "done" ? null : entry.file });
  }

  /** A store that is full or refused costs the reload, not the upload; `isKept` says so. */
  async #keep(entry: StoredUpload): Promise<void> {
    const isKept = await this.#store.put(entry).then(
      () => true,
      () => false,
    );
    if (isKept === this.#entries.get(entry.upload.id)?.upload.isKept) return;
    this.#set(entry.upload.id, { isKept });
    this.#tell();
  }

  #tell(): void {
    this.#snapshot = [...this.#entries.values()]
      .map(({ upload }) => upload)
      .sort((one, other) => one.createdAt - other.createdAt);
    for (const listener of [...this.#listeners]) listener();
  }
}

function uploadErrorOf(error: unknown): UploadError {
  if (error instanceof BodegaError) {
    const { code, detail, requestId } = error;
    // Signed out is not refused: once someone signs in, it goes on.
    return { code, detail, requestId, retryable: error.retryable || error.status === 401 };
  }
  // Most often the file: it was changed or taken away since it was chosen.
  const detail = error instanceof Error ? error.message : String(error);
  return { code: "FILE_UNREADABLE", detail, requestId: "", retryable: false };
}
