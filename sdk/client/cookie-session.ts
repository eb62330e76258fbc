import type { components } from "../schema.gen.ts";
import { anySignal } from "./any-signal.ts";
import { BodegaError, errorOfAnswer } from "./bodega-error.ts";
import { newRequestIdentity, traceparentOf } from "./request-identity.ts";
import type { TokenSource } from "./token-source.ts";

export type SignedInUser = components["schemas"]["SignedIn"]["user"];
export type Credentials = components["schemas"]["Credentials"];

export interface CookieSessionOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** `unknown` until the first token was asked for. */
export type SessionState = "unknown" | "signed_in" | "signed_out";

interface HeldToken {
  readonly text: string;
  readonly refreshAt: number;
}

/** A token is replaced this long before its end, so that none ends on its way. */
const refreshAheadMs = 60_000;

/**
 * The embedded identity: a session cookie that scripts cannot read, exchanged for tokens of a few minutes that are
 * renewed before they end. In browsers the cookie is the browser's; elsewhere it is kept here.
 */
export class CookieSession implements TokenSource {
  readonly #options: CookieSessionOptions;
  readonly #listeners = new Set<(state: SessionState) => void>();
  #state: SessionState = "unknown";
  #held: HeldToken | null = null;
  #refreshing: Promise<string> | null = null;
  #cookie = "";

  constructor(options: CookieSessionOptions) {
    this.#options = options;
  }

  /** Throws `BodegaError` (`UNAUTHENTICATED` for wrong credentials, `RATE_LIMITED` after too many tries). */
  async signIn(credentials: Credentials, signal?: AbortSignal): Promise<SignedInUser> {
    const answer = await this.#ask("POST", "/auth/sign-in/email", credentials, signal);
    this.#held = null;
    this.#enter("signed_in");
    const { user }: components["schemas"]["SignedIn"] = await answer.json();
    return user;
  }

  /** Ends the session here and at the server. */
  async signOut(signal?: AbortSignal): Promise<void> {
    await this.#ask("POST", "/auth/sign-out", undefined, signal);
    this.#held = null;
    this.#cookie = "";
    this.#enter("signed_out");
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Calls `listener` when someone has signed in, or the session has ended, here or at the server. */
  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Rejects with `UNAUTHENTICATED` when there is no session. Calls at once share one request. */
  async token(): Promise<string> {
    if (this.#held !== null && Date.now() < this.#held.refreshAt) return this.#held.text;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  refused(token: string): boolean {
    if (this.#held?.text === token) this.#held = null;
    return true;
  }

  async #refresh(): Promise<string> {
    try {
      const answer = await this.#ask("GET", "/auth/token");
      const { token }: { readonly token: string } = await answer.json();
      this.#held = { text: token, refreshAt: Date.now() + Math.max(0, lifetimeMsOf(token) - refreshAheadMs) };
      this.#enter("signed_in");
      return token;
    } catch (error) {
      if (error instanceof BodegaError && error.status === 401) {
        this.#held = null;
        this.#enter("signed_out");
      }
      throw error;
    }
  }

  async #ask(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const identity = newRequestIdentity();
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    const request = new Request(`${this.#options.baseUrl}${path}`, {
      method,
      credentials: "include",
      signal: signal === undefined ? timeout : anySignal([signal, timeout]),
      headers: {
        "x-request-id": identity.requestId,
        traceparent: traceparentOf(identity),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(this.#cookie !== "" && { cookie: this.#cookie }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await this.#options.fetch(request).catch((cause: unknown) => {
      signal?.throwIfAborted();
      const code = timeout.aborted ? "TIMEOUT" : "NETWORK";
      const detail = timeout.aborted ? "There was no answer in time." : "The server cannot be reached.";
      throw new BodegaError({ code, status: 0, detail, requestId: identity.requestId, cause });
    });
    if (!answer.ok) throw await errorOfAnswer(answer, identity.requestId);
    this.#keepCookie(answer.headers);
    return answer;
  }

  /** Browsers keep cookies themselves and show none of them here. */
  #keepCookie(headers: Headers): void {
    if (!("getSetCookie" in headers)) return;
    const cookies = headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    if (cookies.length > 0) this.#cookie = cookies.join("; ");
  }

  #enter(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** From the token's own `iat` and `exp`: this clock may be wrong, the span between the two is not. 0 if unreadable. */
export function lifetimeMsOf(token: string): number {
  try {
    const payload: unknown = JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof payload !== "object" || payload === null || !("exp" in payload) || !("iat" in payload)) return 0;
    return typeof payload.exp === "number" && typeof payload.iat === "number" ? (payload.exp - payload.iat) * 1000 : 0;
  } catch {
    return 0;
  }
}
