/** A committed event, as readers get it. */
export interface EventRecord {
  readonly id: string;
  /** Its place in the stream: gapless, and visible in this order. */
  readonly position: number;
  readonly topic: string;
  /** The seller who may see it besides the shop's own people; null: nobody else. */
  readonly supplierId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** 32 hex digits, or null when it was caused outside of any trace. */
  readonly traceId: string | null;
  readonly at: Date;
}

/** What a writer says happened. */
export interface NewEvent {
  readonly topic: string;
  readonly supplierId: string | null;
  /** Up to 16 kB of JSON; `id`, `traceId` and `at` are added for readers. */
  readonly payload: Readonly<Record<string, unknown>>;
}
