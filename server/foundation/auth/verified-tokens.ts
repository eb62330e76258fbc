import type { JWTPayload } from "jose";

/** Nobody waits longer than this for a key that was taken back to count. */
const lifetimeMs = 30_000;
const tokensMax = 5_000;

/**
 * Tokens whose signature was checked a moment ago: a busy caller sends the same one with every request, and checking it
 * costs more than all else that the server does for a small request. What can end before the token does (the session's
 * epoch) is asked for each time all the same.
 */
export class VerifiedTokens {
  readonly #known = new Map<string, { readonly payload: JWTPayload; readonly until: number }>();

  get(token: string): JWTPayload | null {
    const known = this.#known.get(token);
    if (known === undefined) return null;
    if (known.until > Date.now()) return known.payload;
    this.#known.delete(token);
    return null;
  }

  add(token: string, payload: JWTPayload): void {
    if (this.#known.size >= tokensMax) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(token, { payload, until: Math.min(Date.now() + lifetimeMs, (payload.exp ?? 0) * 1000) });
  }
}
