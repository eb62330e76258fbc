/** One event, or a comment that carries a position (`data` is then null). */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string | null;
  /** The last position that was named, by this event or by one before. */
  readonly id: string | null;
  /** What the server wants to be waited before a reconnection, when this frame said so. */
  readonly retryMs: number | null;
}

/** An event larger than this is not one of ours. */
const frameCharactersMax = 1_000_000;

/**
 * Reads `text/event-stream` piece by piece (WHATWG HTML §9.2.6). A frame that is cut off counts for nothing: the position
 * moves only with whole frames, so what was lost comes again.
 */
export class ServerSentEventParser {
  #rest = "";
  #id: string | null = null;

  /** Every frame that `piece` completes. Throws when a frame has no end. */
  push(piece: string): readonly ServerSentEvent[] {
    // A piece may end between the two characters of one line break; it is kept until the next piece tells.
    const text = (this.#rest + piece).replace(/\r\n|\r(?!$)/g, "\n");
    const frames = text.split("\n\n");
    this.#rest = frames.pop() ?? "";
    if (this.#rest.length > frameCharactersMax) throw new RangeError("an event of the stream is too large");
    return frames.map((frame) => this.#read(frame));
  }

  #read(frame: string): ServerSentEvent {
    let event = "message";
    let retryMs: number | null = null;
    const data: string[] = [];
    for (const line of frame.split("\n")) {
      const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
      if (field === "event") event = value;
      if (field === "data") data.push(value);
      if (field === "id" && !value.includes("\0")) this.#id = value;
      if (field === "retry" && /^\d{1,9}$/.test(value)) retryMs = Number(value);
    }
    return { event, data: data.length === 0 ? null : data.join("\n"), id: this.#id, retryMs };
  }
}
