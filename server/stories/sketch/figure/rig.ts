import type { Look } from "./look.ts";
import { species } from "./species.ts";

/** Where the joints of a standing figure are: feet at 0, up is negative, a child is about 190 high. */
export interface Rig {
  readonly headY: number;
  /** Heads are drawn 96 wide and 86 high. */
  readonly headScale: number;
  readonly shoulderX: number;
  readonly shoulderY: number;
  readonly hipX: number;
  readonly hipY: number;
  readonly chest: number;
  readonly waist: number;
  readonly armLength: number;
  readonly armWidth: number;
  readonly legWidth: number;
}

const child: Rig = {
  headY: -140,
  headScale: 1,
  shoulderX: 20,
  shoulderY: -94,
  hipX: 12,
  hipY: -42,
  chest: 22,
  waist: 27,
  armLength: 47,
  armWidth: 14,
  legWidth: 17,
};

const plush: Rig = {
  ...child,
  headScale: 1.08,
  chest: 25,
  waist: 34,
  armWidth: 16,
  legWidth: 20,
  hipX: 16,
  hipY: -38,
  shoulderX: 24,
  armLength: 52,
};

const adult: Rig = {
  headY: -178,
  headScale: 0.88,
  shoulderX: 25,
  shoulderY: -136,
  hipX: 14,
  hipY: -66,
  chest: 27,
  waist: 30,
  armLength: 62,
  armWidth: 15,
  legWidth: 19,
};

const elder: Rig = { ...adult, headY: -158, headScale: 0.92, shoulderY: -116, hipY: -52, waist: 35, armLength: 56 };

const robot: Rig = {
  ...child,
  headScale: 0.96,
  shoulderX: 32,
  chest: 30,
  waist: 30,
  hipX: 15,
  armWidth: 11,
  legWidth: 13,
};

export function rigOf(look: Look): Rig {
  if (look.is === "animal") return species[look.kind].build === "robot" ? robot : plush;
  return look.age === "child" ? child : look.age === "adult" ? adult : elder;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}
