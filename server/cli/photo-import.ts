import { open } from "node:fs/promises";
import { extname } from "node:path";
import { type ImportedPhoto, importPhoto, type PhotoProgress, readPhotoProgress } from "../catalog/index.ts";
import type { Foundation } from "../foundation/foundation.ts";
import { pause } from "../foundation/pause.ts";
import { Problem } from "../foundation/problem.ts";
import { messageOf } from "./failure.ts";
import type { FolderFile } from "./folder-files.ts";

export interface PhotoLine {
  readonly file: string;
  /** The photo's state, or `refused`, `skipped`, `not begun`. */
  readonly state: string;
  readonly outcome: "done" | "skipped" | "failed" | "waiting";
  /** From when the upload was accepted to when the photo came to its end; null for one that was there before. */
  readonly durationMs: number | null;
  readonly reason: string | null;
  readonly productId: string | null;
  readonly imageId: string | null;
}

export interface PhotoImportOptions {
  readonly files: readonly FolderFile[];
  /** How long nothing may move before the rest is not waited for. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly ensureWorker: () => Promise<void>;
  readonly onProgress: (lines: readonly PhotoLine[]) => void;
}

interface FollowedPhoto {
  readonly file: string;
  readonly productId: string;
  readonly isNew: boolean;
}

const uploadsAtOnce = 4;
const pollMs = 100;
const imageExtensions = new Set([".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"]);

/** Files in, four at a time; meanwhile each photo that was accepted is followed to its end. */
export class PhotoImport {
  readonly #foundation: Foundation;
  readonly #options: PhotoImportOptions;
  readonly #lines = new Map<string, PhotoLine>();
  readonly #followed = new Map<string, FollowedPhoto>();
  #movedAt = performance.now();

  constructor(foundation: Foundation, options: PhotoImportOptions) {
    this.#foundation = foundation;
    this.#options = options;
  }

  /** A line for every file, in the order of the files, also when it was interrupted. */
  async toEnd(): Promise<readonly PhotoLine[]> {
    const { files } = this.#options;
    const queue = files.values();
    let isUploading = true;
    const uploads = Promise.all(Array.from({ length: uploadsAtOnce }, () => this.#uploadFrom(queue))).finally(() => {
      isUploading = false;
      this.#movedAt = performance.now();
    });
    await Promise.all([uploads, this.#followWhile(() => isUploading)]);
    return files.map(({ name }) => this.#lines.get(name) ?? lineOf(name, { state: "not begun", outcome: "waiting" }));
  }

  async #uploadFrom(queue: Iterator<FolderFile>): Promise<void> {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      if (this.#options.signal.aborted) return;
      await this.#upload(next.value);
    }
  }

  async #upload(file: FolderFile): Promise<void> {
    if (file.unfit !== null) {
      this.#tell(lineOf(file.name, { state: "skipped", outcome: "skipped", reason: file.unfit }));
      return;
    }
    try {
      const { productId, isNew, progress } = await this.#import(file);
      const photo = { file: file.name, productId, isNew };
      if (!progress.isSettled) this.#followed.set(progress.imageId, photo);
      this.#tell(photoLine(photo, progress));
    } catch (error) {
      this.#tell(refusedLine(file.name, error));
    }
  }

  async #import({ name, path }: FolderFile): Promise<ImportedPhoto> {
    // Opened first: a stream that cannot open says so when nobody listens yet.
    const body = (await open(path)).createReadStream();
    try {
      return await importPhoto(this.#foundation, { sku: name, name, body });
    } finally {
      body.destroy();
    }
  }

  async #followWhile(isUploading: () => boolean): Promise<void> {
    const { signal, patienceMs, ensureWorker } = this.#options;
    while (!signal.aborted && (isUploading() || this.#followed.size > 0)) {
      if (this.#followed.size > 0) {
        // A database that restarts is waited for, as long as our patience lasts.
        await ensureWorker()
          .then(() => this.#look())
          .catch((error: unknown) =>
            this.#foundation.log.warn({ error }, "the photos could not be looked at just now"),
          );
      }
      if (!isUploading() && performance.now() - this.#movedAt > patienceMs) return;
      await pause(pollMs, signal);
    }
  }

  async #look(): Promise<void> {
    const followed = [...this.#followed];
    const ids = followed.map(([imageId]) => imageId);
    const found = await readPhotoProgress(this.#foundation.database.db, ids);
    const present = new Map(found.map((progress) => [progress.imageId, progress]));
    for (const [imageId, photo] of followed) {
      const progress = present.get(imageId);
      if (progress?.isSettled !== false) this.#followed.delete(imageId);
      this.#tell(
        progress === undefined
          ? lineOf(photo.file, { state: "removed", outcome: "failed", reason: "It was removed meanwhile.", imageId })
          : photoLine(photo, progress),
      );
    }
  }

  #tell(line: PhotoLine): void {
    if (this.#lines.get(line.file)?.state !== line.state) this.#movedAt = performance.now();
    this.#lines.set(line.file, line);
    this.#options.onProgress([...this.#lines.values()]);
  }
}

function photoLine({ file, productId, isNew }: FollowedPhoto, progress: PhotoProgress): PhotoLine {
  const { state, imageId, isSettled } = progress;
  const reason = [isNew ? null : "already there", progress.reason, isSettled ? null : "still waiting"]
    .filter((part) => part !== null)
    .join("; ");
  return lineOf(file, {
    state,
    outcome: isSettled ? outcomeOf(state) : "waiting",
    durationMs: isNew && isSettled ? progress.durationMs : null,
    reason: reason === "" ? null : reason,
    productId,
    imageId,
  });
}

function outcomeOf(state: PhotoProgress["state"]): PhotoLine["outcome"] {
  switch (state) {
    case "ready":
    case "none":
      return "done";
    case "skipped":
      return "skipped";
    case "failed":
    case "partial":
      return "failed";
    case "uploaded":
    case "generating":
    case "retry_scheduled":
      return "waiting";
  }
}

/** A text file among the photos is no failure; a file that calls itself a photo and is none, is. */
function refusedLine(file: string, error: unknown): PhotoLine {
  const isNoPhoto =
    error instanceof Problem &&
    error.code === "UNSUPPORTED_IMAGE_TYPE" &&
    !imageExtensions.has(extname(file).toLowerCase());
  return lineOf(file, { state: "refused", outcome: isNoPhoto ? "skipped" : "failed", reason: messageOf(error) });
}

function lineOf(
  file: string,
  said: Pick<PhotoLine, "state" | "outcome"> & Partial<Omit<PhotoLine, "file">>,
): PhotoLine {
  return { file, durationMs: null, reason: null, productId: null, imageId: null, ...said };
}
