import { darken, lighten } from "../drawing/color.ts";
import { box, line, n, none, outlined, path, placed, type Svg } from "../drawing/svg.ts";
import type { Acting } from "../figure/acting.ts";
import { drawFigure } from "../figure/draw-figure.ts";
import { expressionOf } from "../figure/expression.ts";
import type { Look } from "../figure/look.ts";
import { plainLook } from "../figure/read-look.ts";
import type { Point } from "../figure/rig.ts";
import type { AnimalKind } from "../language/kind-words.ts";
import type { PoseName } from "../language/moment-words.ts";
import type { PlaceName } from "../language/place-words.ts";
import { hull, sail } from "../props/far-props.ts";
import type { Scene, SceneThing } from "./read-scene.ts";
import { drawProp, shadow } from "./set-dressing.ts";
import type { Stage } from "./stage.ts";

/** Who is in the picture, with what they hold and sit in. */
export interface Cast {
  readonly svg: Svg;
  readonly hand: Point;
}

export function drawHero(
  look: Look,
  scene: Scene,
  place: PlaceName,
  held: SceneThing | null,
  stage: Stage,
  x: number,
): Cast {
  const swims = look.is === "animal" && (look.kind === "fish" || look.kind === "whale" || look.kind === "octopus");
  const pose = poseFor(scene, place, held);
  const acting: Acting = { pose, expression: expressionOf(scene.mood, pose), held: heldSvg(pose, held, stage) };
  const boat = scene.things.find(({ name }) => name === "boat");
  if (!swims && (place === "sea" || (boat !== undefined && place === "river"))) {
    return pose === "swimming" ? swimmer(look, acting, stage, x) : sailor(look, acting, boat, stage, x);
  }
  if (pose === "sleeping") return sleeper(look, acting, stage, x);
  const figure = drawFigure(stage.definitions, look, acting);
  const isAfloat = place === "underwater" || place === "space" || place === "clouds";
  const y = stage.ground - (isAfloat && place !== "clouds" ? 70 : 0);
  const room = (y - Math.max(30, stage.quietTop * 0.8)) / (figure.height + (pose === "flying" ? 130 : 20));
  const scale = Math.min(stage.scale, room);
  return {
    svg:
      glow(stage, x, y - figure.height * scale * 0.5) +
      (isAfloat ? none : shadow(x, y, figure.halfWidth * scale * 0.8, stage)) +
      placed(figure.svg, { x, y, scale }),
    hand: { x: x + figure.hand.x * scale, y: y + figure.hand.y * scale },
  };
}

export function drawFriends(hero: Look, scene: Scene, place: PlaceName, stage: Stage, places: readonly number[]): Svg {
  const pieces = scene.friends.flatMap((friend) =>
    Array.from({ length: friend.count }, (_, index) => ({ friend, index })),
  );
  return places
    .map((x, order) => {
      const piece = pieces[order];
      if (piece === undefined) return none;
      const look = plainLook(piece.friend.kind, `${piece.friend.kind}${piece.index}`, piece.friend.colors);
      const pose: PoseName =
        scene.pose !== null && shared.has(scene.pose) ? scene.pose : order % 2 === 0 ? "waving" : "standing";
      const expression = expressionOf(
        scene.mood === "sad" || scene.mood === "crying" || scene.mood === "angry" ? "calm" : scene.mood,
        pose,
      );
      const figure = drawFigure(stage.definitions, look, { pose, expression, held: none });
      const y = stage.ground - 22 - (order % 2) * 26 - (place === "underwater" || place === "space" ? 50 : 0);
      const kept = hero.is === "person" && look.is === "animal" ? (pets[look.kind] ?? 0.96) : 0.96;
      const scale = Math.min(stage.scale * kept, (y - Math.max(30, stage.quietTop * 0.8)) / (figure.height + 40));
      if (place === "sea" && look.is === "person")
        return sailor(look, { pose, expression, held: none }, undefined, stage, x).svg;
      return shadow(x, y, figure.halfWidth * scale * 0.8, stage) + placed(figure.svg, { x, y, scale });
    })
    .join("");
}

/** Beside people, small animals are small; among themselves they are a company of equals. */
const pets: Partial<Record<AnimalKind, number>> = {
  mouse: 0.6,
  hedgehog: 0.66,
  squirrel: 0.66,
  frog: 0.62,
  rabbit: 0.68,
  cat: 0.68,
  dog: 0.78,
  turtle: 0.66,
  duck: 0.8,
  owl: 0.76,
  fox: 0.8,
  raccoon: 0.72,
  pig: 0.8,
  sheep: 0.84,
  fish: 0.6,
};

/** What a company does together. */
const shared: ReadonlySet<PoseName> = new Set<PoseName>([
  "cheering",
  "dancing",
  "jumping",
  "hugging",
  "running",
  "walking",
  "sitting",
  "swimming",
  "reading",
]);

function poseFor(scene: Scene, place: PlaceName, held: SceneThing | null): PoseName {
  const pose =
    scene.pose ??
    (scene.mood === "joyful"
      ? "cheering"
      : scene.mood === "surprised"
        ? "pointing"
        : place === "underwater"
          ? "swimming"
          : null);
  if (held?.name === "book" && (pose === null || pose === "sitting" || pose === "thinking" || pose === "holding"))
    return "reading";
  if (scene.things.some(({ name }) => name === "kite" || name === "balloon") && (pose === null || tethered.has(pose)))
    return "waving";
  if (held !== null && (pose === null || pose === "thinking" || pose === "walking" || pose === "standing"))
    return "holding";
  return pose ?? "waving";
}

/** Nobody who holds a string flies: the kite does. */
const tethered: ReadonlySet<PoseName> = new Set<PoseName>(["holding", "thinking", "flying", "standing"]);

function heldSvg(pose: PoseName, held: SceneThing | null, stage: Stage): Svg {
  if (held !== null && pose !== "sleeping" && pose !== "hugging") return drawProp(held, stage);
  if (pose === "reading") return drawProp({ name: "book", colors: [], size: null, count: 1 }, stage);
  return none;
}

/** Light about whoever matters, stronger the darker it is. */
function glow(stage: Stage, x: number, y: number): Svg {
  const fill = stage.definitions.radial([
    {
      at: 0,
      color: stage.palette.isDark ? stage.palette.glow : stage.palette.lamp,
      opacity: stage.palette.isDark ? 0.42 : 0.3,
    },
    { at: 1, color: stage.palette.isDark ? stage.palette.glow : stage.palette.lamp, opacity: 0 },
  ]);
  const r = stage.scale * 165;
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}"/>`;
}

function sailor(look: Look, acting: Acting, boat: SceneThing | undefined, stage: Stage, x: number): Cast {
  const figure = drawFigure(stage.definitions, look, {
    ...acting,
    pose: acting.pose === "sleeping" || acting.pose === "flying" || acting.pose === "jumping" ? "waving" : acting.pose,
    hasNoLegs: true,
  });
  const color = boat?.colors[0] ?? "#c9614d";
  const scale = Math.min(stage.scale * 0.92, (stage.ground - Math.max(30, stage.quietTop)) / 290);
  const y = stage.ground + 10;
  return {
    svg: placed(
      placed(sail(boat?.colors[1] ?? "#fbf3e4"), { x: -46 }) +
        placed(figure.svg, { x: 22, y: -4 }) +
        placed(hull(color, lighten(color, 0.55)), { scale: 1.12 }),
      { x, y, scale, turn: -2 },
    ),
    hand: { x: x + (22 + figure.hand.x) * scale, y: y + (figure.hand.y - 4) * scale },
  };
}

function swimmer(look: Look, acting: Acting, stage: Stage, x: number): Cast {
  const figure = drawFigure(stage.definitions, look, { ...acting, hasNoLegs: true });
  const y = stage.ground + 30 * stage.scale;
  const ring =
    path("M-64 -44 Q0 -22 64 -44 Q70 -12 0 -8 Q-70 -12 -64 -44 Z", outlined("#f2858f")) +
    path("M-40 -34 L-30 -14 M0 -28 V-9 M40 -34 L30 -14", { fill: "none", stroke: "#fffaf0", width: 8 });
  return {
    svg: placed(placed(figure.svg, {}) + ring, { x, y, scale: stage.scale }),
    hand: { x: x + figure.hand.x * stage.scale, y: y + figure.hand.y * stage.scale },
  };
}

function sleeper(look: Look, acting: Acting, stage: Stage, x: number): Cast {
  const figure = drawFigure(stage.definitions, look, acting);
  const half = figure.height / 2;
  const scale = Math.min(stage.scale, (stage.width * 0.92) / (figure.height + 150));
  const quilt = look.wardrobe.cape?.color ?? "#7fa8cf";
  const ink = darken(quilt, 0.14);
  const mattress =
    box(-half - 26, -26, figure.height + 56, 40, 18, outlined("#f6e9d6")) +
    box(-half - 22, -54, 92, 44, 20, outlined("#fffaf2"));
  const cover =
    path(
      `M${n(-half + 104)} -96 C${n(half * 0.3)} -116 ${n(half)} -104 ${n(half + 24)} -70 Q${n(half + 34)} -20 ${n(half + 28)} 12 H${n(-half + 92)} Q${n(-half + 112)} -40 ${n(-half + 104)} -96 Z`,
      outlined(quilt),
    ) +
    line(`M${n(-half + 136)} -84 q12 44 0 92 M${n(half - 30)} -88 q16 44 8 96`, ink, 5, 0.7) +
    path(
      `M${n(-half + 104)} -96 Q${n(-half + 120)} -98 ${n(-half + 126)} -98 Q${n(-half + 136)} -40 ${n(-half + 116)} 12 H${n(-half + 92)} Q${n(-half + 112)} -40 ${n(-half + 104)} -96 Z`,
      outlined("#fffaf2"),
    );
  const dream = [0, 1, 2]
    .map((step) =>
      placed(line("M-9 -10 H9 L-9 10 H9", stage.palette.isDark ? "#fff3c9" : "#8a7f9c", 4.6), {
        x: -half + 66 + step * 30,
        y: -116 - step * 32,
        scale: 0.7 + step * 0.24,
        turn: -8,
      }),
    )
    .join("");
  const body = placed(figure.svg, { x: half - 6, y: -46, turn: -90 });
  return {
    svg:
      glow(stage, x, stage.ground - 70) +
      shadow(x, stage.ground + 14, (half + 40) * scale, stage) +
      placed(mattress + body + cover + dream, { x: x + 24 * scale, y: stage.ground, scale }),
    hand: { x, y: stage.ground - 60 },
  };
}
