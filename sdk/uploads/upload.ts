import type { NewProduct } from "../model.ts";

/** Where a photo goes: onto a product that is there, or onto one that is made for it. */
export type UploadTarget = { readonly productId: string } | { readonly product: NewProduct };

export interface NewUpload {
  readonly file: Blob;
  readonly fileName: string;
  readonly target: UploadTarget;
  /** Text for those who cannot see the photo. */
  readonly alt?: string;
  /** Photos that the target has already, by SHA-256: a file that is one of them is left out. */
  readonly knownSha256?: readonly string[];
}

/**
 * `queued` → `uploading` → one of the four ends: `done` (the server has it: from here on nothing can be lost), `skipped`
 * (the same file is there or under way already), `failed` (see `error`; `retry` when it is retryable), `cancelled`.
 * Between tries an upload is `queued` again.
 */
export type UploadStatus = "queued" | "uploading" | "done" | "skipped" | "failed" | "cancelled";

export interface UploadError {
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly retryable: boolean;
}

/** What people see of an upload. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly status: UploadStatus;
  readonly sha256: string | null;
  readonly productId: string | null;
  readonly imageId: string | null;
  /** Of `skipped`: the upload that has the same file; null when the product itself has it. */
  readonly duplicateOf: string | null;
  readonly attempts: number;
  readonly error: UploadError | null;
  /** False: the store would not take it, so it does not survive a reload. */
  readonly isKept: boolean;
  /** The true outcome of a cancellation that came too late: the photo is there. */
  readonly wasCancelledTooLate: boolean;
  readonly createdAt: number;
}

/** What is kept of an upload, to go on with it after a reload. The keys make repeating each step harmless. */
export interface StoredUpload {
  readonly upload: Upload;
  readonly target: UploadTarget;
  readonly alt: string | null;
  readonly knownSha256: readonly string[];
  readonly productKey: string;
  readonly photoKey: string;
  /** The tab whose queue works on it. */
  readonly ownerId: string;
  /** Null once it has ended well: the bytes are the server's now. */
  readonly file: Blob | null;
}

/** Where a queue keeps its uploads. */
export interface UploadStore {
  readonly all: () => Promise<readonly StoredUpload[]>;
  readonly put: (stored: StoredUpload) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

export const isOver = ({ status }: Pick<Upload, "status">): boolean => status !== "queued" && status !== "uploading";
