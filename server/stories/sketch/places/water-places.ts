import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, n, none, path, placed, type Svg, tube } from "../drawing/svg.ts";
import { grassland, hills, ridge } from "../scene/land.ts";
import { drawSky } from "../scene/sky.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";
import { bush, grassyEdge, leafyTree, palm, rowOf } from "./flora.ts";
import { farTrees, flowersUnlessSnow } from "./green-places.ts";

export function beach(stage: Stage): Backdrop {
  const { palette, horizon, width, height, definitions } = stage;
  const shore = horizon + (height - horizon) * 0.34;
  const sand = definitions.vertical([
    { at: 0, color: lighten(palette.sand, 0.2) },
    { at: 1, color: darken(palette.sand, 0.08) },
  ]);
  const bank = (y: number): string =>
    `M-10 ${n(y)} C${n(width * 0.25)} ${n(y - 34)} ${n(width * 0.5)} ${n(y + 36)} ${n(width * 0.75)} ${n(y)} S${n(width)} ${n(y - 20)} ${n(width + 10)} ${n(y)} V${n(height + 10)} H-10 Z`;
  return {
    back:
      drawSky(stage) +
      water(stage, horizon, shore + 40) +
      path(bank(shore - 12), { fill: "#ffffff", opacity: palette.isDark ? 0.4 : 0.85 }) +
      path(bank(shore + 6), { fill: darken(palette.sand, 0.1) }) +
      path(bank(shore + 22), { fill: sand }) +
      specks(stage, shore + 50) +
      placed(palm(palette.leaves[0], palette.bark), { x: width * 0.08, y: shore + 70, scale: 1.9 }) +
      (width > height
        ? placed(palm(palette.leaves[1], palette.bark), {
            x: width * 0.93,
            y: shore + 60,
            scale: 1.6,
            isMirrored: true,
          })
        : none),
    front: starfish(stage),
  };
}

export function sea(stage: Stage): Backdrop {
  const { palette, horizon, height, width } = stage;
  const island = path("M-150 0 C-110 -60 -40 -74 10 -60 C70 -78 120 -30 150 0 Z", {
    fill: mix(palette.hill, palette.haze, 0.45),
  });
  return {
    back:
      drawSky(stage) +
      placed(island, { x: width * 0.8, y: horizon + 6 }) +
      water(stage, horizon, height) +
      swell(stage, horizon + (height - horizon) * 0.3, palette.water, 14) +
      swell(stage, horizon + (height - horizon) * 0.52, darken(palette.water, 0.05), 18),
    front:
      swell(stage, stage.ground - 22, darken(palette.water, 0.08), 22) +
      swell(stage, stage.ground + (height - stage.ground) * 0.42, darken(palette.water, 0.16), 26),
  };
}

export function river(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const y = horizon + (height - horizon) * 0.16;
  const low = horizon + (height - horizon) * 0.44;
  const d = `M-10 ${n(y)} C${n(width * 0.3)} ${n(y - 36)} ${n(width * 0.6)} ${n(y + 40)} ${n(width + 10)} ${n(y - 6)} V${n(low - 14)} C${n(width * 0.7)} ${n(low + 44)} ${n(width * 0.35)} ${n(low - 40)} -10 ${n(low)} Z`;
  const fill = stage.definitions.vertical([
    { at: 0, color: lighten(palette.water, 0.3) },
    { at: 1, color: palette.water },
  ]);
  const glints = rowOf(stage, "glints", { y: (y + low) / 2, every: 150, scale: 1, jitter: (low - y) * 0.3 }, () =>
    line("M-34 0 q16 -7 34 0 t34 0", "#ffffff", 4, 0.6),
  );
  const reeds = [0.05, 0.13, 0.9].map((share) =>
    placed(
      line("M0 0 q4 -50 0 -96 M14 0 q0 -40 14 -76 M-14 0 q0 -40 -12 -84", palette.leaves[0], 5) +
        ellipse(0, -98, 7, 19, { fill: "#8a5a3c" }) +
        ellipse(-26, -86, 6, 17, { fill: "#8a5a3c" }),
      { x: width * share, y: low + 16 },
    ),
  );
  const stones = [0.34, 0.62, 0.7].map((share, index) =>
    ellipse(width * share, low + 6 - index * 5, 30 - index * 4, 15, { fill: palette.stone }),
  );
  return {
    back:
      drawSky(stage) +
      hills(stage) +
      farTrees(stage) +
      grassland(stage) +
      path(d, { fill: darken(palette.grass, 0.22) }) +
      `<g transform="translate(0 7)">${path(d, { fill })}</g>` +
      glints +
      stones.join("") +
      reeds.join("") +
      placed(leafyTree(palette.leaves[0], palette.bark, stage.random.fork("tree")), {
        x: width * 0.9,
        y: y - 6,
        scale: 1.4,
      }) +
      placed(bush(palette.leaves[1]), { x: width * 0.14, y: y - 4, scale: 1.1 }) +
      flowersUnlessSnow(stage, 14),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function underwater(stage: Stage): Backdrop {
  const { width, height, definitions, palette } = stage;
  const top: Color = palette.isDark ? "#2f5f9c" : "#7fd3dc";
  const deep: Color = palette.isDark ? "#152c5a" : "#1f6f9f";
  const fill = definitions.vertical([
    { at: 0, color: top },
    { at: 1, color: deep },
  ]);
  const ray = definitions.vertical([
    { at: 0, color: "#ffffff", opacity: 0.4 },
    { at: 1, color: "#ffffff", opacity: 0 },
  ]);
  const rays = [0.14, 0.36, 0.58, 0.8].map((share) =>
    path(`M${n(width * share)} -5 h70 l90 ${n(height * 0.8)} h-230 Z`, { fill: ray, opacity: 0.5 }),
  );
  const bed = height * 0.8;
  return {
    back:
      box(-5, -5, width + 10, height + 10, 0, { fill }) +
      rays.join("") +
      path(ridge(stage, 2, height * 0.66, 60, 2.2), { fill: mix(deep, top, 0.35) }) +
      path(ridge(stage, 5, height * 0.74, 50, 1.6), { fill: mix(deep, top, 0.18) }) +
      path(ridge(stage, 1, bed, 22, 1.3), { fill: palette.isDark ? "#6f7fa8" : "#f0dcae" }) +
      weeds(stage, bed) +
      bubbles(stage) +
      shoal(stage),
    front: corals(stage),
  };
}

export function water(stage: Stage, from: number, to: number): Svg {
  const { definitions, palette, width } = stage;
  const fill = definitions.vertical([
    { at: 0, color: mix(palette.water, palette.skyLow, 0.35) },
    { at: 0.3, color: palette.water },
    { at: 1, color: darken(palette.water, 0.14) },
  ]);
  const random = stage.random.fork("glitter");
  let d = "";
  for (let index = 0; index < width / 22; index += 1) {
    const depth = random.next();
    const size = 10 + depth * 34;
    d += `M${n(random.between(0, width))} ${n(from + 10 + (to - from - 10) * depth)} q${n(size / 2)} ${n(-size * 0.18)} ${n(size)} 0 `;
  }
  return box(-5, from, width + 10, to - from + 10, 0, { fill }) + line(d, lighten(palette.water, 0.7), 3.4, 0.65);
}

function swell(stage: Stage, y: number, color: Color, size: number): Svg {
  const random = stage.random.fork(`swell${n(y)}`);
  const length = size * 7;
  let d = `M${n(-length * random.next())} ${n(y)}`;
  let foam = d;
  for (let x = 0; x < stage.width + length * 2; x += length) {
    d += ` q${n(length / 4)} ${n(-size * 1.5)} ${n(length / 2)} 0 t${n(length / 2)} 0`;
    foam += ` q${n(length / 4)} ${n(-size * 1.5)} ${n(length / 2)} 0 t${n(length / 2)} 0`;
  }
  return path(`${d} V${n(stage.height + 10)} H-300 Z`, { fill: color }) + line(foam, lighten(color, 0.65), 6, 0.8);
}

function specks(stage: Stage, from: number): Svg {
  const random = stage.random.fork("specks");
  let svg = none;
  for (let index = 0; index < stage.width / 26; index += 1)
    svg += ellipse(random.between(0, stage.width), random.between(from, stage.height), random.between(2, 5), 2, {
      fill: darken(stage.palette.sand, 0.2),
      opacity: 0.5,
    });
  return svg;
}

function starfish(stage: Stage): Svg {
  const arms = [0, 72, 144, 216, 288].map((turn) => placed(ellipse(0, -20, 10, 22, { fill: "#ef8a6a" }), { turn }));
  const shell =
    path("M0 2 C-30 0 -26 -40 0 -40 C26 -40 30 0 0 2 Z", { fill: "#f6d3cf" }) +
    line("M0 0 L-15 -28 M0 0 V-36 M0 0 L15 -28", "#dfa6a4", 3);
  return (
    placed(arms.join("") + circle(-4, -3, 2.4, { fill: "#7a3b30" }) + circle(5, -3, 2.4, { fill: "#7a3b30" }), {
      x: stage.width * 0.86,
      y: stage.height - 58,
      scale: 0.95,
      turn: 12,
    }) + placed(shell, { x: stage.width * 0.12, y: stage.height - 36, turn: -16 })
  );
}

function weeds(stage: Stage, bed: number): Svg {
  return rowOf(stage, "weeds", { y: bed + 20, every: 120, scale: 1, jitter: 26 }, (random) => {
    const color = random.pick(["#3f9a78", "#57b58a", "#c9698f"] as const);
    const tall = random.between(90, 230);
    return (
      tube(`M0 0 q-26 ${n(-tall * 0.25)} 0 ${n(-tall * 0.5)} t0 ${n(-tall * 0.5)}`, color, 13, 0) +
      tube(`M24 0 q20 ${n(-tall * 0.2)} 0 ${n(-tall * 0.36)} t0 ${n(-tall * 0.3)}`, mix(color, "#ffffff", 0.16), 11, 0)
    );
  });
}

function bubbles(stage: Stage): Svg {
  const random = stage.random.fork("bubbles");
  let svg = none;
  for (let index = 0; index < 26; index += 1) {
    const r = random.between(4, 16);
    const x = random.between(0, stage.width);
    const y = random.between(stage.quietTop, stage.height * 0.85);
    svg +=
      circle(x, y, r, { fill: "#ffffff", opacity: 0.2 }) +
      circle(x - r * 0.3, y - r * 0.3, r * 0.28, { fill: "#ffffff", opacity: 0.8 });
  }
  return svg;
}

function shoal(stage: Stage): Svg {
  const random = stage.random.fork("shoal");
  const colors: readonly [Color, Color, Color, Color] = ["#f7b04f", "#f2858f", "#f7dc6f", "#b9a0e0"];
  let svg = none;
  for (let index = 0; index < 9; index += 1) {
    const color = random.pick(colors);
    const piece =
      path("M22 0 L44 -16 L40 0 L44 16 Z", { fill: darken(color, 0.1) }) +
      ellipse(0, 0, 28, 17, { fill: color }) +
      circle(-12, -4, 3.4, { fill: "#3a2b33" }) +
      path("M4 -8 q8 8 0 16", { fill: "none", stroke: "#ffffff", width: 3, opacity: 0.7 });
    svg += placed(piece, {
      x: random.between(0, stage.width),
      y: random.between(Math.max(stage.quietTop, stage.height * 0.08), stage.height * 0.6),
      scale: random.between(0.7, 1.25),
      isMirrored: random.chance(0.5),
    });
  }
  return svg;
}

function corals(stage: Stage): Svg {
  const coral = (color: Color): Svg =>
    tube(
      "M0 0 V-70 M0 -26 Q-34 -34 -36 -84 M0 -40 Q30 -50 32 -104 M-36 -60 Q-56 -66 -58 -96 M32 -76 Q52 -80 54 -110",
      color,
      19,
      0,
    );
  const rock = (color: Color): Svg => path("M-90 20 C-92 -30 -50 -62 -8 -56 C50 -66 96 -20 92 20 Z", { fill: color });
  return (
    placed(rock("#47648f"), { x: stage.width * 0.04, y: stage.height, scale: 1.5 }) +
    placed(coral("#ef8a8f"), { x: stage.width * 0.1, y: stage.height + 8, scale: 1.3 }) +
    placed(rock("#3f5a85"), { x: stage.width * 0.97, y: stage.height, scale: 1.4 }) +
    placed(coral("#f2b05f"), { x: stage.width * 0.9, y: stage.height + 8, scale: 1.15, isMirrored: true })
  );
}
