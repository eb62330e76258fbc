import { type Color, mix } from "../drawing/color.ts";
import { ellipse, line, n, none, placed, type Svg } from "../drawing/svg.ts";
import type { Point } from "../figure/rig.ts";
import type { PoseName } from "../language/moment-words.ts";
import type { ThingName } from "../language/thing-words.ts";
import { handProps } from "../props/hand-props.ts";
import type { Prop } from "../props/prop.ts";
import { props } from "../props/props.ts";
import type { Scene, SceneThing } from "./read-scene.ts";
import { lampPlace } from "./sky.ts";
import type { Stage } from "./stage.ts";

/** What is in the picture besides people, by layer. */
export interface SetDressing {
  readonly sky: Svg;
  readonly far: Svg;
  readonly near: Svg;
}

/** Strings are tied to the hand of whoever holds them. */
const tied: ReadonlySet<ThingName> = new Set<ThingName>(["kite", "balloon"]);

/** Both hands are in the air, around somebody, or asleep. */
const busyHands: ReadonlySet<PoseName> = new Set<PoseName>([
  "dancing",
  "hugging",
  "jumping",
  "swimming",
  "sleeping",
  "flying",
]);

/** What fits into a hand, of what is spoken of; the first that is. */
export function heldThing(scene: Scene): SceneThing | null {
  if (scene.pose !== null && busyHands.has(scene.pose)) return null;
  return scene.things.find(({ name, count }) => name in handProps && props[name].where === "hand" && count < 4) ?? null;
}

export function drawProp(thing: SceneThing, stage: Stage, index = 0): Svg {
  const prop = props[thing.name];
  const color = colorAt(thing, prop, index);
  return prop.draw({
    color,
    second: thing.colors.length > 1 && thing.count === 1 ? (thing.colors[1] ?? null) : null,
    palette: stage.palette,
  });
}

/** Several of something are of several colours, where none is said. */
function colorAt(thing: SceneThing, prop: Prop, index: number): Color {
  const said = thing.colors[index % Math.max(1, thing.colors.length)];
  if (said !== undefined) return said;
  const bright: readonly Color[] = [prop.color, "#f7d154", "#4a82c4", "#5c9e5a", "#d05c95", "#ef8f3e", "#8a68b4"];
  const isColorful = thing.count > 1 && varied.has(thing.name);
  return isColorful ? (bright[index % bright.length] ?? prop.color) : prop.color;
}

const varied: ReadonlySet<ThingName> = new Set<ThingName>([
  "balloon",
  "flower",
  "butterfly",
  "kite",
  "gift",
  "book",
  "bird",
  "candle",
  "umbrella",
  "ball",
  "airBalloon",
]);

export function dressSet(
  scene: Scene,
  stage: Stage,
  figures: readonly number[],
  hand: Point,
  held: SceneThing | null,
): SetDressing {
  const isFor = (where: "sky" | "far" | "near") => (thing: SceneThing) =>
    thing !== held && (props[thing.name].where === where || (where === "near" && props[thing.name].where === "hand"));
  return {
    sky: skyThings(scene.things.filter(isFor("sky")), stage, figures, hand),
    far: farThings(scene.things.filter(isFor("far")), stage, figures),
    near: nearThings(scene.things.filter(isFor("near")), stage, figures),
  };
}

function skyThings(wanted: readonly SceneThing[], stage: Stage, figures: readonly number[], hand: Point): Svg {
  const random = stage.random.fork("sky-things");
  const sun = lampPlace(stage);
  const heads = stage.ground - 205 * stage.scale;
  const pieces = wanted.flatMap((thing) => Array.from({ length: thing.count }, (_, index) => ({ thing, index })));
  const shares = airyShares(pieces.length, stage, figures);
  let svg = none;
  pieces.slice(0, 14).forEach(({ thing, index }, order) => {
    const size = sizeOf(thing) * (small.has(thing.name) ? 1 : 0.86) * stage.scale * (tied.has(thing.name) ? 0.8 : 1);
    const reach = props[thing.name].width * size * 0.5 + 20;
    const top = stage.quietTop + 100;
    const y = small.has(thing.name)
      ? random.between(heads, stage.ground - 120)
      : top + (Math.max(heads, top + 60) - top) * random.between(0.1, 0.9);
    const share = shares[order % shares.length] ?? 0.5;
    const away =
      figures.length > 0 && small.has(thing.name)
        ? random.chance(0.5)
          ? random.between(0.04, 0.3)
          : random.between(0.7, 0.96)
        : share + random.between(-0.04, 0.04);
    const x = awayFrom(Math.min(stage.width - reach, Math.max(reach, stage.width * away)), y, sun, stage.width);
    if (tied.has(thing.name)) {
      const end = { x, y: y + (thing.name === "kite" ? 0 : 128) * size };
      svg += line(
        `M${n(hand.x)} ${n(hand.y)} Q${n((hand.x + end.x) / 2 + 30)} ${n((hand.y + end.y) / 2 + 60)} ${n(end.x)} ${n(end.y)}`,
        "#6f5c66",
        3,
        0.8,
      );
    }
    svg += placed(drawProp(thing, stage, index), {
      x,
      y,
      scale: size,
      isMirrored: x > stage.width / 2 && !tied.has(thing.name),
    });
  });
  return svg;
}

/** Evenly along the sky, those first under which nobody stands. */
function airyShares(count: number, stage: Stage, figures: readonly number[]): readonly number[] {
  const wanted = Math.max(4, count);
  const slots = Array.from({ length: wanted }, (_, index) => (index + 0.5) / wanted);
  const distance = (share: number): number => Math.min(...figures.map((x) => Math.abs(x / stage.width - share)), 1);
  return slots.sort((one, other) => distance(other) - distance(one));
}

const small: ReadonlySet<ThingName> = new Set<ThingName>(["butterfly", "bee", "firefly"]);

function awayFrom(x: number, y: number, sun: Point, width: number): number {
  const isOver = Math.abs(x - sun.x) < 130 && Math.abs(y - sun.y) < 150;
  return isOver ? (sun.x > width / 2 ? sun.x - 190 : sun.x + 190) : x;
}

function farThings(wanted: readonly SceneThing[], stage: Stage, figures: readonly number[]): Svg {
  const random = stage.random.fork("far-things");
  const middle = figures.reduce((sum, x) => sum + x, 0) / Math.max(1, figures.length);
  const first = middle > stage.width / 2 ? [0.2, 0.84, 0.4, 0.62] : [0.8, 0.16, 0.6, 0.38];
  let svg = none;
  wanted.slice(0, 4).forEach((thing, slot) => {
    const copies = Math.min(thing.count, 3);
    for (let index = 0; index < copies; index += 1) {
      const depth = slot * 0.16 + index * 0.1;
      const y = stage.horizon + (stage.ground - stage.horizon) * (0.52 - depth);
      const scale = stage.scale * sizeOf(thing) * (1.02 - depth);
      const x = stage.width * (first[slot] ?? 0.5) + (index - (copies - 1) / 2) * props[thing.name].width * scale * 0.8;
      svg +=
        shadow(x, y, props[thing.name].width * scale * 0.42, stage) +
        placed(drawProp(thing, stage, index), {
          x,
          y,
          scale,
          isMirrored: random.chance(0.3) && thing.name !== "house",
        });
    }
  });
  return svg;
}

function nearThings(wanted: readonly SceneThing[], stage: Stage, figures: readonly number[]): Svg {
  const random = stage.random.fork("near-things");
  const places = freePlaces(stage, figures);
  const pieces = wanted.flatMap((thing) => Array.from({ length: thing.count }, (_, index) => ({ thing, index })));
  const drawn = pieces.slice(0, 16).map(({ thing, index }, order) => {
    const place = places[order % places.length] ?? 0.1;
    const round = Math.floor(order / places.length);
    const y = stage.ground + random.between(-10, 26) - round * 38;
    const scale = stage.scale * sizeOf(thing) * (props[thing.name].where === "hand" ? 0.95 : 0.86) * (1 - round * 0.06);
    const lift = props[thing.name].where === "hand" ? -14 * scale : 0;
    const x = stage.width * place + random.between(-14, 14) + round * 30;
    return {
      y,
      svg:
        shadow(x, y, props[thing.name].width * scale * 0.42, stage) +
        placed(drawProp(thing, stage, index), { x, y: y + lift, scale }),
    };
  });
  return drawn
    .sort((one, other) => one.y - other.y)
    .map(({ svg }) => svg)
    .join("");
}

/** Places along the ground, as shares of the width, where nobody stands; the nearest to somebody first. */
function freePlaces(stage: Stage, figures: readonly number[]): readonly number[] {
  const shares = Array.from({ length: 11 }, (_, index) => 0.07 + index * 0.086);
  const distance = (share: number): number =>
    Math.min(...figures.map((x) => Math.abs(x - share * stage.width)), 10_000);
  const free = shares
    .filter((share) => distance(share) > 62 * stage.scale)
    .sort((one, other) => distance(one) - distance(other));
  const spread = free.filter((share, index) => free.slice(0, index).every((other) => Math.abs(other - share) > 0.12));
  return spread.length > 0 ? spread : [0.12, 0.88];
}

function sizeOf({ size }: SceneThing): number {
  return size === "large" ? 1.4 : size === "small" ? 0.72 : 1;
}

export function shadow(x: number, y: number, half: number, stage: Stage): Svg {
  return ellipse(x, y, half, half * 0.2, { fill: mix(stage.palette.grassNear, "#241f3a", 0.7), opacity: 0.26 });
}
