/** What a provider's emulator does with a request instead of answering it well. */
export type ProviderFault =
  /** Answers this status; `body` is sent as it is, or as JSON. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Answers 200 with this body instead of a picture. */
  | { readonly kind: "body"; readonly body: unknown }
  /** Answers as well as ever, but with this changed picture: base64 in, base64 out. */
  | { readonly kind: "picture"; readonly change: (base64: string) => string }
  /** Never answers. */
  | { readonly kind: "hang" }
  /** Takes the request and cuts the connection. */
  | { readonly kind: "reset" }
  /** Sends half of a good answer and cuts the connection. */
  | { readonly kind: "cut" };

/** What shall go wrong, in the order in which it was asked for. */
export class ProviderFaults {
  /** Every answer takes this long. */
  slowMs = 0;
  readonly #planned: { readonly fault: ProviderFault; left: number }[] = [];

  /** Befalls the next `times` requests; endless when left out. */
  plan(fault: ProviderFault, times: number = Number.POSITIVE_INFINITY): void {
    this.#planned.push({ fault, left: times });
  }

  clear(): void {
    this.slowMs = 0;
    this.#planned.length = 0;
  }

  /** What befalls this request; takes it off the plan. */
  next(): ProviderFault | null {
    const planned = this.#planned.find(({ left }) => left > 0);
    if (planned === undefined) return null;
    planned.left -= 1;
    return planned.fault;
  }
}
