import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Customer } from "./customer.ts";
import type { Random } from "./random.ts";

export interface SeenEvent {
  readonly id: string;
  readonly position: number;
}

const dataSchema = z.object({ id: z.string() });
const betweenTriesMs = 50;

/** Follows `product-images` like a browser on a bad line: it is cut at random and resumes with the last id it has. */
export class EventReader {
  /** What it was given, in that order, over all its connections. */
  readonly seen: SeenEvent[] = [];
  readonly #customer: Customer;
  readonly #random: Random;
  readonly #ending = new AbortController();
  #cuts = 0;
  #refusals = 0;

  constructor(customer: Customer, random: Random) {
    this.#customer = customer;
    this.#random = random;
  }

  get cuts(): number {
    return this.#cuts;
  }

  /** How often a connection could not be made or broke by itself. */
  get refusals(): number {
    return this.#refusals;
  }

  end(): void {
    this.#ending.abort();
  }

  /** Reads until `end`, each time up to `eventsMax` events before it cuts the line itself. */
  async follow(eventsMax: number): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const cut = new AbortController();
      try {
        await this.#readSome(this.#random.whole(1, eventsMax), cut);
        this.#cuts += 1;
      } catch {
        if (!this.#ending.signal.aborted) this.#refusals += 1;
        await pause(betweenTriesMs);
      }
      cut.abort();
    }
  }

  async #readSome(eventsMax: number, cut: AbortController): Promise<void> {
    const answer = await this.#customer.fetch("/v1/events?topics=product-images&after=0", {
      headers: { "last-event-id": String(this.seen.at(-1)?.position ?? 0) },
      signal: AbortSignal.any([cut.signal, this.#ending.signal]),
    });
    if (answer.status !== 200 || answer.body === null) throw new Error(`Following was answered ${answer.status}.`);
    const decoder = new TextDecoder();
    let text = "";
    let left = eventsMax;
    for await (const piece of answer.body) {
      text += decoder.decode(piece, { stream: true });
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const event = readFrame(frame);
        if (event === null) continue;
        this.seen.push(event);
        left -= 1;
        if (left === 0) return;
      }
    }
    throw new Error("The stream ended by itself.");
  }
}

/** Null for comments, which carry no data. */
function readFrame(frame: string): SeenEvent | null {
  const fields = new Map(
    frame.split("\n").map((line) => [line.split(":")[0] ?? "", line.slice(line.indexOf(":") + 1).trim()]),
  );
  const data = fields.get("data");
  if (data === undefined) return null;
  return { id: dataSchema.parse(JSON.parse(data)).id, position: Number(fields.get("id")) };
}
