import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import { halo } from "../props/halo.ts";
import { footpath, grassland, hills } from "../scene/land.ts";
import { drawSky } from "../scene/sky.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";
import { bush, grassyEdge, leafyTree } from "./flora.ts";
import { farTrees, flowersUnlessSnow } from "./green-places.ts";

export function city(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const y = horizon + 70;
  return {
    back:
      drawSky(stage) +
      skyline(stage, "far", horizon + 40, 0.62, 92, 0.52) +
      skyline(stage, "near", y, 0.24, 138, 0.36) +
      box(-5, y, width + 10, height - y + 10, 0, { fill: mix(palette.stone, palette.path, 0.45) }) +
      box(-5, y, width + 10, 16, 0, { fill: lighten(palette.stone, 0.3) }) +
      paving(stage, y + 30) +
      streetTree(stage, 0.1) +
      streetTree(stage, 0.9) +
      lampPost(stage, 0.24) +
      (width > height ? lampPost(stage, 0.76) : none),
    front: none,
  };
}

export function castle(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const stone = mix(palette.isDark ? "#6b6fa6" : "#e2d6de", palette.haze, 0.18);
  const scale = ((horizon - stage.quietTop) / 330) * (height > width * 1.4 ? 0.78 : 1);
  return {
    back:
      drawSky(stage) +
      hills(stage) +
      farTrees(stage) +
      placed(towers(stone, palette.isDark ? palette.glow : "#7f9fc0", palette.isDark ? "#5f4f94" : "#c9617a"), {
        x: width * 0.56,
        y: horizon + 34,
        scale: Math.min(1.9, scale),
      }) +
      grassland(stage) +
      footpath(stage, width * 0.55) +
      placed(bush(palette.leaves[0], "#f2a0b0"), { x: width * 0.1, y: horizon + 100, scale: 1.3 }) +
      placed(bush(palette.leaves[1], "#fff4dc"), { x: width * 0.94, y: horizon + 90, scale: 1.3 }) +
      flowersUnlessSnow(stage, 30),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function market(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const y = horizon + 80;
  const stalls = [0.17, 0.83].map((share, index) =>
    placed(
      stall(
        index === 0 ? "#dd5f52" : "#3fa49b",
        index === 0 ? ["#dd4f45", "#ef8f3e", "#a9c94e"] : ["#8a68b4", "#f7d154", "#dd4f45"],
      ),
      { x: width * share, y: y + 46, scale: width > height ? 1.5 : 1.22 },
    ),
  );
  return {
    back:
      drawSky(stage) +
      skyline(stage, "houses", y - 6, 0.34, 168, 0.2) +
      box(-5, y - 8, width + 10, height - y + 20, 0, { fill: mix(palette.path, palette.stone, 0.25) }) +
      paving(stage, y + 26) +
      (width > height * 1.2
        ? placed(stall("#f0b93c", ["#5c9e5a", "#f2a0b0", "#dd4f45"]), { x: width * 0.5, y: y + 14, scale: 1.15 })
        : none) +
      stalls.join("") +
      bunting(stage),
    front: none,
  };
}

function skyline(stage: Stage, name: string, base: number, fade: number, every: number, tall: number): Svg {
  const { palette, width, horizon, quietTop } = stage;
  const random = stage.random.fork(name);
  const colors: readonly [Color, Color, Color, Color, Color] = ["#e8b49a", "#f2d7a8", "#a9c4c9", "#d79a9a", "#c3b4d6"];
  let svg = none;
  for (let x = -30; x < width; ) {
    const wide = every * random.between(0.8, 1.25);
    const high = Math.max(90, (horizon - quietTop) * tall * random.between(0.75, 1.5));
    const wall = mix(random.pick(colors), palette.haze, palette.isDark ? 0.45 + fade * 0.5 : fade);
    svg += box(x, base - high, wide - 6, high + 10, 5, { fill: wall });
    svg += random.chance(0.5)
      ? path(
          `M${n(x - 6)} ${n(base - high + 4)} L${n(x + wide / 2 - 3)} ${n(base - high - wide * 0.42)} L${n(x + wide)} ${n(base - high + 4)} Z`,
          { fill: darken(wall, 0.2) },
        )
      : box(x - 4, base - high - 8, wide + 2, 14, 4, { fill: darken(wall, 0.15) });
    svg += panes(stage, x, base - high, wide - 6, high, wall, random.next());
    x += wide;
  }
  return svg;
}

function panes(stage: Stage, x: number, y: number, wide: number, high: number, wall: Color, seed: number): Svg {
  const columns = Math.max(2, Math.floor(wide / 42));
  const rows = Math.max(1, Math.floor((high - 30) / 58));
  let svg = none;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const isLit = stage.palette.isDark && (row * 3 + column * 5 + Math.floor(seed * 10)) % 4 !== 0;
      svg += box(x + (wide * (column + 0.5)) / columns - 11, y + 22 + row * 58, 22, 30, 5, {
        fill: isLit ? stage.palette.glow : stage.palette.isDark ? darken(wall, 0.3) : mix("#d6edf8", wall, 0.25),
      });
    }
  }
  return svg;
}

function paving(stage: Stage, from: number): Svg {
  const random = stage.random.fork("paving");
  let svg = none;
  for (let index = 0; index < stage.width / 24; index += 1) {
    const depth = random.next();
    svg += box(
      random.between(0, stage.width),
      from + (stage.height - from) * depth,
      24 + depth * 44,
      8 + depth * 13,
      7,
      { fill: darken(stage.palette.path, 0.08), opacity: 0.5 },
    );
  }
  return svg;
}

function streetTree(stage: Stage, share: number): Svg {
  return placed(
    leafyTree(stage.palette.leaves[share < 0.5 ? 0 : 1], stage.palette.bark, stage.random.fork(`street${share}`)),
    { x: stage.width * share, y: stage.horizon + 104, scale: 1.4 },
  );
}

function lampPost(stage: Stage, share: number): Svg {
  const { palette } = stage;
  const glow = palette.isDark ? halo(0, -222, 120, palette.glow) : none;
  return placed(
    glow +
      line("M0 0 V-206", "#4f4a58", 9) +
      box(-15, -6, 30, 10, 3, { fill: "#4f4a58" }) +
      path("M-17 -206 H17 L22 -244 H-22 Z", { fill: palette.glow, stroke: "#4f4a58", width: 4 }) +
      path("M-26 -244 L0 -264 L26 -244 Z", { fill: "#4f4a58" }),
    { x: stage.width * share, y: stage.horizon + 126, scale: 1.25 },
  );
}

function towers(stone: Color, pane: Color, roof: Color): Svg {
  const shade = darken(stone, 0.1);
  const tower = (x: number, wide: number, high: number): Svg =>
    box(x - wide / 2, -high, wide, high, 2, { fill: stone }) +
    box(x + wide * 0.16, -high, wide * 0.34, high, 2, { fill: shade }) +
    path(`M${x - wide * 0.66} ${-high + 4} L${x} ${-high - wide * 1.35} L${x + wide * 0.66} ${-high + 4} Z`, {
      fill: roof,
    }) +
    line(`M${x} ${n(-high - wide * 1.35)} v-22`, "#8a5f42", 3) +
    path(`M${x} ${n(-high - wide * 1.35 - 22)} l24 8 l-24 8 z`, { fill: "#f0b93c" }) +
    path(`M${x - 8} ${-high + 52} v-18 q8 -14 16 0 v18 z`, { fill: pane });
  const battlements = Array.from({ length: 9 }, (_, index) =>
    box(-112 + index * 26, -120, 15, 18, 2, { fill: stone }),
  ).join("");
  return (
    tower(-62, 44, 176) +
    tower(62, 44, 168) +
    tower(0, 56, 206) +
    box(-116, -106, 232, 106, 2, { fill: stone }) +
    battlements +
    tower(-122, 48, 142) +
    tower(122, 48, 148) +
    path("M-28 0 V-50 Q0 -88 28 -50 V0 Z", { fill: "#8a5f42" }) +
    line("M-14 0 V-62 M0 0 V-68 M14 0 V-62", "#6b4630", 3) +
    path("M-64 -40 v-20 q8 -14 16 0 v20 z M48 -40 v-20 q8 -14 16 0 v20 z", { fill: pane }) +
    line("M-100 -78 h16 M-88 -30 h16 M70 -84 h16 M82 -24 h16 M-40 -90 h14", shade, 5)
  );
}

function stall(color: Color, goods: readonly Color[]): Svg {
  const stripes = [0, 1, 2, 3, 4, 5].map((index) => {
    const x = -96 + index * 32;
    return path(`M${x + 8} -190 H${x + 34} L${x + 32} -138 q-16 17 -32 0 Z`, {
      fill: index % 2 === 0 ? color : "#fffaf0",
    });
  });
  const piles = goods.map((good, index) => {
    const x = -60 + index * 60;
    return [
      [-16, -66],
      [0, -68],
      [16, -66],
      [-8, -80],
      [8, -80],
    ]
      .map(([dx = 0, dy = 0]) => circle(x + dx, dy, 10, { fill: good, stroke: darken(good, 0.2), width: 1.4 }))
      .join("");
  });
  return (
    line("M-84 0 V-170 M84 0 V-170", "#8a5f42", 9) +
    box(-96, -118, 192, 60, 2, { fill: "#6b4a4a", opacity: 0.35 }) +
    piles.join("") +
    box(-98, -60, 196, 62, 5, { fill: "#c4935a" }) +
    line("M-98 -38 H98 M-98 -16 H98", darken("#c4935a", 0.2), 3) +
    box(-102, -64, 204, 10, 4, { fill: "#a9743f" }) +
    stripes.join("")
  );
}

function bunting(stage: Stage): Svg {
  const colors = ["#dd5f52", "#f7d154", "#3fa49b", "#f2a0b0", "#4a82c4"] as const;
  const y = Math.max(stage.horizon * 0.34, stage.quietTop + 20);
  const count = Math.round(stage.width / 66);
  const sag = 70;
  const at = (share: number): number => y + Math.sin(share * Math.PI) * sag;
  const flags = Array.from({ length: count }, (_, index) => {
    const share = (index + 0.5) / count;
    const x = stage.width * share;
    return path(`M${n(x - 20)} ${n(at(share) - 2)} h40 l-20 42 z`, {
      fill: colors[index % colors.length] ?? "#dd5f52",
    });
  });
  return (
    line(`M-5 ${n(y)} Q${n(stage.width / 2)} ${n(y + sag * 2)} ${n(stage.width + 5)} ${n(y)}`, "#7d6a70", 3) +
    flags.join("")
  );
}
