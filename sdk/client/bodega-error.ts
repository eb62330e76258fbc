import type { components } from "../schema.gen.ts";

/** One thing that is wrong with a request, as the problem document names it; other members are the code's own. */
export type BodegaErrorDetail = NonNullable<components["schemas"]["Problem"]["errors"]>[number];

/** Codes of failures that no server said: there was no answer, none in time, or one that is not of Bodega. */
export type LocalErrorCode = "NETWORK" | "TIMEOUT" | "UNEXPECTED_ANSWER";

export interface BodegaErrorOptions {
  /** The server's code (contracts), or a {@link LocalErrorCode}. */
  readonly code: string;
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly BodegaErrorDetail[];
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/**
 * The one way in which a call fails (RFC 9457 `application/problem+json`, typed). `retryable`: the same request,
 * unchanged, may work later. A call that its own caller aborted rejects with the signal's reason instead.
 */
export class BodegaError extends Error {
  override readonly name = "BodegaError";
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly BodegaErrorDetail[];
  /** What to give whoever looks into it: the server's log knows the call by it. */
  readonly requestId: string;
  readonly retryable: boolean;
  /** How long the server asks to wait; null when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(options: BodegaErrorOptions) {
    super(options.detail, { cause: options.cause });
    this.code = options.code;
    this.status = options.status;
    this.detail = options.detail;
    this.errors = options.errors ?? [];
    this.requestId = options.requestId;
    this.retryable = isRetryable(options.code, options.status);
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

function isRetryable(code: string, status: number): boolean {
  if (code === "NETWORK" || code === "TIMEOUT" || code === "REQUEST_IN_PROGRESS") return true;
  return status === 429 || status >= 500;
}

/** The error that an answer stands for, whatever its body: a proxy's page is one too. Reads the body. */
export async function errorOfAnswer(answer: Response, requestId: string): Promise<BodegaError> {
  const problem = await problemIn(answer);
  return new BodegaError({
    code: problem?.code ?? "UNEXPECTED_ANSWER",
    status: answer.status,
    detail: problem?.detail ?? `The server answered ${answer.status} and did not say why.`,
    requestId: problem?.requestId ?? answer.headers.get("x-request-id") ?? requestId,
    retryAfterMs: retryAfterMsOf(answer.headers.get("retry-after")),
    ...(problem?.errors && { errors: problem.errors }),
  });
}

/** `Retry-After` (RFC 9110 §10.2.3) in seconds or as a date, in milliseconds from now; null for anything else. */
export function retryAfterMsOf(header: string | null, now: number = Date.now()): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

interface ProblemDocument {
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly errors: readonly BodegaErrorDetail[] | undefined;
}

async function problemIn(answer: Response): Promise<ProblemDocument | null> {
  if (!answer.headers.get("content-type")?.startsWith("application/problem+json")) return null;
  const body: unknown = await answer.json().catch(() => null);
  if (typeof body !== "object" || body === null || !("code" in body) || typeof body.code !== "string") return null;
  return {
    code: body.code,
    detail: "detail" in body && typeof body.detail === "string" ? body.detail : body.code,
    requestId: "requestId" in body && typeof body.requestId === "string" ? body.requestId : undefined,
    errors: "errors" in body && Array.isArray(body.errors) ? body.errors.filter(isDetail) : undefined,
  };
}

const isDetail = (value: unknown): value is BodegaErrorDetail => typeof value === "object" && value !== null;
