import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { MediaGrant, SignedUrlOptions } from "./object-store.ts";

/** Characters that mean the same in a header, in a URL and on every disk. */
const fileNamePattern = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,149}$/;

/**
 * Signs addresses of objects that are not public: HMAC-SHA-256 over key, end and file name, under a key of its own that is
 * derived (HKDF, RFC 5869) from the installation's secret. What is signed for one key opens no other, and an end or a
 * name that was changed opens nothing.
 */
export class MediaSigner {
  readonly #secret: Uint8Array;

  constructor(secret: string) {
    this.#secret = new Uint8Array(hkdfSync("sha256", secret, "", "bodega signed media addresses", 32));
  }

  /** The query of the address, without the question mark. Throws for a file name that could not be sent. */
  sign(key: string, { expiresAt, fileName }: SignedUrlOptions): string {
    if (fileName !== undefined && !fileNamePattern.test(fileName)) throw new Error("this file name cannot be signed");
    const expires = String(Math.floor(expiresAt.getTime() / 1000));
    const signature = this.#signatureOf(key, expires, fileName ?? "").toString("base64url");
    return new URLSearchParams({ expires, ...(fileName !== undefined && { name: fileName }), signature }).toString();
  }

  /** What the query allows at `now`; null unless every part of it is as it was signed. */
  verify(key: string, query: URLSearchParams, now: Date): MediaGrant | "expired" | null {
    const expires = query.get("expires") ?? "";
    const fileName = query.get("name");
    if (!/^\d{1,12}$/.test(expires)) return null;
    const given = Buffer.from(query.get("signature") ?? "", "base64url");
    const expected = this.#signatureOf(key, expires, fileName ?? "");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const expiresAt = new Date(Number(expires) * 1000);
    return expiresAt <= now ? "expired" : { expiresAt, fileName };
  }

  #signatureOf(key: string, expires: string, fileName: string): Buffer {
    // Neither keys nor ends hold a line break, so no two sets of parts are written alike.
    return createHmac("sha256", this.#secret).update(`${key}\n${expires}\n${fileName}`).digest();
  }
}
