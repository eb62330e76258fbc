import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import { halo } from "../props/halo.ts";
import { sparkle } from "../scene/sky.ts";
import type { Stage } from "../scene/stage.ts";

/** A colour as it is seen by lamplight when it is dark outside. */
export function inLight(stage: Stage, color: Color): Color {
  return stage.palette.isDark
    ? mix(darken(color, 0.2), "#4a4a86", 0.34)
    : stage.time === "sunset"
      ? mix(color, "#f0a070", 0.16)
      : color;
}

export function room(stage: Stage, wall: Color, boards: Color, paper: "stars" | "stripes" | "tiles" | "plain"): Svg {
  const { width, height, horizon, definitions } = stage;
  const lit = inLight(stage, wall);
  const wood = inLight(stage, boards);
  const fill = definitions.vertical([
    { at: 0, color: darken(lit, 0.05) },
    { at: 1, color: lighten(lit, 0.2) },
  ]);
  const ground = definitions.vertical([
    { at: 0, color: darken(wood, 0.06) },
    { at: 1, color: lighten(wood, 0.12) },
  ]);
  let planks = "";
  for (let index = -8; index <= 18; index += 1) {
    const x = (width * (index + 0.5)) / 10;
    planks += `M${n(width / 2 + (x - width / 2) * 0.62)} ${n(horizon)} L${n(x)} ${n(height + 10)} `;
  }
  return (
    box(-5, -5, width + 10, horizon + 10, 0, { fill }) +
    wallpaper(stage, lit, paper) +
    box(-5, horizon, width + 10, height - horizon + 10, 0, { fill: ground }) +
    line(planks, darken(wood, 0.16), 3, 0.6) +
    box(-5, horizon - 20, width + 10, 24, 0, { fill: lighten(lit, 0.5) }) +
    box(-5, horizon + 2, width + 10, 5, 0, { fill: darken(wood, 0.2), opacity: 0.5 })
  );
}

function wallpaper(stage: Stage, wall: Color, paper: "stars" | "stripes" | "tiles" | "plain"): Svg {
  const { width, horizon } = stage;
  const ink = lighten(wall, 0.35);
  if (paper === "plain") return none;
  let svg = none;
  if (paper === "stripes") {
    for (let x = 20; x < width; x += 76) svg += box(x, -5, 34, horizon, 0, { fill: ink, opacity: 0.35 });
    return svg;
  }
  for (let row = 0; row * 84 < horizon - 40; row += 1) {
    for (let x = (row % 2) * 52 + 26; x < width; x += 104)
      svg +=
        paper === "stars"
          ? sparkle(x, 36 + row * 84, 13, ink)
          : box(x - 48, row * 84 + 6, 96, 76, 6, { fill: ink, opacity: 0.22 });
  }
  return svg;
}

export function windowOf(stage: Stage, x: number, scale: number): Svg {
  const { palette, definitions, horizon } = stage;
  const view = definitions.vertical([
    { at: 0, color: palette.skyTop },
    { at: 0.7, color: palette.skyMiddle },
    { at: 1, color: palette.skyLow },
  ]);
  const frame = inLight(stage, "#fffaf0");
  const curtain = inLight(stage, "#e98f86");
  const sky = box(-100, -130, 200, 240, 14, { fill: view });
  const outside = palette.isDark
    ? circle(40, -70, 30, { fill: palette.lamp }) +
      (
        [
          [-60, -90],
          [-20, -40],
          [-70, -20],
          [10, -104],
          [70, 0],
          [-10, 20],
        ] as const
      )
        .map(([dx, dy]) => circle(dx, dy, 3.4, { fill: "#fff6d8" }))
        .join("")
    : circle(48, -70, 28, { fill: palette.lamp }) +
      ellipse(-40, -40, 40, 14, { fill: palette.cloud, opacity: 0.9 }) +
      circle(-52, -50, 18, { fill: palette.cloud, opacity: 0.9 });
  const rain =
    stage.weather === "rain" || stage.weather === "storm"
      ? line(
          "M-70 -100 l-10 40 M-20 -80 l-10 40 M40 -100 l-10 40 M-50 0 l-10 40 M10 20 l-10 40 M70 -10 l-10 40",
          "#ffffff",
          4,
          0.7,
        )
      : none;
  const land = path("M-100 70 Q-40 34 20 66 T100 58 V110 H-100 Z", { fill: palette.hill });
  const y = Math.max(horizon * 0.46, stage.quietTop + 150 * scale);
  return placed(
    definitions.clipped(box(-100, -130, 200, 240, 14, {}), sky + outside + land + rain) +
      box(-100, -130, 200, 240, 14, { fill: "none", stroke: frame, width: 14 }) +
      line("M0 -130 V110 M-100 -14 H100", frame, 9) +
      box(-122, 106, 244, 20, 6, { fill: frame }) +
      path("M-128 -146 H-60 C-66 -60 -84 30 -132 84 Z", { fill: curtain }) +
      path("M128 -146 H60 C66 -60 84 30 132 84 Z", { fill: curtain }) +
      line("M-104 -140 Q-106 -40 -122 40 M104 -140 Q106 -40 122 40", darken(curtain, 0.14), 5, 0.6) +
      box(-146, -160, 292, 18, 8, { fill: inLight(stage, "#b9804f") }),
    { x, y, scale },
  );
}

export function rug(stage: Stage, color: Color): Svg {
  const lit = inLight(stage, color);
  const y = stage.ground + 4;
  const wide = Math.min(stage.width * 0.4, 430);
  return (
    ellipse(stage.width / 2, y, wide, 82, { fill: lit }) +
    ellipse(stage.width / 2, y, wide * 0.86, 66, { fill: "none", stroke: lighten(lit, 0.5), width: 8 }) +
    ellipse(stage.width / 2, y, wide * 0.6, 44, { fill: lighten(lit, 0.2), opacity: 0.7 })
  );
}

export function bed(stage: Stage): Svg {
  const wood = inLight(stage, "#b9804f");
  const quilt = inLight(stage, "#7fa8cf");
  return (
    path("M-170 0 V-150 Q-100 -206 -20 -150 V0 Z", { fill: wood }) +
    box(-150, -94, 320, 74, 20, { fill: inLight(stage, "#fffaf0") }) +
    box(-140, -118, 96, 48, 22, { fill: inLight(stage, "#ffffff") }) +
    path("M-60 -100 Q60 -128 176 -96 V-20 H-70 Z", { fill: quilt }) +
    [
      [-30, -70],
      [24, -84],
      [80, -70],
      [130, -84],
      [0, -40],
      [56, -46],
      [110, -42],
    ]
      .map(([x = 0, y = 0]) => sparkle(x, y, 11, lighten(quilt, 0.5)))
      .join("") +
    box(160, -110, 24, 110, 8, { fill: wood }) +
    box(-170, -26, 350, 22, 6, { fill: darken(wood, 0.1) }) +
    line("M-158 -10 V8 M170 -10 V8", wood, 16)
  );
}

export function lamp(stage: Stage): Svg {
  const shade = stage.palette.glow;
  const table =
    box(-58, -84, 116, 14, 5, { fill: inLight(stage, "#b9804f") }) +
    line("M-44 -72 V0 M44 -72 V0", inLight(stage, "#8f6038"), 10);
  return (
    halo(0, -150, stage.palette.isDark ? 230 : 110, shade) +
    table +
    line("M0 -84 V-122", "#8a6f5a", 7) +
    ellipse(0, -86, 24, 6, { fill: "#8a6f5a" }) +
    path("M-26 -176 H26 L44 -118 H-44 Z", { fill: shade })
  );
}

export function shelf(stage: Stage, x: number, y: number, scale: number): Svg {
  const top = Math.max(y, stage.quietTop + 90);
  return placed(
    box(-130, 0, 260, 14, 5, { fill: inLight(stage, "#b9804f") }) +
      books(stage, -112, 0, 120, "shelf") +
      circle(66, -26, 24, { fill: inLight(stage, "#c08a5a") }) +
      circle(50, -48, 9, { fill: inLight(stage, "#c08a5a") }) +
      circle(82, -48, 9, { fill: inLight(stage, "#c08a5a") }) +
      ellipse(66, -20, 11, 8, { fill: inLight(stage, "#ecd2ab") }) +
      circle(59, -30, 2.6, { fill: "#3a2b33" }) +
      circle(73, -30, 2.6, { fill: "#3a2b33" }),
    { x, y: top, scale },
  );
}

function books(stage: Stage, from: number, y: number, wide: number, name: string): Svg {
  const random = stage.random.fork(`books${name}`);
  const colors: readonly [Color, ...Color[]] = [
    "#c9514d",
    "#4a82c4",
    "#f0b93c",
    "#5c9e5a",
    "#8a68b4",
    "#e98f86",
    "#3fa49b",
  ];
  let svg = none;
  for (let x = from; x < from + wide - 18; ) {
    const thick = random.between(13, 24);
    const high = random.between(48, 72);
    const color = inLight(stage, random.pick(colors));
    svg +=
      box(x, y - high, thick - 2, high, 3, { fill: color }) +
      box(x + 3, y - high + 10, thick - 8, 5, 1, { fill: lighten(color, 0.5) });
    x += thick;
  }
  return svg;
}

export function bookcase(stage: Stage, x: number, index: number): Svg {
  const wood = inLight(stage, "#9a6a48");
  const top = Math.max(stage.horizon - 470, stage.quietTop * 0.6);
  const high = stage.horizon + 20 - top;
  const rows = Math.floor(high / 100);
  let svg =
    box(x - 150, top, 300, high, 8, { fill: wood }) +
    box(x - 136, top + 14, 272, high - 20, 4, { fill: darken(wood, 0.25) });
  for (let row = 1; row <= rows; row += 1) {
    const y = top + (high * row) / rows - 8;
    svg += books(stage, x - 130, y, 258, `${index}-${row}`) + box(x - 138, y, 276, 12, 2, { fill: lighten(wood, 0.1) });
  }
  return svg;
}

export function jar(x: number, color: Color): Svg {
  return (
    box(x - 16, -190, 32, 44, 8, { fill: color, opacity: 0.92 }) + box(x - 18, -196, 36, 11, 4, { fill: "#fffaf0" })
  );
}

export function pans(stage: Stage): Svg {
  const y = Math.max(stage.horizon * 0.3, stage.quietTop + 30);
  const pan = (x: number, r: number): Svg =>
    line(`M${n(x)} ${n(y)} v34`, "#5b4a52", 6) +
    circle(x, y + 34 + r, r, { fill: inLight(stage, "#8f8a94") }) +
    circle(x, y + 34 + r, r * 0.72, { fill: inLight(stage, "#a9a4ae") });
  return (
    line(`M${n(stage.width * 0.72)} ${n(y)} H${n(stage.width * 0.98)}`, "#8a5f42", 9) +
    pan(stage.width * 0.77, 30) +
    pan(stage.width * 0.85, 24) +
    pan(stage.width * 0.92, 34)
  );
}

export function frames(stage: Stage): Svg {
  const y = Math.max(stage.horizon * 0.36, stage.quietTop + 60);
  const frame = inLight(stage, "#b9804f");
  return placed(
    box(-46, -56, 92, 112, 6, { fill: frame }) +
      box(-36, -46, 72, 92, 3, { fill: inLight(stage, "#cfe6ee") }) +
      path("M-36 30 Q0 -20 36 22 V46 H-36 Z", { fill: inLight(stage, "#8fc28d") }) +
      circle(14, -20, 10, { fill: "#f7d154" }),
    { x: stage.width * 0.9, y },
  );
}
