/** One printed line of a benchmark. */
export interface BenchRow {
  /** What was measured: bench, subject, quantity. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `value` divided by the floor's or peer's value of the same run, or the inverse where the note says so. */
  readonly ratio?: number;
  /** Whose value the ratio is taken to. */
  readonly ratioTo?: string;
  /** The figure of `quality.md` that is to be reached, in words: "≤ 2.0 ×". */
  readonly reach?: string;
  readonly reached?: boolean;
  /** Spread, repetitions, circumstances. */
  readonly note?: string;
}
