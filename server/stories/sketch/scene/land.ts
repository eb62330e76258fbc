import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { line, n, none, path, type Svg } from "../drawing/svg.ts";
import type { Stage } from "./stage.ts";

/** Rolling ridges, each nearer one lower, larger and truer in colour, the far ones fading into the haze. */
export function hills(stage: Stage, count = 3, color: Color = stage.palette.hill): Svg {
  const random = stage.random.fork("hills");
  let svg = none;
  for (let index = 0; index < count; index += 1) {
    const depth = 1 - index / count;
    const base = stage.horizon - depth * 66 + 26;
    const fill = mix(color, stage.palette.haze, depth * 0.72);
    svg += path(ridge(stage, random.between(0, 100), base, 46 + depth * 56, 1.4 + depth), { fill });
  }
  return svg;
}

export function ridge(stage: Stage, phase: number, base: number, swing: number, waves: number): string {
  const points: string[] = [];
  const steps = 28;
  for (let step = 0; step <= steps; step += 1) {
    const x = -10 + ((stage.width + 20) * step) / steps;
    const turn = (x / 1000) * Math.PI * waves + phase;
    points.push(`${n(x)} ${n(base - (Math.sin(turn) * 0.6 + Math.sin(turn * 2.3 + phase) * 0.3) * swing)}`);
  }
  return `M-10 ${n(stage.height + 10)} L${points.join(" L")} L${n(stage.width + 10)} ${n(stage.height + 10)} Z`;
}

/** The meadow on which everything stands, lighter where it meets the light. */
export function grassland(
  stage: Stage,
  color: Color = stage.palette.grass,
  near: Color = stage.palette.grassNear,
): Svg {
  const { definitions, horizon, height } = stage;
  const fill = definitions.vertical([
    { at: 0, color: lighten(mix(color, stage.palette.haze, 0.25), 0.06) },
    { at: 0.45, color },
    { at: 1, color: near },
  ]);
  const random = stage.random.fork("grassland");
  return (
    path(ridge(stage, random.between(0, 9), horizon + 26, 20, 1.1), { fill }) +
    (height > 0 ? blades(stage, near) : none)
  );
}

function blades(stage: Stage, color: Color): Svg {
  const random = stage.random.fork("blades");
  const count = Math.round((stage.width * (stage.height - stage.horizon)) / 14_000);
  let dark = "";
  let light = "";
  for (let index = 0; index < count; index += 1) {
    const depth = random.next() ** 0.7;
    const x = random.between(0, stage.width);
    const y = stage.horizon + 46 + (stage.height - stage.horizon - 46) * depth;
    const size = 5 + depth * 12;
    const tuft = `M${n(x)} ${n(y)} q${n(-size * 0.3)} ${n(-size * 0.7)} ${n(-size * 0.6)} ${n(-size)} M${n(x)} ${n(y)} v${n(-size * 1.2)} M${n(x)} ${n(y)} q${n(size * 0.3)} ${n(-size * 0.7)} ${n(size * 0.6)} ${n(-size)} `;
    if (random.chance(0.5)) dark += tuft;
    else light += tuft;
  }
  return line(dark || "M0 0", darken(color, 0.14), 2.6, 0.55) + line(light || "M0 0", lighten(color, 0.28), 2.6, 0.6);
}

/** A way that comes from the distance towards us. */
export function footpath(stage: Stage, x: number): Svg {
  const { horizon, height, palette, width } = stage;
  const y = horizon + 40;
  const d = `M${n(x)} ${n(y)} C${n(x + 90)} ${n(y + 60)} ${n(x - 190)} ${n(y + 110)} ${n(width * 0.36)} ${n(height + 10)} L${n(width * 0.74)} ${n(height + 10)} C${n(x + 60)} ${n(y + 150)} ${n(x + 170)} ${n(y + 70)} ${n(x + 18)} ${n(y)} Z`;
  return path(d, { fill: palette.path, opacity: 0.85 });
}
