import { sqlState } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { pause } from "../../foundation/pause.ts";
import { countStaleThumbnails, findStaleThumbnails } from "../audits/queries.ts";
import { type PhotoProgress, readPhotoProgress } from "../photos/progress.ts";
import { backfillPriority, countSettledPhotos, findSettledPhotos, requestThumbnailGeneration } from "./queries.ts";

export interface BackfillOptions {
  /** How many photos a second are begun at most. */
  readonly perSecond: number;
  /** True: all photos anew; false: those whose thumbnails are of another recipe or of other bytes. */
  readonly force: boolean;
  /** How long nothing may come to an end before it is not waited for any more. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (report: BackfillReport) => void;
}

export interface BackfillReport {
  /** Found when it began. */
  readonly total: number;
  readonly begun: number;
  readonly renewed: number;
  readonly failed: readonly { readonly imageId: string; readonly reason: string | null }[];
  /** Begun and not at an end yet; workers go on with them. */
  readonly waiting: number;
}

const page = 100;
/** The queue is never filled with more, however slow the workers are. */
const waitingMax = 200;
const pollMs = 200;

/**
 * Renews thumbnails at a bounded rate, behind all other work, and waits for what it began. It may be stopped and begun
 * again: what is renewed is stale no more, so the database itself knows how far it came (with `force`, all anew).
 */
export async function backfillThumbnails(foundation: Foundation, options: BackfillOptions): Promise<BackfillReport> {
  const run = new Backfill(foundation, options);
  return run.toEnd();
}

class Backfill {
  readonly #foundation: Foundation;
  readonly #options: BackfillOptions;
  readonly #startedAt = new Date();
  readonly #waiting = new Set<string>();
  readonly #failed: { readonly imageId: string; readonly reason: string | null }[] = [];
  #total = 0;
  #begun = 0;
  #renewed = 0;
  #movedAt = performance.now();
  #polledAt = 0;

  constructor(foundation: Foundation, options: BackfillOptions) {
    this.#foundation = foundation;
    this.#options = options;
  }

  async toEnd(): Promise<BackfillReport> {
    const { signal, perSecond } = this.#options;
    this.#total = await this.#count();
    let slotAt = performance.now();
    for await (const imageId of this.#photos()) {
      await this.#pollUntil(() => performance.now() >= slotAt && this.#waiting.size < waitingMax);
      if (signal.aborted || this.#isStuck) break;
      // Time that was lost is not made up for in a burst.
      slotAt = Math.max(slotAt, performance.now()) + 1000 / perSecond;
      await this.#begin(imageId);
    }
    await this.#pollUntil(() => this.#waiting.size === 0);
    return this.#report();
  }

  async #count(): Promise<number> {
    const { db } = this.#foundation.database;
    return this.#options.force ? countSettledPhotos(db, this.#startedAt) : countStaleThumbnails(db);
  }

  async *#photos(): AsyncGenerator<string> {
    const { db } = this.#foundation.database;
    for (let after: string | null = null; ; ) {
      const found: readonly { readonly imageId: string }[] = this.#options.force
        ? await findSettledPhotos(db, { before: this.#startedAt, after, limit: page })
        : await findStaleThumbnails(db, after, page);
      for (const { imageId } of found) yield imageId;
      after = found.at(-1)?.imageId ?? null;
      if (found.length < page) return;
    }
  }

  async #begin(imageId: string): Promise<void> {
    const { force } = this.#options;
    try {
      const { queued } = await requestThumbnailGeneration(this.#foundation.database.db, imageId, {
        force,
        priority: backfillPriority,
      });
      this.#begun += 1;
      if (queued) this.#waiting.add(imageId);
      else this.#renewed += 1;
    } catch (error) {
      // Removed since it was listed.
      if (sqlState(error) !== "P0002") throw error;
    }
    this.#tell();
  }

  get #isStuck(): boolean {
    return this.#waiting.size > 0 && performance.now() - this.#movedAt > this.#options.patienceMs;
  }

  async #pollUntil(isOver: () => boolean): Promise<void> {
    const { signal } = this.#options;
    while (!isOver() && !signal.aborted && !this.#isStuck) {
      if (this.#waiting.size === 0) this.#movedAt = performance.now();
      if (performance.now() - this.#polledAt >= pollMs) await this.#poll();
      else await pause(10, signal);
    }
  }

  async #poll(): Promise<void> {
    this.#polledAt = performance.now();
    if (this.#waiting.size === 0) return;
    const waited = [...this.#waiting];
    const found = await readPhotoProgress(this.#foundation.database.db, waited);
    const present = new Map(found.map((progress) => [progress.imageId, progress]));
    for (const imageId of waited) this.#settle(imageId, present.get(imageId));
  }

  #settle(imageId: string, progress: PhotoProgress | undefined): void {
    if (progress !== undefined && !progress.isSettled) return;
    this.#waiting.delete(imageId);
    this.#movedAt = performance.now();
    const hasFailed = progress?.state === "failed" || progress?.state === "partial";
    if (hasFailed) this.#failed.push({ imageId, reason: progress.reason });
    else this.#renewed += 1;
    this.#tell();
  }

  #tell(): void {
    this.#options.onProgress?.(this.#report());
  }

  #report(): BackfillReport {
    return {
      total: this.#total,
      begun: this.#begun,
      renewed: this.#renewed,
      failed: [...this.#failed],
      waiting: this.#waiting.size,
    };
  }
}
