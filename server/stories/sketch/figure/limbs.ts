import { type Color, darken, lighten } from "../drawing/color.ts";
import { circle, ellipse, n, none, outlined, path, type Svg, tube } from "../drawing/svg.ts";
import type { Arm, Leg } from "./pose.ts";
import type { Point, Rig } from "./rig.ts";

export interface Sleeve {
  /** Null for a bare arm. */
  readonly color: Color | null;
  readonly isLong: boolean;
}

export function handOf(rig: Rig, arm: Arm, side: -1 | 1): Point {
  const angle = (arm.angle * Math.PI) / 180;
  const length = rig.armLength * arm.reach;
  return { x: side * (rig.shoulderX + Math.sin(angle) * length), y: rig.shoulderY + 4 + Math.cos(angle) * length };
}

export function drawArm(rig: Rig, arm: Arm, side: -1 | 1, skin: Color, sleeve: Sleeve, hand: Color): Svg {
  const angle = (arm.angle * Math.PI) / 180;
  const from: Point = { x: side * rig.shoulderX, y: rig.shoulderY + 4 };
  const to = handOf(rig, arm, side);
  const bend = arm.bend * rig.armLength;
  const elbow: Point = {
    x: (from.x + to.x) / 2 + side * Math.cos(angle) * bend,
    y: (from.y + to.y) / 2 + Math.abs(Math.sin(angle)) * bend,
  };
  const whole = `M${n(from.x)} ${n(from.y)} Q${n(elbow.x)} ${n(elbow.y)} ${n(to.x)} ${n(to.y)}`;
  const palm = circle(to.x, to.y, rig.armWidth * 0.62, outlined(hand));
  if (sleeve.color === null)
    return palm + tube(whole, skin, rig.armWidth) + circle(to.x, to.y, rig.armWidth * 0.56, { fill: hand });
  const cut = sleeve.isLong ? 0.86 : 0.42;
  const upper = partOf(from, elbow, to, cut);
  return (
    palm +
    tube(whole, skin, rig.armWidth * 0.86) +
    circle(to.x, to.y, rig.armWidth * 0.54, { fill: hand }) +
    tube(upper, sleeve.color, rig.armWidth + 2)
  );
}

/** The first part of a quadratic curve, by de Casteljau. */
function partOf(from: Point, elbow: Point, to: Point, share: number): string {
  const a = between(from, elbow, share);
  const b = between(a, between(elbow, to, share), share);
  return `M${n(from.x)} ${n(from.y)} Q${n(a.x)} ${n(a.y)} ${n(b.x)} ${n(b.y)}`;
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

export interface LegDress {
  readonly skin: Color;
  readonly trousers: Color | null;
  readonly isShort: boolean;
  readonly socks: Color | null;
  readonly shoe: Color | null;
  readonly boot: Color | null;
}

export function drawLeg(rig: Rig, leg: Leg, side: -1 | 1, dress: LegDress, isSitting: boolean): Svg {
  const hip: Point = { x: side * rig.hipX, y: rig.hipY + (isSitting ? 26 : 0) };
  const foot: Point = isSitting
    ? { x: side * (rig.hipX + 16), y: 2 }
    : { x: side * (rig.hipX + leg.spread), y: -7 - leg.lift };
  const knee: Point = { x: (hip.x + foot.x) / 2 + side * (isSitting ? 16 : leg.knee), y: (hip.y + foot.y) / 2 };
  const whole = `M${n(hip.x)} ${n(hip.y)} Q${n(knee.x)} ${n(knee.y)} ${n(foot.x)} ${n(foot.y)}`;
  const lower = `M${n(knee.x * 0.4 + foot.x * 0.6)} ${n(knee.y * 0.4 + foot.y * 0.6)} L${n(foot.x)} ${n(foot.y)}`;
  const width = rig.legWidth;
  let svg = tube(whole, dress.trousers !== null && !dress.isShort ? dress.trousers : dress.skin, width);
  if (dress.trousers !== null && dress.isShort) svg += tube(partOf(hip, knee, foot, 0.5), dress.trousers, width + 3);
  if (dress.socks !== null && dress.boot === null) svg += tube(lower, dress.socks, width);
  if (dress.boot !== null) return svg + boot(foot, side, lower, width, dress.boot);
  return svg + shoe(foot, side, width, dress.shoe ?? dress.skin);
}

function boot(foot: Point, side: -1 | 1, lower: string, width: number, color: Color): Svg {
  return (
    tube(lower, color, width + 5) +
    shoe(foot, side, width + 3, color) +
    ellipse(foot.x - width * 0.24, foot.y - 10, 2, 5, { fill: lighten(color, 0.6), opacity: 0.7 })
  );
}

function shoe(foot: Point, side: -1 | 1, width: number, color: Color): Svg {
  const x = foot.x + side * width * 0.16;
  return (
    path(
      `M${n(x - width * 0.74)} ${n(foot.y + 7)} C${n(x - width * 0.84)} ${n(foot.y - 9)} ${n(x + width * 0.84)} ${n(foot.y - 9)} ${n(x + width * 0.74)} ${n(foot.y + 7)} Z`,
      outlined(color),
    ) + (width > 0 ? ellipse(x, foot.y + 5.6, width * 0.6, 1.6, { fill: darken(color, 0.3), opacity: 0.5 }) : none)
  );
}
