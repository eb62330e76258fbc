import createFetchClient, { type Client } from "openapi-fetch";
import type { paths } from "../schema.gen.ts";
import type { BodegaError } from "./bodega-error.ts";
import { CookieSession } from "./cookie-session.ts";
import { ImagesApi } from "./images-api.ts";
import { ProductsApi } from "./products-api.ts";
import { type TokenSource, tokensFrom } from "./token-source.ts";
import { Transport } from "./transport.ts";

export interface ClientOptions {
  /** Of the server, without a slash at the end; "" (default) is the page's own origin. */
  readonly baseUrl?: string;
  /** A bearer token for each call. Without it, the cookie session of the embedded identity is used (`session`). */
  readonly getToken?: () => string | null | Promise<string | null>;
  /** From a call to its whole answer, tries included; default 10 s. Uploads go by progress instead. */
  readonly timeoutMs?: number;
  /** Tries of a call that may be repeated; default 4. */
  readonly attemptsMax?: number;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Told of each failure that a caller gets. */
  readonly onError?: (error: BodegaError, request: Request) => void;
}

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** With one, a write is safe to try again, and is tried again. See `createMutationKey`. */
  readonly idempotencyKey?: string;
}

/** A typed client of one Bodega. Every failure of a call is a `BodegaError`. */
export interface BodegaClient {
  readonly baseUrl: string;
  readonly session: CookieSession;
  readonly products: ProductsApi;
  readonly images: ImagesApi;
  /**
   * Every endpoint, typed by the OpenAPI document; rejects with `BodegaError` where the answer is not a success:
   * `await dataOf(client.http.GET("/v1/me"))`.
   */
  readonly http: Client<paths, `${string}/${string}`>;
  readonly transport: Transport;
  readonly tokens: TokenSource;
}

export function createClient(options: ClientOptions = {}): BodegaClient {
  const { baseUrl = "", timeoutMs = 10_000, attemptsMax = 4 } = options;
  const fetch = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const session = new CookieSession({ baseUrl, timeoutMs, fetch });
  const tokens = options.getToken === undefined ? session : tokensFrom(options.getToken);
  const transport = new Transport({
    tokens,
    timeoutMs,
    attemptsMax,
    fetch,
    ...(options.onError && { onError: options.onError }),
  });
  const http = createFetchClient<paths>({ baseUrl, fetch: (request) => transport.send(request) });
  return {
    baseUrl,
    session,
    tokens,
    transport,
    http,
    products: new ProductsApi(http),
    images: new ImagesApi(http),
  };
}
