export type BookErrorCode = "BOOK_TOO_LARGE" | "BOOK_TIMED_OUT" | "BOOK_OUT_OF_MEMORY" | "BOOK_FAILED";

/**
 * Why a book could not be printed. `message` is one sentence for a person; what the typesetter itself said is in
 * `cause`, for the logs. Only a process that ran out of time, of memory or that died may do better when tried again.
 */
export class BookError extends Error {
  override readonly name = "BookError";
  readonly code: BookErrorCode;
  readonly retryable: boolean;

  constructor(code: BookErrorCode, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
  }
}
