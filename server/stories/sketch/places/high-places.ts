import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import { halo } from "../props/halo.ts";
import { footpath, grassland, hills, ridge } from "../scene/land.ts";
import { cloud, drawSky, sparkle } from "../scene/sky.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";
import { grassyEdge, pine, rowOf } from "./flora.ts";
import { flowersUnlessSnow } from "./green-places.ts";

export function mountain(stage: Stage): Backdrop {
  const { palette, horizon, width, random } = stage;
  const own = random.fork("peaks");
  const peak = (x: number, half: number, high: number, fade: number): Svg => {
    const rock = mix(palette.stone, palette.haze, fade);
    const y = horizon + 30;
    const top = y - high;
    return (
      path(
        `M${n(x - half)} ${n(y)} L${n(x - 12)} ${n(top + 8)} Q${n(x)} ${n(top - 8)} ${n(x + 12)} ${n(top + 8)} L${n(x + half)} ${n(y)} Z`,
        { fill: rock },
      ) +
      path(
        `M${n(x + 6)} ${n(top)} L${n(x + half)} ${n(y)} H${n(x + half * 0.1)} L${n(x - 14)} ${n(top + high * 0.5)} Z`,
        { fill: darken(rock, 0.12) },
      ) +
      path(
        `M${n(x - 12)} ${n(top + 8)} Q${n(x)} ${n(top - 8)} ${n(x + 12)} ${n(top + 8)} L${n(x + half * 0.34)} ${n(top + high * 0.33)} L${n(x + half * 0.16)} ${n(top + high * 0.26)} L${n(x)} ${n(top + high * 0.36)} L${n(x - half * 0.14)} ${n(top + high * 0.25)} L${n(x - half * 0.33)} ${n(top + high * 0.34)} Z`,
        { fill: palette.isDark ? "#c9d2ee" : "#ffffff" },
      )
    );
  };
  const high = (horizon - stage.quietTop) * 0.7;
  return {
    back:
      drawSky(stage) +
      peak(width * 0.24, width * 0.3, high * 0.78, 0.5) +
      peak(width * 0.88, width * 0.32, high * 0.7, 0.5) +
      peak(width * own.between(0.5, 0.66), width * 0.34, high, 0.22) +
      hills(stage, 2) +
      rowOf(stage, "pines", { y: horizon + 40, every: 130, scale: 0.62 }, () =>
        pine(mix(palette.leaves[2], palette.haze, 0.18), palette.bark, stage.weather === "snow"),
      ) +
      grassland(stage) +
      footpath(stage, width * 0.56) +
      flowersUnlessSnow(stage, 20),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function desert(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const cactus =
    line("M0 0 V-120 M0 -44 H-34 V-80 M0 -64 H34 V-104", palette.leaves[0], 26) +
    line("M-6 -10 V-116 M6 -10 V-116", lighten(palette.leaves[0], 0.2), 3, 0.6);
  return {
    back:
      drawSky(stage) +
      path(ridge(stage, 1, horizon + 6, 60, 1.5), { fill: mix(palette.sand, palette.haze, 0.5) }) +
      path(ridge(stage, 4, horizon + 34, 46, 1.1), { fill: darken(palette.sand, 0.06) }) +
      path(ridge(stage, 7, horizon + 90, 36, 0.9), { fill: palette.sand }) +
      placed(cactus, { x: width * 0.12, y: horizon + 96, scale: 1.35 }) +
      placed(cactus, { x: width * 0.88, y: horizon + 70, scale: 0.9, isMirrored: true }) +
      line(
        `M${n(width * 0.2)} ${n(height * 0.86)} q60 -16 130 0 M${n(width * 0.6)} ${n(height * 0.93)} q70 -16 150 0 M${n(width * 0.66)} ${n(height * 0.78)} q50 -12 100 0`,
        darken(palette.sand, 0.12),
        5,
        0.7,
      ),
    front: path(ridge(stage, 3, height - 26, 20, 1), { fill: darken(palette.sand, 0.1) }),
  };
}

export function clouds(stage: Stage): Backdrop {
  const { palette, width, height } = stage;
  const tall = { ...stage, horizon: height };
  const soft = rowOf(stage, "soft", { y: height * 0.76, every: 190, scale: 2, jitter: 22 }, () =>
    cloud(mix(palette.cloud, palette.haze, 0.35)),
  );
  return {
    back:
      drawSky(tall) +
      soft +
      rowOf(stage, "near", { y: height * 0.9, every: 200, scale: 2.3, jitter: 14 }, () =>
        cloud(mix(palette.cloud, palette.haze, 0.12)),
      ),
    front:
      rowOf(stage, "front", { y: height + 14, every: 210, scale: 2.4, jitter: 10 }, () => cloud(palette.cloud)) +
      (width > 0 ? none : none),
  };
}

export function space(stage: Stage): Backdrop {
  const { width, height, definitions, random } = stage;
  const fill = definitions.vertical([
    { at: 0, color: "#171a44" },
    { at: 0.6, color: "#35307a" },
    { at: 1, color: "#6a4a9a" },
  ]);
  const own = random.fork("space");
  let stars = none;
  for (let index = 0; index < 150 * (width / 1000); index += 1)
    stars += circle(own.between(0, width), own.between(0, height * 0.85), own.between(1, 3.4), {
      fill: own.pick(["#ffffff", "#ffe9b8", "#cfe2ff"] as const),
      opacity: own.between(0.4, 1),
    });
  for (let index = 0; index < 9; index += 1)
    stars += sparkle(own.between(0, width), own.between(0, height * 0.7), own.between(10, 24), "#fff6d8");
  const nebula = definitions.radial([
    { at: 0, color: "#c07ad0", opacity: 0.5 },
    { at: 1, color: "#c07ad0", opacity: 0 },
  ]);
  const y = stage.horizon + (height - stage.horizon) * 0.3;
  return {
    back:
      box(-5, -5, width + 10, height + 10, 0, { fill }) +
      ellipse(width * 0.62, height * 0.34, width * 0.5, height * 0.26, { fill: nebula }) +
      stars +
      planet(width * 0.82, Math.max(height * 0.22, stage.quietTop + 60), 84, "#f0a45f", true) +
      planet(width * 0.16, Math.max(height * 0.36, stage.quietTop + 30), 46, "#6fc3c9", false) +
      path(`M-10 ${n(y + 60)} Q${n(width / 2)} ${n(y - 90)} ${n(width + 10)} ${n(y + 60)} V${n(height + 10)} H-10 Z`, {
        fill: definitions.vertical([
          { at: 0, color: "#d9d3ea" },
          { at: 1, color: "#9a91c0" },
        ]),
      }) +
      craters(stage, y),
    front: none,
  };
}

export function cave(stage: Stage): Backdrop {
  const { width, height, horizon, palette, definitions } = stage;
  const rock: Color = palette.isDark ? "#353457" : "#5b4f63";
  const light = definitions.radial([
    { at: 0, color: palette.isDark ? "#8fa4e0" : "#ffe9b5", opacity: 0.95 },
    { at: 0.6, color: palette.isDark ? "#5f6fb5" : "#f7c98b", opacity: 0.45 },
    { at: 1, color: rock, opacity: 0 },
  ]);
  const tooth = (x: number, long: number, half: number, color: Color): Svg =>
    path(
      `M${n(x - half)} -10 Q${n(x - half * 0.3)} ${n(long * 0.5)} ${n(x)} ${n(long)} Q${n(x + half * 0.3)} ${n(long * 0.5)} ${n(x + half)} -10 Z`,
      { fill: color },
    );
  const own = stage.random.fork("cave");
  const teeth = Array.from({ length: Math.round(width / 110) }, (_, index) =>
    tooth(
      index * 118 + own.between(0, 40),
      own.between(90, 240) * (height / 1000),
      own.between(34, 60),
      darken(rock, own.between(0.1, 0.25)),
    ),
  );
  const crystals = [0.1, 0.2, 0.84, 0.93].map((share, index) =>
    placed(crystal((["#8fe0d8", "#c9a0ec", "#f2a9cf", "#9fc4f5"] as const)[index] ?? "#8fe0d8"), {
      x: width * share,
      y: horizon + 110 + (index % 2) * 60,
      scale: own.between(0.8, 1.3),
    }),
  );
  return {
    back:
      box(-5, -5, width + 10, height + 10, 0, { fill: rock }) +
      path(ridge(stage, 1, horizon * 0.7, 90, 2.6), { fill: lighten(rock, 0.06) }) +
      ellipse(width * 0.54, horizon * 0.8, width * 0.42, height * 0.36, { fill: light }) +
      teeth.join("") +
      path(ridge(stage, 3, horizon + 30, 26, 1.4), {
        fill: definitions.vertical([
          { at: 0, color: lighten(rock, 0.22) },
          { at: 1, color: darken(rock, 0.05) },
        ]),
      }) +
      crystals.join(""),
    front: path(
      `M-10 ${n(height + 10)} V${n(height * 0.62)} Q${n(width * 0.05)} ${n(height * 0.8)} ${n(width * 0.13)} ${n(height * 0.93)} T${n(width * 0.3)} ${n(height + 10)} Z M${n(width + 10)} ${n(height + 10)} V${n(height * 0.66)} Q${n(width * 0.95)} ${n(height * 0.82)} ${n(width * 0.88)} ${n(height * 0.94)} T${n(width * 0.72)} ${n(height + 10)} Z`,
      { fill: darken(rock, 0.32) },
    ),
  };
}

function planet(x: number, y: number, r: number, color: Color, hasRing: boolean): Svg {
  return (
    (hasRing
      ? placed(
          ellipse(0, 0, r * 1.8, r * 0.46, { fill: "none", stroke: lighten(color, 0.5), width: 11, opacity: 0.9 }),
          { x, y, turn: -16 },
        )
      : none) +
    circle(x, y, r, { fill: color }) +
    ellipse(x - r * 0.26, y - r * 0.3, r * 0.5, r * 0.2, { fill: lighten(color, 0.3), opacity: 0.7 }) +
    ellipse(x + r * 0.16, y + r * 0.4, r * 0.6, r * 0.16, { fill: darken(color, 0.14), opacity: 0.6 }) +
    (hasRing
      ? placed(
          path(`M${n(-r * 1.8)} 0 A${n(r * 1.8)} ${n(r * 0.46)} 0 0 0 ${n(r * 1.8)} 0`, {
            fill: "none",
            stroke: lighten(color, 0.5),
            width: 11,
          }),
          { x, y, turn: -16 },
        )
      : none)
  );
}

function craters(stage: Stage, y: number): Svg {
  const random = stage.random.fork("craters");
  let svg = none;
  for (let index = 0; index < 9; index += 1) {
    const depth = random.next();
    const x = random.between(0, stage.width);
    const r = 22 + depth * 44;
    const at = y + 60 + (stage.height - y - 60) * depth;
    svg +=
      ellipse(x, at, r, r * 0.3, { fill: "#8d84b5", opacity: 0.75 }) +
      ellipse(x, at + 4, r * 0.82, r * 0.2, { fill: "#a9a1cc" });
  }
  return svg;
}

function crystal(color: Color): Svg {
  return (
    halo(0, -50, 86, color) +
    path("M-12 0 L-20 -64 L0 -108 L18 -60 L12 0 Z", { fill: color }) +
    path("M0 -108 L18 -60 L12 0 L0 -4 Z", { fill: darken(color, 0.16) }) +
    path("M-34 0 L-46 -34 L-32 -58 L-16 -28 L-14 0 Z", { fill: lighten(color, 0.25) }) +
    path("M14 0 L20 -34 L38 -50 L44 -22 L34 0 Z", { fill: lighten(color, 0.1) }) +
    line("M-8 -20 L-12 -62", "#ffffff", 3, 0.7)
  );
}
