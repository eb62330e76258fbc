import { anySignal } from "./any-signal.ts";
import { type Backoff, backoffMs, unlessAborted, wait } from "./backoff.ts";
import { BodegaError, errorOfAnswer } from "./bodega-error.ts";
import { newRequestIdentity, type RequestIdentity, traceparentOf } from "./request-identity.ts";
import type { TokenSource } from "./token-source.ts";

export interface TransportOptions {
  readonly tokens: TokenSource;
  /** From the call to its whole answer, tries and waits included. */
  readonly timeoutMs: number;
  /** Tries of one call, the first one too. */
  readonly attemptsMax: number;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly backoff?: Backoff;
  /** Told of every failure that a caller gets; for reports. */
  readonly onError?: (error: BodegaError, request: Request) => void;
}

export interface SendOptions {
  readonly timeoutMs?: number;
}

const defaultBackoff: Backoff = { firstMs: 250, maxMs: 3_000 };

/**
 * Sends requests so that each has an end: an answer below 400, or a `BodegaError` within `timeoutMs`. Adds token,
 * `x-request-id` (one a call) and `traceparent` (a span a try). Tries again only where a second arrival can do no
 * harm: what only reads, or what carries an `Idempotency-Key`.
 */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** Rejects with a `BodegaError`, or with the reason of the request's own signal when its caller aborted it. */
  async send(request: Request, { timeoutMs = this.#options.timeoutMs }: SendOptions = {}): Promise<Response> {
    const identity = identityOf(request);
    const deadline = Date.now() + timeoutMs;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(new DOMException("too late", "TimeoutError")), timeoutMs);
    const signal = anySignal([request.signal, timeout.signal]);
    try {
      return await this.#tryUntil(deadline, request, identity, signal);
    } catch (error) {
      request.signal.throwIfAborted();
      const failure = asBodegaError(error, identity, timeout.signal, timeoutMs);
      this.#options.onError?.(failure, request);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  /** With token and identity, one try, the body as a stream and no time limit of its own: for event streams. */
  async open(request: Request): Promise<Response> {
    const identity = identityOf(request);
    const answer = await this.#try(request, identity, request.signal);
    if (!answer.ok) throw await errorOfAnswer(answer, identity.requestId);
    return answer;
  }

  async #tryUntil(
    deadline: number,
    request: Request,
    identity: RequestIdentity,
    signal: AbortSignal,
  ): Promise<Response> {
    const isRepeatable = mayRepeat(request);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#outcome(request, identity, signal);
      if (!(outcome instanceof BodegaError)) return outcome;
      if (attempt >= this.#options.attemptsMax || !isRepeatable || !isTransient(outcome)) throw outcome;
      const delayMs = outcome.retryAfterMs ?? backoffMs(attempt, this.#options.backoff ?? defaultBackoff);
      // What cannot be answered in time is said at once, with how long to wait in it.
      if (Date.now() + delayMs >= deadline) throw outcome;
      await wait(delayMs, signal);
    }
  }

  async #outcome(request: Request, identity: RequestIdentity, signal: AbortSignal): Promise<Response | BodegaError> {
    try {
      const answer = await this.#try(request, identity, signal);
      if (answer.status >= 400) return await errorOfAnswer(answer, identity.requestId);
      return await wholeAnswer(answer, identity.requestId);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BodegaError) return error;
      return networkError(error, identity);
    }
  }

  /** A token that is refused is replaced once: the refused request had no effect, so that is safe for all methods. */
  async #try(request: Request, identity: RequestIdentity, signal: AbortSignal): Promise<Response> {
    const { tokens } = this.#options;
    const token = await unlessAborted(tokens.token(), signal);
    const answer = await this.#options.fetch(prepare(request, identity, signal, token));
    if (answer.status !== 401 || token === null || !tokens.refused(token)) return answer;
    return this.#options.fetch(prepare(request, identity, signal, await unlessAborted(tokens.token(), signal)));
  }
}

function prepare(request: Request, identity: RequestIdentity, signal: AbortSignal, token: string | null): Request {
  const prepared = new Request(request.clone(), { signal });
  prepared.headers.set("x-request-id", identity.requestId);
  prepared.headers.set("traceparent", traceparentOf(identity));
  if (token !== null) prepared.headers.set("authorization", `Bearer ${token}`);
  return prepared;
}

/** Taken from the request where its caller already gave one. */
function identityOf(request: Request): RequestIdentity {
  const made = newRequestIdentity();
  return { ...made, requestId: request.headers.get("x-request-id") ?? made.requestId };
}

/** Whether the server does the same once, however often this arrives. */
export function mayRepeat(request: Pick<Request, "method" | "headers">): boolean {
  return /^(GET|HEAD|OPTIONS)$/.test(request.method) || request.headers.has("idempotency-key");
}

function isTransient(error: BodegaError): boolean {
  return (
    error.code === "NETWORK" || error.code === "REQUEST_IN_PROGRESS" || [429, 502, 503, 504].includes(error.status)
  );
}

/** Read to its end within the time limit, so that a stalled body cannot hold the caller. */
async function wholeAnswer(answer: Response, requestId: string): Promise<Response> {
  // Behind a captive portal or a wrong proxy, a sign-in page says 200.
  if (answer.headers.get("content-type")?.startsWith("text/html")) {
    throw new BodegaError({
      code: "UNEXPECTED_ANSWER",
      status: answer.status,
      detail: "Something between here and the server answered with a page.",
      requestId,
    });
  }
  const { status, statusText, headers } = answer;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : await answer.arrayBuffer(), { status, statusText, headers });
}

const networkError = (cause: unknown, { requestId }: RequestIdentity): BodegaError =>
  new BodegaError({ code: "NETWORK", status: 0, detail: "The server cannot be reached.", requestId, cause });

function asBodegaError(
  error: unknown,
  identity: RequestIdentity,
  timeout: AbortSignal,
  timeoutMs: number,
): BodegaError {
  if (error instanceof BodegaError) return error;
  if (!timeout.aborted) return networkError(error, identity);
  return new BodegaError({
    code: "TIMEOUT",
    status: 0,
    detail: `There was no answer within ${timeoutMs / 1000} s.`,
    requestId: identity.requestId,
    cause: error,
  });
}
