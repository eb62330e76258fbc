export type S3Operation =
  | "PutObject"
  | "GetObject"
  | "HeadObject"
  | "DeleteObject"
  | "DeleteObjects"
  | "ListObjectsV2"
  | "HeadBucket";

export type S3Fault =
  /** Answers this status and does nothing. */
  | { readonly kind: "fail"; readonly status: number; readonly code: string }
  /** Never answers. */
  | { readonly kind: "hang" }
  /** Answers 200 to a put and keeps nothing. */
  | { readonly kind: "lose" }
  /** Sends half of the body, then cuts the connection. */
  | { readonly kind: "cut" };

export interface FaultAim {
  /** How many requests it befalls; endless when left out. */
  readonly times?: number;
  /** Which operations; every one when left out. */
  readonly operations?: readonly S3Operation[];
  /** 0 to 1: the share of the aimed requests that it befalls. */
  readonly chance?: number;
}

/** What shall go wrong, in the order in which it was asked for. */
export class S3Faults {
  /** Every request waits this long first. */
  slowMs = 0;
  readonly #random: () => number;
  readonly #planned: { readonly fault: S3Fault; readonly aim: FaultAim; left: number }[] = [];

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  fail(aim: FaultAim & { readonly status?: number; readonly code?: string } = {}): void {
    const { status = 503, code = status === 503 ? "SlowDown" : "InternalError" } = aim;
    this.#plan({ kind: "fail", status, code }, aim);
  }

  hang(aim: FaultAim = {}): void {
    this.#plan({ kind: "hang" }, aim);
  }

  lose(aim: FaultAim = {}): void {
    this.#plan({ kind: "lose" }, { operations: ["PutObject"], ...aim });
  }

  cut(aim: FaultAim = {}): void {
    this.#plan({ kind: "cut" }, { operations: ["GetObject"], ...aim });
  }

  clear(): void {
    this.slowMs = 0;
    this.#planned.length = 0;
  }

  /** What befalls this request; takes it off the plan. */
  next(operation: S3Operation): S3Fault | null {
    for (const planned of this.#planned) {
      const { operations, chance = 1 } = planned.aim;
      if (planned.left <= 0 || (operations !== undefined && !operations.includes(operation))) continue;
      if (chance < 1 && this.#random() >= chance) continue;
      planned.left--;
      return planned.fault;
    }
    return null;
  }

  #plan(fault: S3Fault, aim: FaultAim): void {
    this.#planned.push({ fault, aim, left: aim.times ?? Number.POSITIVE_INFINITY });
  }
}
