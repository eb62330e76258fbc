/**
 * The one way in which an expected failure travels: a `Problem` is thrown by rules and queries, answered as RFC 9457
 * `application/problem+json` by HTTP, and read by tasks to know whether another try can help.
 *
 * Every module keeps its own catalogue of codes in `errors.ts`, made with `defineProblems`.
 */
export interface ProblemDefinition {
  readonly status: number;
  /** English, short, the same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
  /** Whether the same request may work later without being changed. */
  readonly retryable?: boolean;
}

/** One thing that is wrong with the request: where (`path`, dotted) and what. Other members are the code's own. */
export interface ProblemDetail {
  readonly path?: string;
  readonly message?: string;
  readonly [member: string]: unknown;
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly ProblemDetail[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
  readonly errors: readonly ProblemDetail[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, definition: ProblemDefinition, options: ProblemOptions = {}) {
    super(options.detail ?? definition.title, { cause: options.cause });
    this.name = "Problem";
    this.code = code;
    this.status = definition.status;
    this.title = definition.title;
    this.retryable = definition.retryable ?? false;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

type Problems<Code extends string> = Readonly<Record<Code, (options?: ProblemOptions | string) => Problem>>;

/**
 * Turns a table of codes into functions that make the problem: `throw problems.NOT_FOUND("No product has this id.")`.
 */
export function defineProblems<Code extends string>(table: Readonly<Record<Code, ProblemDefinition>>): Problems<Code> {
  const entries = Object.entries<ProblemDefinition>(table).map(([code, definition]) => [
    code,
    (options: ProblemOptions | string = {}) =>
      new Problem(code, definition, typeof options === "string" ? { detail: options } : options),
  ]);
  return Object.fromEntries(entries) as Problems<Code>;
}

/** The codes that every module may need (contracts, *Error codes*). */
export const problems = defineProblems({
  VALIDATION_FAILED: { status: 400, title: "The request is not valid." },
  UNAUTHENTICATED: { status: 401, title: "Sign in first." },
  FORBIDDEN: { status: 403, title: "Your role does not allow this." },
  NOT_FOUND: { status: 404, title: "There is no such thing." },
  CONFLICT: { status: 409, title: "The request conflicts with the present state." },
  REQUEST_IN_PROGRESS: { status: 409, title: "The first request with this key is still under way.", retryable: true },
  EVENTS_EXPIRED: { status: 410, title: "The position is older than the events that are kept." },
  PRECONDITION_FAILED: { status: 412, title: "It was changed by someone else meanwhile." },
  PAYLOAD_TOO_LARGE: { status: 413, title: "The request is too large." },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The content type is not supported." },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: "The idempotency key was used for another request." },
  PRECONDITION_REQUIRED: { status: 428, title: "Send If-Match with the ETag that you read." },
  RATE_LIMITED: { status: 429, title: "Too many requests.", retryable: true },
  INTERNAL: { status: 500, title: "Something went wrong on our side.", retryable: true },
  SERVICE_UNAVAILABLE: { status: 503, title: "Temporarily unavailable.", retryable: true },
});
