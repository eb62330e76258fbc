import { darken, lighten, mix } from "../drawing/color.ts";
import type { Definitions } from "../drawing/definitions.ts";
import { circle, ellipse, line, n, none, outlined, path, placed, type Svg } from "../drawing/svg.ts";
import type { Acting, Figure } from "./acting.ts";
import { cloth } from "./cloth.ts";
import { drawFace } from "./face.ts";
import { drawHeadwear } from "./headwear.ts";
import type { AnimalLook } from "./look.ts";
import { type Arm, poseTable } from "./pose.ts";
import { species } from "./species.ts";
import { drawNeckwear } from "./torso.ts";

const body =
  "M0 -186 C46 -186 58 -150 58 -104 C60 -44 40 -16 0 -16 C-40 -16 -60 -44 -58 -104 C-58 -150 -46 -186 0 -186 Z";
const neck = {
  headY: -140,
  headScale: 1,
  shoulderX: 50,
  shoulderY: -94,
  hipX: 12,
  hipY: -30,
  chest: 46,
  waist: 52,
  armLength: 58,
  armWidth: 20,
  legWidth: 6,
};

/** Birds are an egg with a face, two wings for arms and thin legs. */
export function drawBird(definitions: Definitions, look: AnimalLook, acting: Acting): Figure {
  const pose = poseTable[acting.pose];
  const { fur, belly, detail, wardrobe } = look;
  const type = species[look.kind].bird ?? "round";
  const legs = acting.hasNoLegs || pose.isSitting ? none : leg(-1, detail) + leg(1, detail);
  const tail = path("M-18 -40 L-34 0 L-10 -8 L0 2 L10 -8 L34 0 L18 -40 Z", outlined(darken(fur, 0.12)));
  const dress = wardrobe.dress ?? wardrobe.coat ?? wardrobe.top;
  const { cape: _cape, shawl: _shawl, ...plainNeck } = wardrobe;
  const clothes = dress
    ? cloth(definitions, "M-56 -92 Q0 -76 56 -92 C60 -44 42 -18 0 -16 C-42 -18 -60 -44 -56 -92 Z", dress)
    : none;
  const markings =
    type === "penguin"
      ? path(
          "M0 -150 C-14 -172 -46 -160 -42 -126 C-48 -60 -36 -24 0 -22 C36 -24 48 -60 42 -126 C46 -160 14 -172 0 -150 Z",
          { fill: belly },
        )
      : ellipse(0, -66, 40, 46, { fill: belly }) + (type === "owl" ? chestFeathers(fur) : none);
  const cape = wardrobe.cape
    ? path("M-44 -96 C-80 -60 -78 -20 -70 2 Q0 14 70 2 C78 -20 80 -60 44 -96 Z", outlined(wardrobe.cape.color))
    : none;
  const svg =
    cape +
    tail +
    legs +
    (type === "owl" ? ears(fur) : crest(type, fur, detail)) +
    cloth(definitions, body, { color: fur, second: null, pattern: null }) +
    markings +
    clothes +
    wing(pose.left, -1, look) +
    face(look, type, acting) +
    drawNeckwear(definitions, neck, plainNeck) +
    placed(drawHeadwear(wardrobe, 20, 0), { y: -146, scale: 0.98 }) +
    placed(acting.held, { x: 74, y: -60 }) +
    wing(pose.right, 1, look);
  const lift = pose.isSitting ? -14 : 0;
  return {
    svg: placed(svg, { y: -pose.hop - lift, turn: pose.lean }),
    height: 196,
    halfWidth: 74,
    hand: { x: 74, y: -60 - pose.hop },
  };
}

function face(look: AnimalLook, type: string, acting: Acting): Svg {
  const { fur, belly, detail } = look;
  const discs = type === "owl" ? circle(-21, -2, 24, outlined(belly)) + circle(21, -2, 24, outlined(belly)) : none;
  const isWide = type === "duck";
  const beak = isWide
    ? path("M-18 10 Q0 2 18 10 Q16 22 0 22 Q-16 22 -18 10 Z", outlined(detail)) +
      line("M-14 13 q14 5 28 0", darken(detail, 0.25), 1.6)
    : path(
        type === "parrot" ? "M-11 2 Q0 -6 11 2 Q12 18 0 26 Q-12 18 -11 2 Z" : "M-9 7 Q0 1 9 7 Q4 18 0 20 Q-4 18 -9 7 Z",
        outlined(type === "parrot" ? "#f3e2b8" : detail),
      );
  const skin = type === "owl" || type === "penguin" ? belly : fur;
  const expression = { ...acting.expression, mouth: "small" as const };
  const eyes = drawFace(
    { eyes: look.eyes, skin, eyeX: 20, eyeY: -2, mouthY: 22, hasLashes: false, eyeScale: type === "owl" ? 1.2 : 1 },
    expression,
  );
  const isOpen = acting.expression.mouth === "grin" || acting.expression.mouth === "round";
  const under = isOpen
    ? path("M-6 16 Q0 30 6 16 Z", { fill: "#8c3340", stroke: darken(detail, 0.4), width: 1.4 })
    : none;
  return placed(discs + eyes + under + (type === "owl" || !isWide ? beak : beak), { y: -140 });
}

function wing(arm: Arm, side: -1 | 1, { fur, detail, kind }: AnimalLook): Svg {
  const color = kind === "parrot" ? detail : darken(fur, 0.07);
  const d = "M-2 -8 C20 -10 30 14 26 44 C24 60 16 72 8 78 C6 70 2 70 -2 72 C-4 62 -8 62 -12 62 C-18 40 -20 8 -2 -8 Z";
  const feathers = line("M2 34 q7 8 14 4 M0 48 q7 8 14 3", darken(color, 0.2), 1.8, 0.7);
  return placed(path(d, outlined(color)) + feathers, {
    x: side * 50,
    y: -100,
    turn: -side * Math.max(6, arm.angle * 0.9 - 6),
    isMirrored: side < 0,
  });
}

function leg(side: -1 | 1, color: AnimalLook["detail"]): Svg {
  const x = side * 19;
  return (
    line(`M${x} -22 V-4`, darken(color, 0.3), 8) +
    line(`M${x} -22 V-4`, color, 5) +
    path(
      `M${n(x - 14)} 2 Q${n(x - 8)} -8 ${x} -6 Q${n(x + 8)} -8 ${n(x + 14)} 2 q-5 3 -9 0 q-5 4 -10 0 q-5 3 -9 0 z`,
      outlined(color),
    )
  );
}

function ears(color: AnimalLook["fur"]): Svg {
  return (
    path("M-44 -158 L-50 -204 L-14 -182 Z", outlined(color)) + path("M44 -158 L50 -204 L14 -182 Z", outlined(color))
  );
}

function crest(type: string, fur: AnimalLook["fur"], detail: AnimalLook["detail"]): Svg {
  if (type === "penguin") return none;
  const color = type === "parrot" ? detail : mix(fur, detail, 0.25);
  return path("M-8 -180 C-18 -206 -2 -208 2 -196 C6 -212 22 -206 10 -180 Z", outlined(color));
}

function chestFeathers(fur: AnimalLook["fur"]): Svg {
  let svg = none;
  for (let row = 0; row < 3; row += 1) {
    for (let column = -1; column <= 1; column += 1)
      svg += line(`M${n(column * 20 - 6 + (row % 2) * 8)} ${n(-86 + row * 18)} q6 8 12 0`, lighten(fur, 0.1), 2.2, 0.8);
  }
  return svg;
}
