import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Logger } from "../telemetry/logger.ts";

export interface KeySetOptions {
  /** Reads all keys that count now; must give up when `signal` aborts. */
  readonly read: (signal: AbortSignal) => Promise<JSONWebKeySet>;
  readonly log: Logger;
}

const readTimeoutMs = 2_000;
/** How old keys may grow before they are read again, behind the requests. */
const freshMs = 5 * 60_000;
/** How long after a reading an unknown key is refused without asking again: after one that worked, and one that failed. */
const cooldownMs = 5_000;
const failedCooldownMs = 15_000;

/**
 * The keys that tokens are verified with, held in memory. When their source is down, the keys known go on working, and a
 * token of an unknown key is refused at once (after one try of 2 s at most every 15 s).
 */
export class KeySet {
  readonly #options: KeySetOptions;
  #resolve: ReturnType<typeof createLocalJWKSet> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #nextReadAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(options: KeySetOptions) {
    this.#options = options;
  }

  /** For `jwtVerify`. Throws jose's `JWKSNoMatchingKey`, or what reading failed with when no key was ever read. */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    if (this.#resolve === undefined) await this.#read();
    else if (performance.now() - this.#readAt > freshMs) this.#readBehind();
    if (this.#resolve === undefined) throw new errors.JWKSNoMatchingKey();
    try {
      return await this.#resolve(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || performance.now() < this.#nextReadAt) throw error;
      await this.#read();
      return this.#resolve(header, token);
    }
  };

  /** Reads the keys now; one reading at a time, whoever asks. A failure is logged, and thrown only without any key. */
  async #read(): Promise<void> {
    if (this.#resolve === undefined && performance.now() < this.#nextReadAt) throw new KeySourceDown();
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  #readBehind(): void {
    if (performance.now() < this.#nextReadAt) return;
    // `#readOnce` throws only when there is no key at all, which is not so here.
    void this.#read().catch((error: unknown) => this.#options.log.error({ error }, "the keys could not be renewed"));
  }

  async #readOnce(): Promise<void> {
    try {
      const keys = await this.#options.read(AbortSignal.timeout(readTimeoutMs));
      this.#resolve = createLocalJWKSet(keys);
      this.#readAt = performance.now();
      this.#nextReadAt = this.#readAt + cooldownMs;
    } catch (error) {
      this.#nextReadAt = performance.now() + failedCooldownMs;
      this.#options.log.warn({ error }, "the keys of the token issuer could not be read");
      if (this.#resolve === undefined) throw new KeySourceDown(error);
    }
  }
}

/** No key was ever read, so no token can be judged. */
export class KeySourceDown extends Error {
  constructor(cause?: unknown) {
    super("the keys of the token issuer cannot be read", { cause });
    this.name = "KeySourceDown";
  }
}

const jwksBytesMax = 256 * 1024;

/** Reads an issuer's JWKS over HTTP: no redirects, 256 KiB at most. */
export async function fetchKeys(url: string, signal: AbortSignal): Promise<JSONWebKeySet> {
  const response = await fetch(url, { signal, redirect: "error", headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`the JWKS address answered ${response.status}`);
  const keys: unknown = JSON.parse(await boundedText(response));
  if (!isKeySet(keys)) throw new Error("the JWKS address gave no key set");
  return keys;
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > jwksBytesMax) throw new Error(`the JWKS address gave more than ${jwksBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  typeof value === "object" && value !== null && "keys" in value && Array.isArray(value.keys);
