import { type Color, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import type { Stage } from "./stage.ts";

/** Sky from edge to edge with what shines and floats in it. */
export function drawSky(stage: Stage): Svg {
  const { width, horizon, palette, definitions, time } = stage;
  const height = horizon + 60;
  const fill = definitions.vertical([
    { at: 0, color: palette.skyTop },
    { at: 0.55, color: palette.skyMiddle },
    { at: 1, color: palette.skyLow },
  ]);
  const isCovered =
    stage.weather === "rain" || stage.weather === "storm" || stage.weather === "snow" || stage.weather === "fog";
  return (
    box(-5, -5, width + 10, height + 10, 0, { fill }) +
    (palette.isDark ? stars(stage, isCovered ? 18 : 90) : none) +
    (isCovered && time !== "night" ? none : lamp(stage)) +
    (stage.weather === "rainbow" ? rainbow(stage) : none) +
    clouds(stage, isCovered)
  );
}

function stars(stage: Stage, count: number): Svg {
  const random = stage.random.fork("stars");
  let svg = none;
  for (let index = 0; index < count; index += 1) {
    const x = random.between(0, stage.width);
    const y = random.between(0, stage.horizon * 0.92);
    const size = random.between(1.2, 3.4);
    svg += circle(x, y, size, { fill: "#fff6d8", opacity: random.between(0.4, 0.95) });
    if (random.chance(0.1)) svg += sparkle(x, y, size * 4, "#fff6d8");
  }
  return svg;
}

export function sparkle(x: number, y: number, size: number, color: Color): Svg {
  const k = size * 0.16;
  return path(
    `M${n(x)} ${n(y - size)} Q${n(x + k)} ${n(y - k)} ${n(x + size)} ${n(y)} Q${n(x + k)} ${n(y + k)} ${n(x)} ${n(y + size)} Q${n(x - k)} ${n(y + k)} ${n(x - size)} ${n(y)} Q${n(x - k)} ${n(y - k)} ${n(x)} ${n(y - size)} Z`,
    { fill: color },
  );
}

/** Where sun or moon stands: high by day, low when it comes and goes, never where a title will be. */
export function lampPlace(stage: Stage): { readonly x: number; readonly y: number } {
  const random = stage.random.fork("lamp");
  const x = stage.width * (random.chance(0.5) ? random.between(0.14, 0.3) : random.between(0.7, 0.86));
  const share = stage.time === "day" ? 0.24 : stage.time === "night" ? 0.26 : 0.74;
  return { x, y: Math.max(stage.horizon * share, stage.quietTop + 70) };
}

function lamp(stage: Stage): Svg {
  const { palette, definitions, time } = stage;
  const { x, y } = lampPlace(stage);
  const r = time === "night" ? 62 : 72;
  const halo = definitions.radial([
    { at: 0, color: palette.lamp, opacity: time === "night" ? 0.5 : 0.85 },
    { at: 0.35, color: palette.lamp, opacity: 0.28 },
    { at: 1, color: palette.lamp, opacity: 0 },
  ]);
  const glow = circle(x, y, r * 4.4, { fill: halo });
  if (time !== "night") return glow + circle(x, y, r, { fill: lighten(palette.lamp, 0.35) });
  const crater = mix(palette.lamp, "#b9a77c", 0.3);
  return (
    glow +
    circle(x, y, r, { fill: palette.lamp }) +
    circle(x - 20, y - 14, 13, { fill: crater, opacity: 0.5 }) +
    circle(x + 18, y + 20, 9, { fill: crater, opacity: 0.5 }) +
    circle(x + 22, y - 24, 6, { fill: crater, opacity: 0.5 })
  );
}

function clouds(stage: Stage, isCovered: boolean): Svg {
  const random = stage.random.fork("clouds");
  const count = Math.round((isCovered ? 7 : 3.4) * (stage.width / 1000));
  let svg = none;
  for (let index = 0; index < count; index += 1) {
    const x = ((index + random.between(0.15, 0.85)) / count) * stage.width;
    const y =
      stage.quietTop +
      (stage.horizon - stage.quietTop) * random.between(isCovered ? 0.04 : 0.12, isCovered ? 0.34 : 0.55);
    svg += placed(cloud(stage.palette.cloud), {
      x,
      y,
      scale: random.between(0.7, 1.35) * (isCovered ? 1.4 : 1),
      opacity: stage.palette.isDark ? 0.6 : 0.88,
    });
  }
  return svg;
}

export function cloud(color: Color): Svg {
  return (
    ellipse(0, 0, 96, 26, { fill: color }) +
    circle(-44, -14, 34, { fill: color }) +
    circle(2, -30, 46, { fill: color }) +
    circle(48, -12, 32, { fill: color }) +
    path("M-30 -6 q14 -14 32 -4 M16 0 q12 -12 28 -3", {
      fill: "none",
      stroke: mix(color, "#8fa9c9", 0.28),
      width: 3,
      opacity: 0.6,
    })
  );
}

function rainbow(stage: Stage): Svg {
  const colors = ["#e8736b", "#f2a65a", "#f7d873", "#8cc489", "#74b3d8", "#9d8cc9"] as const;
  const r = Math.min(stage.width * 0.52, stage.horizon * 0.92);
  const x = stage.width * 0.5;
  return colors
    .map((color, index) => {
      const radius = r - index * 20;
      return line(
        `M${n(x - radius)} ${n(stage.horizon + 30)} A${n(radius)} ${n(radius)} 0 0 1 ${n(x + radius)} ${n(stage.horizon + 30)}`,
        color,
        21,
        0.62,
      );
    })
    .join("");
}
