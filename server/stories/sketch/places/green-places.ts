import { darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import { house } from "../props/far-props.ts";
import { footpath, grassland, hills } from "../scene/land.ts";
import { drawSky } from "../scene/sky.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";
import { bush, grassyEdge, leafyCorners, leafyTree, palm, pine, rowOf, strewnFlowers } from "./flora.ts";

export function meadow(stage: Stage): Backdrop {
  const { palette } = stage;
  return {
    back: drawSky(stage) + hills(stage) + farTrees(stage) + grassland(stage) + flowersUnlessSnow(stage, 40),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function forest(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const isSnowy = stage.weather === "snow";
  const [deep, light, cool] = palette.leaves;
  const far = mix(cool, palette.haze, 0.62);
  const middle = mix(cool, palette.haze, 0.3);
  const beams = palette.isDark ? none : lightBeams(stage);
  return {
    back:
      drawSky(stage) +
      hills(stage, 2) +
      rowOf(stage, "far", { y: horizon + 24, every: 80, scale: 0.95 }, () =>
        pine(far, mix(palette.bark, palette.haze, 0.5), isSnowy),
      ) +
      rowOf(stage, "middle", { y: horizon + 46, every: 150, scale: 1.45 }, () =>
        pine(middle, mix(palette.bark, palette.haze, 0.25), isSnowy),
      ) +
      grassland(stage) +
      footpath(stage, width * 0.52) +
      beams +
      placed(leafyTree(deep, palette.bark, stage.random.fork("tree1")), {
        x: width * 0.07,
        y: horizon + (height - horizon) * 0.34,
        scale: 2.5,
      }) +
      placed(leafyTree(isSnowy ? light : cool, palette.bark, stage.random.fork("tree2")), {
        x: width * 0.95,
        y: horizon + (height - horizon) * 0.3,
        scale: 2.3,
      }) +
      (width > height
        ? placed(leafyTree(light, palette.bark, stage.random.fork("tree3")), {
            x: width * 0.24,
            y: horizon + 70,
            scale: 1.5,
          })
        : none) +
      placed(bush(deep), { x: width * 0.16, y: horizon + (height - horizon) * 0.4, scale: 1.3 }) +
      placed(bush(light), { x: width * 0.86, y: horizon + (height - horizon) * 0.36, scale: 1.2 }) +
      flowersUnlessSnow(stage, 18) +
      mushrooms(stage),
    front: leafyCorners(stage, darken(deep, 0.2)),
  };
}

export function jungle(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const [deep, light, cool] = palette.leaves;
  return {
    back:
      drawSky(stage) +
      hills(stage, 3, cool) +
      rowOf(stage, "palms", { y: horizon + 40, every: 190, scale: 1.2 }, () =>
        palm(mix(cool, palette.haze, 0.4), mix(palette.bark, palette.haze, 0.4)),
      ) +
      rowOf(stage, "bushes", { y: horizon + 50, every: 110, scale: 1.15 }, () => bush(mix(deep, palette.haze, 0.22))) +
      grassland(stage) +
      placed(palm(deep, palette.bark), { x: width * 0.06, y: horizon + (height - horizon) * 0.4, scale: 2.3 }) +
      placed(palm(light, palette.bark), {
        x: width * 0.93,
        y: horizon + (height - horizon) * 0.34,
        scale: 2.1,
        isMirrored: true,
      }) +
      vines(stage) +
      flowersUnlessSnow(stage, 22),
    front: leafyCorners(stage, darken(deep, 0.22)),
  };
}

export function park(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const [deep, light] = palette.leaves;
  const post = palette.isDark ? "#5b5f86" : "#c9614d";
  const swing =
    line("M-86 0 L-60 -210 M-34 0 L-60 -210 M86 0 L60 -210 M34 0 L60 -210 M-60 -210 H60", post, 10) +
    line("M-22 -206 V-66 M22 -206 V-66", palette.stone, 3) +
    box(-28, -68, 56, 9, 4, { fill: "#f0b93c" });
  return {
    back:
      drawSky(stage) +
      hills(stage, 2) +
      farTrees(stage) +
      grassland(stage) +
      footpath(stage, width * 0.46) +
      placed(leafyTree(deep, palette.bark, stage.random.fork("a")), { x: width * 0.08, y: horizon + 92, scale: 1.9 }) +
      placed(swing, { x: width * (width > height ? 0.78 : 0.82), y: horizon + 120, scale: 1.35 }) +
      placed(bush(light, "#f7b9c4"), { x: width * 0.2, y: horizon + 104, scale: 1.1 }) +
      placed(bush(deep), { x: width * 0.98, y: horizon + 110, scale: 1.4 }) +
      flowersUnlessSnow(stage, 26),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function garden(stage: Stage): Backdrop {
  const { palette, horizon, width, height } = stage;
  const [deep, light, cool] = palette.leaves;
  const pickets = Array.from({ length: Math.ceil(width / 46) + 1 }, (_, index) => {
    const x = index * 46;
    return path(
      `M${x - 13} ${n(horizon + 62)} V${n(horizon - 42)} L${x} ${n(horizon - 62)} L${x + 13} ${n(horizon - 42)} V${n(horizon + 62)} Z`,
      { fill: palette.isDark ? "#8f97c0" : "#fffaf0" },
    );
  });
  const rail = palette.isDark ? "#7a82ae" : "#efe6d4";
  return {
    back:
      drawSky(stage) +
      hills(stage, 2) +
      rowOf(stage, "trees", { y: horizon + 20, every: 260, scale: 1.25 }, (random) =>
        leafyTree(mix(cool, palette.haze, 0.25), palette.bark, random),
      ) +
      grassland(stage) +
      box(-5, horizon - 18, width + 10, 12, 0, { fill: rail }) +
      box(-5, horizon + 26, width + 10, 12, 0, { fill: rail }) +
      pickets.join("") +
      rowOf(stage, "roses", { y: horizon + 80, every: 130, scale: 1 }, (random) =>
        bush(random.chance(0.5) ? deep : light, random.pick(["#f2a0b0", "#f7d154", "#ef8f3e", "#fbf7ef"])),
      ) +
      strewnFlowers(stage, 60),
    front: leafyCorners(stage, darken(deep, 0.1)) + (height > 0 ? none : none),
  };
}

export function farm(stage: Stage): Backdrop {
  const { palette, horizon, width } = stage;
  const rows = Array.from({ length: 7 }, (_, index) => {
    const x = width * (0.52 + index * 0.085);
    return line(
      `M${n(width * 0.5 + (x - width * 0.5) * 0.3)} ${n(horizon + 26)} Q${n(x)} ${n(horizon + 60)} ${n(x + index * 46)} ${n(horizon + 150)}`,
      darken(palette.grass, 0.16),
      9,
      0.6,
    );
  });
  const barn =
    box(-104, -132, 208, 132, 3, { fill: palette.isDark ? "#7a4560" : "#c9514d" }) +
    path("M-120 -126 L-78 -196 L0 -228 L78 -196 L120 -126 Z", { fill: palette.isDark ? "#5a5378" : "#8a5a52" }) +
    path("M-36 0 V-82 H36 V0 Z", { fill: palette.isDark ? "#5c3550" : "#a53f40" }) +
    line("M-36 -82 H36 V0 M-36 -82 V0 M-36 -82 L36 0 M36 -82 L-36 0", "#fbf3e4", 6, palette.isDark ? 0.6 : 1) +
    box(-18, -178, 36, 32, 4, { fill: palette.isDark ? palette.glow : "#fbf3e4" });
  const silo =
    path("M-34 0 V-190 Q0 -250 34 -190 V0 Z", { fill: mix(palette.stone, "#ffffff", 0.3) }) +
    line("M-34 -60 H34 M-34 -110 H34 M-34 -160 H34", palette.stone, 4);
  const hay =
    ellipse(0, -34, 46, 38, { fill: palette.isDark ? "#9a8f74" : "#eec667" }) +
    path("M-10 -34 a14 12 0 1 1 18 8 a24 20 0 1 1 14 -24", { fill: "none", stroke: darken("#eec667", 0.2), width: 3 });
  return {
    back:
      drawSky(stage) +
      hills(stage, 3) +
      farTrees(stage) +
      grassland(stage) +
      rows.join("") +
      placed(silo, { x: width * 0.13, y: horizon + 58, scale: 1.2 }) +
      placed(barn, { x: width * 0.28, y: horizon + 64, scale: 1.25 }) +
      placed(hay, { x: width * 0.86, y: horizon + 116, scale: 1.25 }) +
      placed(hay, { x: width * 0.73, y: horizon + 78, scale: 0.8 }) +
      flowersUnlessSnow(stage, 20),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function village(stage: Stage): Backdrop {
  const { palette, horizon, width } = stage;
  const walls = ["#f6e2c4", "#f2cdb8", "#dfe6cf", "#e6d8ea"] as const;
  const roofs = ["#c9614d", "#8f6a8f", "#4f8a8b", "#b9804f"] as const;
  const pane = palette.isDark ? palette.glow : "#bfe1f0";
  const tint = palette.isDark ? 0.5 : 0.12;
  const small = rowOf(stage, "far-houses", { y: horizon + 20, every: 150, scale: 0.5 }, (random) =>
    house(mix(random.pick(walls), palette.haze, 0.4), mix(random.pick(roofs), palette.haze, 0.4), pane),
  );
  const random = stage.random.fork("houses");
  const near = [0.08, 0.3, 0.72, 0.94].map((share) =>
    placed(house(mix(random.pick(walls), palette.haze, tint), mix(random.pick(roofs), palette.haze, tint), pane), {
      x: width * share,
      y: horizon + 76,
      scale: random.between(0.98, 1.24),
    }),
  );
  return {
    back:
      drawSky(stage) +
      hills(stage, 3) +
      small +
      grassland(stage) +
      footpath(stage, width * 0.5) +
      near.join("") +
      rowOf(stage, "bushes", { y: horizon + 92, every: 240, scale: 0.7 }, () => bush(palette.leaves[0], "#f7d154")) +
      flowersUnlessSnow(stage, 20),
    front: grassyEdge(stage, palette.grassNear),
  };
}

export function flowersUnlessSnow(stage: Stage, count: number): Svg {
  return stage.weather === "snow" ? none : strewnFlowers(stage, count);
}

export function farTrees(stage: Stage): Svg {
  const { palette, horizon } = stage;
  return rowOf(stage, "far-trees", { y: horizon + 24, every: 210, scale: 0.55 }, (random) =>
    leafyTree(mix(random.pick(palette.leaves), palette.haze, 0.42), mix(palette.bark, palette.haze, 0.4), random),
  );
}

function lightBeams(stage: Stage): Svg {
  const fill = stage.definitions.vertical([
    { at: 0, color: stage.palette.lamp, opacity: 0.26 },
    { at: 1, color: stage.palette.lamp, opacity: 0 },
  ]);
  return [0.3, 0.5, 0.68]
    .map((share, index) =>
      path(`M${n(stage.width * share)} -10 h${60 + index * 20} l150 ${n(stage.ground)} h${-220 - index * 30} Z`, {
        fill,
        opacity: 0.55,
      }),
    )
    .join("");
}

function vines(stage: Stage): Svg {
  const random = stage.random.fork("vines");
  return [0.12, 0.28, 0.7, 0.88]
    .map((share) => {
      const x = stage.width * share;
      const long = stage.horizon * random.between(0.25, 0.5);
      const leaves = Array.from({ length: 5 }, (_, index) =>
        ellipse(x + (index % 2 === 0 ? 11 : -11), (long * (index + 1)) / 5.4, 13, 8, {
          fill: lighten(stage.palette.leaves[0], 0.05),
        }),
      );
      return line(`M${n(x)} -5 q12 ${n(long * 0.5)} 0 ${n(long)}`, stage.palette.leaves[0], 5) + leaves.join("");
    })
    .join("");
}

function mushrooms(stage: Stage): Svg {
  const random = stage.random.fork("mushrooms");
  return Array.from({ length: 4 }, () => {
    const red = stage.palette.isDark ? "#8a4a66" : "#dd5f52";
    const piece =
      path("M-6 0 V-18 H6 V0 Z", { fill: "#f6ead6" }) +
      path("M-20 -16 C-20 -42 20 -42 20 -16 Z", { fill: red }) +
      circle(-6, -26, 3.4, { fill: "#fffaf0" }) +
      circle(7, -23, 2.8, { fill: "#fffaf0" });
    const side = random.chance(0.5) ? random.between(0.04, 0.26) : random.between(0.74, 0.96);
    return placed(piece, {
      x: stage.width * side,
      y: stage.horizon + (stage.height - stage.horizon) * random.between(0.4, 0.8),
      scale: random.between(0.9, 1.5),
    });
  }).join("");
}
