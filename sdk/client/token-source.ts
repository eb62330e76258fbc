/** Where bearer tokens come from. */
export interface TokenSource {
  /** A token that is good for some time yet; null: calls go without one. May reject with a `BodegaError`. */
  readonly token: () => Promise<string | null>;
  /** The server refused `token`. True when another one can be had, so that the call is worth a second try. */
  readonly refused: (token: string) => boolean;
}

/** Tokens that the application gets in its own way, for example from an outside issuer's library. */
export function tokensFrom(getToken: () => string | null | Promise<string | null>): TokenSource {
  return { token: async () => getToken(), refused: () => false };
}
