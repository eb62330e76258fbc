import { darken, lighten } from "../drawing/color.ts";
import type { Definitions } from "../drawing/definitions.ts";
import { circle, ellipse, line, n, none, outlined, path, placed, type Svg, tube } from "../drawing/svg.ts";
import type { Acting, Figure } from "./acting.ts";
import { cloth } from "./cloth.ts";
import { drawFace } from "./face.ts";
import { drawHeadwear } from "./headwear.ts";
import type { AnimalLook } from "./look.ts";
import { poseTable } from "./pose.ts";
import type { Rig } from "./rig.ts";
import { drawNeckwear } from "./torso.ts";

const neck: Rig = {
  headY: -110,
  headScale: 1,
  shoulderX: 30,
  shoulderY: -54,
  hipX: 10,
  hipY: -20,
  chest: 40,
  waist: 40,
  armLength: 40,
  armWidth: 12,
  legWidth: 10,
};

/** Who has no legs to stand on: fishes, octopuses, ghosts. They hover a little over their place. */
export function drawFloating(
  definitions: Definitions,
  look: AnimalLook,
  acting: Acting,
  build: "fish" | "octopus" | "ghost",
): Figure {
  const pose = poseTable[acting.pose];
  const shape =
    build === "fish"
      ? fish(definitions, look)
      : build === "octopus"
        ? octopus(definitions, look)
        : ghost(definitions, look);
  const face = placed(
    drawFace(
      { eyes: look.eyes, skin: look.fur, eyeX: 21, eyeY: -2, mouthY: 18, hasLashes: false, eyeScale: 1.15 },
      acting.expression,
    ),
    { x: build === "fish" ? -12 : 0, y: -104 },
  );
  const { wardrobe } = look;
  const { cape: _cape, shawl: _shawl, ...plainNeck } = wardrobe;
  const worn =
    placed(drawNeckwear(definitions, neck, plainNeck), { x: build === "fish" ? -8 : 0 }) +
    placed(drawHeadwear(wardrobe, 21, -2), {
      x: build === "fish" ? -12 : 0,
      y: -104 - (build === "fish" ? 10 : build === "octopus" ? 34 : 22),
    });
  const svg = shape + face + worn + placed(acting.held, { x: 66, y: -70 });
  return {
    svg: placed(svg, { y: -16 - pose.hop * 0.5, turn: pose.lean * 0.4 + pose.tilt }),
    height: 190,
    halfWidth: 88,
    hand: { x: 66, y: -70 },
  };
}

function fish(definitions: Definitions, { fur, belly, detail, kind }: AnimalLook): Svg {
  const isWhale = kind === "whale";
  const tail = isWhale
    ? path(
        "M58 -96 C80 -110 86 -136 80 -154 C96 -148 104 -134 104 -124 C112 -134 126 -140 138 -136 C132 -108 104 -80 70 -70 Z",
        outlined(fur),
      )
    : path(
        "M54 -92 C76 -128 104 -134 112 -126 C104 -104 104 -84 112 -58 C96 -54 74 -66 54 -92 Z",
        outlined(darken(fur, 0.06)),
      );
  const fin = isWhale
    ? none
    : path("M-26 -150 C-10 -190 40 -186 48 -140 Z", outlined(darken(fur, 0.06))) +
      line("M0 -156 L8 -172 M18 -154 L28 -168", darken(fur, 0.24), 2, 0.7);
  const round =
    "M-82 -96 C-80 -152 -30 -160 2 -158 C48 -154 72 -118 76 -92 C66 -58 34 -34 -12 -34 C-60 -34 -82 -58 -82 -96 Z";
  const under = path("M-80 -80 C-50 -60 40 -60 70 -78 C58 -50 30 -34 -12 -34 C-54 -34 -76 -52 -80 -80 Z", {
    fill: belly,
  });
  const bands = isWhale
    ? line("M-40 -50 q22 8 50 2 M-30 -42 q18 5 36 1", darken(belly, 0.12), 2)
    : definitions.clipped(path(round, {}), line("M34 -164 Q20 -96 34 -30 M58 -150 Q46 -96 56 -40", detail, 9));
  const side = path("M16 -74 C34 -84 52 -70 46 -54 C36 -46 20 -56 16 -74 Z", outlined(darken(fur, 0.08)));
  const spout = isWhale
    ? line("M-14 -164 q-2 -18 -18 -20 M-10 -164 q0 -20 0 -28 M-6 -164 q2 -18 18 -20", "#a8d8ee", 5)
    : none;
  return (
    spout + tail + fin + cloth(definitions, round, { color: fur, second: null, pattern: null }) + under + bands + side
  );
}

function octopus(definitions: Definitions, { fur, belly, detail }: AnimalLook): Svg {
  let arms = none;
  for (let index = 0; index < 6; index += 1) {
    const x = -45 + index * 18;
    const out = (index - 2.5) * 22;
    arms += tube(
      `M${n(x)} -64 Q${n(x + out * 0.2)} -26 ${n(x + out * 0.8)} -14 T${n(x + out * 1.2)} ${n(-26 + Math.abs(out) * 0.1)}`,
      index % 2 === 0 ? fur : darken(fur, 0.06),
      17,
    );
  }
  const head =
    "M0 -190 C50 -190 66 -148 60 -112 C58 -84 62 -66 52 -56 Q0 -40 -52 -56 C-62 -66 -58 -84 -60 -112 C-66 -148 -50 -190 0 -190 Z";
  return (
    arms +
    cloth(definitions, head, { color: fur, second: null, pattern: null }) +
    circle(-26, -166, 8, { fill: belly, opacity: 0.7 }) +
    circle(-8, -176, 5, { fill: belly, opacity: 0.7 }) +
    ellipse(30, -160, 9, 7, { fill: detail, opacity: 0.35 })
  );
}

function ghost(definitions: Definitions, { fur, detail }: AnimalLook): Svg {
  const sheet =
    "M0 -186 C52 -186 64 -142 64 -98 C64 -62 70 -40 74 -22 Q58 -30 48 -16 Q34 -30 22 -14 Q8 -28 -6 -14 Q-20 -30 -32 -14 Q-46 -28 -58 -18 Q-66 -24 -74 -22 C-70 -40 -64 -62 -64 -98 C-64 -142 -52 -186 0 -186 Z";
  return (
    cloth(definitions, sheet, { color: fur, second: null, pattern: null }) +
    ellipse(-66, -78, 14, 10, outlined(fur)) +
    ellipse(66, -78, 14, 10, outlined(fur)) +
    line("M-30 -44 q4 12 2 22 M20 -46 q-4 12 -2 24", lighten(detail, 0.2), 3, 0.8)
  );
}
