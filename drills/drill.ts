import type { Random } from "./random.ts";

/** One fault, what must hold in spite of it, and how to find out. */
export interface Drill {
  readonly name: string;
  /** What must hold, in one sentence. */
  readonly promise: string;
  readonly run: (context: DrillContext) => Promise<Verdict>;
}

export interface DrillContext {
  readonly random: Random;
  /** The small numbers that fit into `npm test`, instead of the full ones. */
  readonly isQuick: boolean;
  /** Prints a line: first the plan, then what happens. */
  readonly tell: (line: string) => void;
}

export interface Verdict {
  readonly figures: readonly Figure[];
  /** What did not hold; empty when all did. */
  readonly violations: readonly string[];
}

export interface Figure {
  readonly name: string;
  readonly value: string;
}

export const count = (name: string, value: number): Figure => ({ name, value: String(value) });

/** Median and spread of times in milliseconds. */
export function times(name: string, ms: readonly number[]): Figure {
  if (ms.length === 0) return { name, value: "none measured" };
  const [low, middle, high] = [0, 0.5, 1].map((share) => seconds(quantile(ms, share)));
  return { name, value: `median ${middle} (${low} to ${high}, n = ${ms.length})` };
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
