export type EmbeddedPostgresFailure =
  /** No binaries for this system, or they cannot run here. */
  | "unsupported-system"
  /** The data folder cannot be read, written or entered, or is not PostgreSQL's. */
  | "data-folder"
  /** The data was written by another major version. */
  | "version-mismatch"
  /** The server does not start, answer or stop. */
  | "server"
  /** Another process keeps the server's start to itself for too long. */
  | "busy";

/** What keeps the embedded PostgreSQL from running: the message is one sentence that says what to do about it. */
export class EmbeddedPostgresError extends Error {
  readonly failure: EmbeddedPostgresFailure;

  constructor(failure: EmbeddedPostgresFailure, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = "EmbeddedPostgresError";
    this.failure = failure;
  }
}

/** The code of a failed system call (`ENOENT`), or null for any other error. */
export function systemErrorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

const systemErrors: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is not a folder",
  ENOENT: "it does not exist and cannot be created",
};

export function dataFolderError(path: string, cause: unknown): EmbeddedPostgresError {
  const reason = systemErrors[systemErrorCode(cause) ?? ""] ?? (cause instanceof Error ? cause.message : String(cause));
  return new EmbeddedPostgresError(
    "data-folder",
    `The embedded PostgreSQL cannot use ${path} (${reason}); set DATA_DIR to a folder that this user can write, or DATABASE_URL to a PostgreSQL of your own.`,
    { cause },
  );
}
