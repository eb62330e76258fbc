import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import type { Random } from "../drawing/random.ts";
import { circle, ellipse, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import type { Stage } from "../scene/stage.ts";

/** Trees and plants of backdrops: without outlines, so that who and what matters stands out. Base at the origin. */
export function leafyTree(leaves: Color, bark: Color, random: Random): Svg {
  const height = random.between(190, 250);
  const light = lighten(leaves, 0.16);
  const dark = darken(leaves, 0.1);
  return (
    path(`M-17 4 Q-8 -60 -9 ${n(-height * 0.62)} H11 Q10 -60 20 4 Z`, { fill: bark }) +
    path(`M8 4 Q6 -60 6 ${n(-height * 0.5)} H11 Q10 -60 20 4 Z`, { fill: darken(bark, 0.14) }) +
    circle(-48, -height * 0.64, 56, { fill: dark }) +
    circle(50, -height * 0.66, 54, { fill: dark }) +
    circle(0, -height * 0.86, 72, { fill: leaves }) +
    circle(-36, -height * 0.76, 50, { fill: leaves }) +
    circle(38, -height * 0.74, 46, { fill: leaves }) +
    circle(-20, -height * 0.98, 38, { fill: light, opacity: 0.75 }) +
    circle(-50, -height * 0.78, 24, { fill: light, opacity: 0.6 }) +
    line(
      `M8 ${n(-height * 0.8)} q10 10 20 0 M-28 ${n(-height * 0.68)} q10 10 20 0 M30 ${n(-height * 0.95)} q9 9 18 0`,
      dark,
      4,
      0.6,
    )
  );
}

export function pine(leaves: Color, bark: Color, isSnowy: boolean): Svg {
  const light = lighten(leaves, 0.14);
  const tiers = [0, 1, 2].map((tier) => {
    const y = -40 - tier * 62;
    const half = 76 - tier * 17;
    const shape = `M0 ${y - 104} Q${half * 0.4} ${y - 40} ${half} ${y} Q${half * 0.5} ${y + 14} 0 ${y + 8} Q${-half * 0.5} ${y + 14} ${-half} ${y} Q${-half * 0.4} ${y - 40} 0 ${y - 104} Z`;
    const snow = isSnowy
      ? path(
          `M0 ${y - 104} Q${half * 0.22} ${y - 62} ${half * 0.5} ${y - 40} Q0 ${y - 56} ${-half * 0.5} ${y - 40} Q${-half * 0.22} ${y - 62} 0 ${y - 104} Z`,
          { fill: "#ffffff", opacity: 0.92 },
        )
      : none;
    return path(shape, { fill: tier % 2 === 0 ? leaves : light }) + snow;
  });
  return path("M-10 4 L-8 -50 H8 L10 4 Z", { fill: bark }) + tiers.join("");
}

export function palm(leaves: Color, bark: Color): Svg {
  const fronds = [-166, -130, -92, -50, -14, 18].map((turn, index) =>
    placed(
      path("M0 0 C40 -34 96 -26 128 14 C92 2 62 6 46 14 C34 4 18 4 0 6 Z", {
        fill: index % 2 === 0 ? leaves : lighten(leaves, 0.13),
      }),
      { x: 34, y: -236, turn },
    ),
  );
  return (
    path("M-14 6 C-2 -70 10 -160 26 -238 L44 -236 C34 -150 24 -70 18 6 Z", { fill: bark }) +
    line("M-4 -40 h20 M2 -80 h20 M8 -120 h20 M14 -160 h20 M20 -200 h18", darken(bark, 0.16), 4, 0.7) +
    fronds.join("") +
    circle(28, -226, 11, { fill: "#8a5a3c" }) +
    circle(44, -222, 11, { fill: "#7a4c32" })
  );
}

export function bush(leaves: Color, blossom: Color | null = null): Svg {
  const spots =
    blossom === null
      ? none
      : (
          [
            [-40, -26],
            [-8, -50],
            [24, -30],
            [48, -18],
            [6, -22],
          ] as const
        )
          .map(([x, y]) => circle(x, y, 6.5, { fill: blossom }))
          .join("");
  return (
    ellipse(-40, -16, 36, 28, { fill: darken(leaves, 0.08) }) +
    ellipse(42, -16, 34, 26, { fill: darken(leaves, 0.08) }) +
    ellipse(0, -28, 46, 38, { fill: leaves }) +
    ellipse(-12, -42, 24, 18, { fill: lighten(leaves, 0.16), opacity: 0.7 }) +
    spots
  );
}

export function blossomDot(color: Color, stem: Color): Svg {
  return (
    line("M0 0 q2 -10 0 -20", stem, 3) +
    [0, 72, 144, 216, 288].map((turn) => placed(ellipse(0, -5, 4.4, 5.6, { fill: color }), { y: -24, turn })).join("") +
    circle(0, -24, 3.6, { fill: "#f7d154" })
  );
}

/** Small flowers strewn over a meadow, larger the nearer. */
export function strewnFlowers(stage: Stage, count: number): Svg {
  const random = stage.random.fork("flowers");
  const colors: readonly [Color, Color, Color, Color] = ["#f7b9c4", "#fff4dc", "#f7d154", "#c6a9e0"];
  const wanted = Math.round((count * stage.width) / 1000);
  const places = Array.from({ length: wanted }, () => ({
    depth: random.next(),
    x: random.between(0, stage.width),
    color: random.pick(colors),
  }));
  return places
    .sort((one, other) => one.depth - other.depth)
    .map(({ depth, x, color }) => {
      const tint = stage.palette.isDark ? mix(color, stage.palette.haze, 0.45) : color;
      return placed(blossomDot(tint, darken(stage.palette.grassNear, 0.1)), {
        x,
        y: stage.horizon + 60 + (stage.height - stage.horizon - 60) * depth,
        scale: 0.4 + depth * 0.9,
      });
    })
    .join("");
}

/** A row of something from edge to edge, fading with distance. */
export function rowOf(
  stage: Stage,
  name: string,
  row: { readonly y: number; readonly every: number; readonly scale: number; readonly jitter?: number },
  draw: (random: Random) => Svg,
): Svg {
  const random = stage.random.fork(name);
  let svg = none;
  const count = Math.max(2, Math.round(stage.width / row.every));
  for (let index = 0; index <= count; index += 1) {
    const x = (index / count) * stage.width + random.between(-0.4, 0.4) * row.every;
    const y = row.y + random.between(-1, 1) * (row.jitter ?? 8);
    svg += placed(draw(random), { x, y, scale: row.scale * random.between(0.82, 1.2), isMirrored: random.chance(0.5) });
  }
  return svg;
}

/** Large leaves in the lower corners, which frame the page and lead the eye in. */
export function leafyCorners(stage: Stage, color: Color): Svg {
  const random = stage.random.fork("corners");
  const corner = (isRight: boolean): Svg => {
    let svg = none;
    for (let index = 0; index < 7; index += 1) {
      const fill = mix(
        color,
        index % 2 === 0 ? stage.palette.skyTop : stage.palette.leaves[1],
        0.14 + random.next() * 0.14,
      );
      const leaf =
        path("M0 0 C-34 -60 -30 -130 0 -182 C30 -130 34 -60 0 0 Z", { fill }) +
        line("M0 -8 V-160", lighten(fill, 0.14), 3, 0.6);
      svg += placed(leaf, {
        x: 26 + index * 21,
        y: 20,
        turn: -34 + index * 13 + random.between(-6, 6),
        scale: random.between(0.72, 1.12) * (1.1 - index * 0.07),
      });
    }
    return placed(svg, { x: isRight ? stage.width + 10 : -10, y: stage.height, isMirrored: isRight });
  };
  return corner(false) + corner(true);
}

export function grassyEdge(stage: Stage, color: Color): Svg {
  const random = stage.random.fork("edge");
  let d = `M-10 ${n(stage.height + 10)}`;
  for (let x = -10; x < stage.width + 20; x += 17) {
    const distance = Math.abs(x / stage.width - 0.5) * 2;
    const tall = 16 + distance ** 2 * 66 * random.between(0.6, 1.2);
    d += ` L${n(x)} ${n(stage.height - 4)} Q${n(x + 6)} ${n(stage.height - tall * 0.6)} ${n(x + random.between(-2, 18))} ${n(stage.height - tall)} Q${n(x + 12)} ${n(stage.height - tall * 0.5)} ${n(x + 15)} ${n(stage.height - 4)}`;
  }
  return path(`${d} L${n(stage.width + 20)} ${n(stage.height + 10)} Z`, { fill: darken(color, 0.14) });
}
