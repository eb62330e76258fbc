import type { PoseName } from "../language/moment-words.ts";

export interface Arm {
  /** Degrees from hanging down, outward: 90 is level, 180 up. */
  readonly angle: number;
  /** How far the elbow leaves the straight line, as a share of the arm; positive is outward and down. */
  readonly bend: number;
  /** How much of its length is seen. */
  readonly reach: number;
}

export interface Leg {
  readonly spread: number;
  readonly lift: number;
  readonly knee: number;
}

export interface Pose {
  readonly left: Arm;
  readonly right: Arm;
  readonly leftLeg: Leg;
  readonly rightLeg: Leg;
  /** Degrees, of the whole figure. */
  readonly lean: number;
  /** Degrees, of the head. */
  readonly tilt: number;
  /** Off the ground. */
  readonly hop: number;
  readonly isSitting: boolean;
  readonly isLying: boolean;
}

const hanging: Arm = { angle: 22, bend: 0.12, reach: 1 };
const raised: Arm = { angle: 146, bend: 0.1, reach: 1 };
const planted: Leg = { spread: 2, lift: 0, knee: 0 };

const standing: Pose = {
  left: hanging,
  right: hanging,
  leftLeg: planted,
  rightLeg: planted,
  lean: 0,
  tilt: 0,
  hop: 0,
  isSitting: false,
  isLying: false,
};

const tucked: Arm = { angle: 4, bend: 0.42, reach: 0.72 };

export const poseTable: Readonly<Record<PoseName, Pose>> = {
  standing,
  waving: { ...standing, right: { angle: 126, bend: 0.2, reach: 1.06 }, tilt: -4 },
  cheering: {
    ...standing,
    left: raised,
    right: raised,
    leftLeg: { spread: 8, lift: 6, knee: 6 },
    rightLeg: { spread: 8, lift: 6, knee: 6 },
    hop: 16,
    tilt: -4,
  },
  jumping: {
    ...standing,
    left: { angle: 122, bend: 0.1, reach: 1 },
    right: raised,
    leftLeg: { spread: 14, lift: 22, knee: 10 },
    rightLeg: { spread: 6, lift: 10, knee: 8 },
    hop: 40,
    lean: 5,
  },
  dancing: {
    ...standing,
    left: { angle: 104, bend: 0.2, reach: 1 },
    right: { angle: 150, bend: 0.16, reach: 1 },
    leftLeg: { spread: 18, lift: 14, knee: 10 },
    lean: -6,
    tilt: 8,
    hop: 4,
  },
  running: {
    ...standing,
    left: { angle: 62, bend: -0.3, reach: 0.95 },
    right: { angle: 84, bend: 0.34, reach: 0.95 },
    leftLeg: { spread: 30, lift: 20, knee: -4 },
    rightLeg: { spread: 20, lift: 4, knee: 10 },
    lean: 11,
    tilt: -5,
    hop: 8,
  },
  walking: {
    ...standing,
    left: { angle: 36, bend: 0.16, reach: 1 },
    right: { angle: 30, bend: 0.16, reach: 1 },
    leftLeg: { spread: 9, lift: 5, knee: 2 },
    rightLeg: { spread: 9, lift: 0, knee: 2 },
    lean: 3,
    tilt: 3,
  },
  pointing: { ...standing, right: { angle: 116, bend: 0, reach: 1.06 }, tilt: 5 },
  holding: {
    ...standing,
    right: { angle: 70, bend: 0.3, reach: 0.9 },
    left: { angle: 26, bend: 0.14, reach: 1 },
    tilt: 4,
  },
  hugging: {
    ...standing,
    left: { angle: 76, bend: 0.26, reach: 0.92 },
    right: { angle: 76, bend: 0.26, reach: 0.92 },
    tilt: 7,
  },
  reading: { ...standing, left: tucked, right: tucked, tilt: 3, isSitting: true },
  sitting: {
    ...standing,
    left: { angle: 28, bend: 0.2, reach: 0.92 },
    right: { angle: 28, bend: 0.2, reach: 0.92 },
    tilt: 4,
    isSitting: true,
  },
  thinking: {
    ...standing,
    left: { angle: 14, bend: 0.3, reach: 0.8 },
    right: { angle: 30, bend: 0.14, reach: 0.95 },
    tilt: -7,
  },
  swimming: {
    ...standing,
    left: { angle: 104, bend: 0.14, reach: 1 },
    right: { angle: 132, bend: 0.14, reach: 1 },
    tilt: -4,
  },
  flying: {
    ...standing,
    left: { angle: 128, bend: 0.05, reach: 1.05 },
    right: { angle: 150, bend: 0.05, reach: 1.05 },
    leftLeg: { spread: 8, lift: 4, knee: 0 },
    rightLeg: { spread: 0, lift: 14, knee: 4 },
    lean: 34,
    tilt: -18,
    hop: 150,
  },
  sleeping: { ...standing, left: hanging, right: tucked, tilt: 4, isLying: true },
};
