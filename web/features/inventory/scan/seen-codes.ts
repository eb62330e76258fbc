/** A code that was gone for so long is scanned anew when it comes back. */
const goneMs = 900;

/**
 * A camera sees the same code in picture after picture: it counts once, and again only after it was out of sight. A code
 * has to be seen in two pictures, since one alone may be misread.
 */
export class SeenCodes {
  readonly #seen = new Map<string, { readonly lastMs: number; readonly times: number }>();

  /** Those of a picture at `nowMs` that count. */
  newOnes(codes: readonly string[], nowMs: number): readonly string[] {
    for (const [code, { lastMs }] of this.#seen) if (nowMs - lastMs > goneMs) this.#seen.delete(code);
    return [...new Set(codes)].filter((code) => {
      const times = (this.#seen.get(code)?.times ?? 0) + 1;
      this.#seen.set(code, { lastMs: nowMs, times });
      return times === 2;
    });
  }
}
