import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import { halo } from "../props/halo.ts";
import { sparkle } from "../scene/sky.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";

/** Rooms by daylight; at night the walls darken and the lamp is on. */
export function bedroom(stage: Stage): Backdrop {
  const { width, horizon } = stage;
  return {
    back:
      room(stage, "#c9d7ea", "#d9b48a", "stars") +
      windowOf(stage, width * 0.26, 1.2) +
      shelf(stage, width * 0.76, horizon * 0.42, 1) +
      rug(stage, "#e9a3a0") +
      placed(bed(stage), { x: width * 0.84, y: horizon + 62, scale: 1.5 }) +
      placed(lamp(stage), { x: width * 0.09, y: horizon + 60, scale: 1.5 }),
    front: none,
  };
}

export function kitchen(stage: Stage): Backdrop {
  const { width, horizon } = stage;
  const tile = inLight(stage, "#f6ead6");
  const cupboard = inLight(stage, "#7fb0a4");
  const oven =
    box(-74, -150, 148, 150, 8, { fill: inLight(stage, "#e6e0dc") }) +
    box(-54, -102, 108, 70, 8, { fill: "#4f4a58" }) +
    box(-44, -92, 88, 50, 6, { fill: "#f2a65a", opacity: 0.8 }) +
    [-44, -15, 15, 44].map((x) => circle(x, -126, 8, { fill: "#8f8a94" })).join("") +
    path("M-40 -150 V-184 H30 V-150 Z", { fill: inLight(stage, "#c9614d") }) +
    box(-46, -192, 82, 10, 4, { fill: inLight(stage, "#a54b3c") }) +
    line("M-14 -206 q-10 -12 0 -24 t0 -24 M8 -206 q-10 -12 0 -24 t0 -24", "#ffffff", 6, 0.7);
  const counter =
    box(-200, -132, 400, 132, 6, { fill: cupboard }) +
    box(-210, -146, 420, 18, 6, { fill: inLight(stage, "#c4935a") }) +
    [-150, -50, 50, 150]
      .map(
        (x) =>
          box(x - 42, -116, 84, 96, 8, { fill: lighten(cupboard, 0.14) }) + circle(x + 28, -72, 6, { fill: "#f0b93c" }),
      )
      .join("") +
    jar(-120, "#f2a65a") +
    jar(-74, "#dd6f62") +
    jar(-30, "#a9c94e");
  return {
    back:
      room(stage, "#fbe3b8", "#c9a074", "tiles") +
      box(0, horizon - 270, width, 120, 0, { fill: tile, opacity: 0.65 }) +
      windowOf(stage, width * 0.5, 1.05) +
      placed(counter, { x: width * 0.2, y: horizon + 40, scale: 1.1 }) +
      placed(oven, { x: width * 0.86, y: horizon + 44, scale: 1.25 }) +
      pans(stage) +
      rug(stage, "#d98a7a"),
    front: none,
  };
}

export function school(stage: Stage): Backdrop {
  const { width, horizon, height } = stage;
  const board =
    box(-210, -150, 420, 210, 8, { fill: inLight(stage, "#8a5f42") }) +
    box(-196, -136, 392, 182, 4, { fill: inLight(stage, "#3f6b5a") }) +
    line("M-160 -100 h90 M-160 -70 h130 M-160 -40 h60", "#eef5e8", 6, 0.75) +
    circle(90, -50, 42, { fill: "none", stroke: "#f7e08a", width: 6 }) +
    line(
      "M90 -112 v-16 M90 12 v16 M28 -50 h-16 M152 -50 h16 M46 -94 l-10 -10 M134 -94 l10 -10 M46 -6 l-10 10 M134 -6 l10 10",
      "#f7e08a",
      6,
    ) +
    box(-120, 58, 240, 12, 4, { fill: inLight(stage, "#8a5f42") });
  const desk =
    box(-80, -96, 160, 16, 5, { fill: inLight(stage, "#d9a066") }) +
    line("M-64 -80 V0 M64 -80 V0", inLight(stage, "#8f8a94"), 10) +
    box(-52, -118, 50, 22, 3, { fill: inLight(stage, "#c9514d") }) +
    box(-48, -132, 42, 14, 3, { fill: inLight(stage, "#4a82c4") }) +
    circle(44, -112, 15, { fill: "#dd4f45" }) +
    path("M44 -126 q8 -10 14 -4", { fill: "none", stroke: "#5c9e5a", width: 4 });
  return {
    back:
      room(stage, "#f7e6c4", "#d9b48a", "plain") +
      placed(board, {
        x: width * 0.5,
        y: Math.max(horizon * 0.48, stage.quietTop + 180),
        scale: Math.min(1.15, width / 880),
      }) +
      placed(desk, { x: width * 0.15, y: horizon + (height - horizon) * 0.34, scale: 1.5 }) +
      placed(desk, { x: width * 0.87, y: horizon + (height - horizon) * 0.28, scale: 1.4, isMirrored: true }) +
      (width > height * 1.3 ? windowOf(stage, width * 0.12, 0.9) + windowOf(stage, width * 0.88, 0.9) : none),
    front: none,
  };
}

export function library(stage: Stage): Backdrop {
  const { width, horizon } = stage;
  const count = Math.max(3, Math.round(width / 330));
  const cases = Array.from({ length: count }, (_, index) =>
    bookcase(stage, ((index + 0.5) / count) * width, index),
  ).join("");
  return {
    back:
      room(stage, "#e9d3b0", "#b98a62", "plain") +
      cases +
      rug(stage, "#7f9fb5") +
      placed(lamp(stage), { x: width * 0.08, y: horizon + 90, scale: 1.7 }),
    front: none,
  };
}

export function home(stage: Stage): Backdrop {
  const { width, horizon, palette } = stage;
  const stone = inLight(stage, "#c9b8ae");
  const hearth =
    box(-130, -260, 260, 260, 8, { fill: stone }) +
    box(-150, -276, 300, 26, 6, { fill: inLight(stage, "#9a6a48") }) +
    path("M-76 0 V-110 Q0 -176 76 -110 V0 Z", { fill: "#4a3a40" }) +
    halo(0, -46, 150, palette.glow) +
    path("M0 -116 C36 -78 44 -44 30 -18 H-30 C-46 -44 -22 -62 -16 -84 C-8 -76 -6 -94 0 -116 Z", { fill: "#ef8f3e" }) +
    path("M2 -70 C22 -48 20 -28 12 -16 H-12 C-20 -32 -2 -46 2 -70 Z", { fill: "#f7d154" }) +
    line("M-44 -10 L40 -18 M44 -10 L-40 -18", "#7d5238", 13) +
    line("M-110 -40 h30 M86 -80 h30 M-112 -140 h28 M84 -190 h30 M-60 -200 h34 M20 -226 h30", darken(stone, 0.16), 5);
  const sofa =
    box(-150, -140, 300, 110, 34, { fill: inLight(stage, "#c9705f") }) +
    box(-166, -104, 54, 92, 24, { fill: inLight(stage, "#b85f50") }) +
    box(112, -104, 54, 92, 24, { fill: inLight(stage, "#b85f50") }) +
    box(-116, -78, 232, 60, 18, { fill: inLight(stage, "#d98070") }) +
    line("M0 -76 V-22", inLight(stage, "#b85f50"), 4) +
    line("M-120 -14 V6 M120 -14 V6", "#7d5238", 12) +
    box(-96, -120, 56, 52, 14, { fill: inLight(stage, "#f0c96a") });
  return {
    back:
      room(stage, "#efd9bd", "#c79a6d", "stripes") +
      placed(hearth, { x: width * 0.2, y: horizon + 40, scale: 1.25 }) +
      windowOf(stage, width * 0.62, 1) +
      placed(sofa, { x: width * 0.86, y: horizon + 84, scale: 1.2 }) +
      rug(stage, "#8fae9a") +
      frames(stage),
    front: none,
  };
}

/** A colour as it is seen by lamplight when it is dark outside. */
function inLight(stage: Stage, color: Color): Color {
  return stage.palette.isDark
    ? mix(darken(color, 0.2), "#4a4a86", 0.34)
    : stage.time === "sunset"
      ? mix(color, "#f0a070", 0.16)
      : color;
}

function room(stage: Stage, wall: Color, boards: Color, paper: "stars" | "stripes" | "tiles" | "plain"): Svg {
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

function windowOf(stage: Stage, x: number, scale: number): Svg {
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

function rug(stage: Stage, color: Color): Svg {
  const lit = inLight(stage, color);
  const y = stage.ground + 4;
  const wide = Math.min(stage.width * 0.4, 430);
  return (
    ellipse(stage.width / 2, y, wide, 82, { fill: lit }) +
    ellipse(stage.width / 2, y, wide * 0.86, 66, { fill: "none", stroke: lighten(lit, 0.5), width: 8 }) +
    ellipse(stage.width / 2, y, wide * 0.6, 44, { fill: lighten(lit, 0.2), opacity: 0.7 })
  );
}

function bed(stage: Stage): Svg {
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

function lamp(stage: Stage): Svg {
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

function shelf(stage: Stage, x: number, y: number, scale: number): Svg {
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

function bookcase(stage: Stage, x: number, index: number): Svg {
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

function jar(x: number, color: Color): Svg {
  return (
    box(x - 16, -190, 32, 44, 8, { fill: color, opacity: 0.92 }) + box(x - 18, -196, 36, 11, 4, { fill: "#fffaf0" })
  );
}

function pans(stage: Stage): Svg {
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

function frames(stage: Stage): Svg {
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
