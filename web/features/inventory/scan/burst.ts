/**
 * Tells a barcode scanner that types (a keyboard wedge) from a person who types, by the time between keys alone.
 *
 *   idle ── a character ──► open             the first characters may be anybody's
 *   open ── the 4th, each within 50 ms ──► captured: a scanner, as far as one can tell
 *   captured ── Enter or Tab at once ──► scanned, from 4 characters on
 *   captured ── silence ──► scanned, when it reads like a code: from 6 characters on, with a digit among them
 *   open, captured ── anything else ──► typed: it was a person (or a program that types), who gets back what was taken
 *
 * Scanners leave 1 to 30 ms between keys, over Bluetooth too; the fastest typists 60 ms, and two keys that roll over
 * each other 20 to 40 ms, but never four in a row. It has no clock of its own: times come with the keys.
 */
export class BurstRecogniser {
  #text = "";
  #lastMs = Number.NEGATIVE_INFINITY;
  /** When the last key of the last scan came. */
  #scannedMs = Number.NEGATIVE_INFINITY;

  /** A key at `timeMs`: a character, `"Enter"` or `"Tab"`. Call `interrupt` for all other keys. */
  press(key: string, timeMs: number): Pressed {
    if (key === "Enter" || key === "Tab") return this.#pressEnd(timeMs);
    const before =
      timeMs - this.#lastMs > gapMaxMs
        ? this.#end(silenceReadsAsCode)
        : this.#text.length >= charsMax
          ? this.#end(() => false)
          : null;
    this.#text += key;
    this.#lastMs = timeMs;
    return { before, verdict: this.#text.length >= capturedFrom ? "captured" : "open", ended: null };
  }

  #pressEnd(timeMs: number): Pressed {
    // A scanner's own Enter that came late: the silence before it has ended the scan already.
    if (this.#text === "" && timeMs - this.#scannedMs <= lateEnterMs) {
      return { before: null, verdict: "captured", ended: null };
    }
    if (timeMs - this.#lastMs <= silenceMs && this.#text.length >= endedCharsMin) {
      return { before: null, verdict: "captured", ended: this.#end(() => true) };
    }
    return { before: this.#end(() => false), verdict: "open", ended: null };
  }

  /** Nothing came for a while: the end of what was under way, if `timeMs` is late enough for it. */
  pause(timeMs: number): Ended | null {
    return timeMs - this.#lastMs >= silenceMs ? this.#end(silenceReadsAsCode) : null;
  }

  /** A key that no scanner sends: whoever typed so far is a person. */
  interrupt(): Ended | null {
    return this.#end(() => false);
  }

  #end(isScan: (text: string) => boolean): Ended | null {
    const text = this.#text;
    if (text === "") return null;
    const kind = isScan(text) ? "scanned" : "typed";
    if (kind === "scanned") this.#scannedMs = this.#lastMs;
    this.#text = "";
    this.#lastMs = Number.NEGATIVE_INFINITY;
    return { kind, text };
  }
}

export interface Pressed {
  /** What had been under way and came to its end because this key came too late to belong to it. */
  readonly before: Ended | null;
  /** `open`: it may be anybody's; `captured`: it is part of a scan. */
  readonly verdict: "open" | "captured";
  /** The scan that this key completes. */
  readonly ended: Ended | null;
}

export interface Ended {
  readonly kind: "scanned" | "typed";
  /** All of it, from the first character on. */
  readonly text: string;
}

/** Between two keys of one scan, at most. */
const gapMaxMs = 50;
/** After the last key, without Enter; more than the gap, since timers are late rather than early. */
export const silenceMs = 80;
/** After a scan that silence has ended, an Enter within this time is still the scanner's. */
const lateEnterMs = 250;
const capturedFrom = 4;
const endedCharsMin = 4;
const silentCharsMin = 6;
/** A GS1 element string has 48 characters in a bar code; a QR code may hold far more, and is not one of ours. */
const charsMax = 120;

/** Programs that write for people (abbreviations, dictation) are as fast as scanners; they write words. */
const silenceReadsAsCode = (text: string): boolean =>
  text.length >= silentCharsMin && /\d/.test(text) && !/\s/.test(text);
