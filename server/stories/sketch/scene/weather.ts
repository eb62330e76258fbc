import { type Color, lighten } from "../drawing/color.ts";
import { box, circle, line, n, none, path, placed, type Svg } from "../drawing/svg.ts";
import { isRoom, type PlaceName } from "../language/place-words.ts";
import { sparkle } from "./sky.ts";
import type { Stage } from "./stage.ts";

/** What falls, blows and shines between the backdrop and the reader. */
export function drawWeather(stage: Stage, place: PlaceName): Svg {
  if (isRoom(place) || place === "underwater" || place === "space" || place === "cave") return none;
  switch (stage.weather) {
    case "rain":
      return rain(stage);
    case "storm":
      return lightning(stage) + rain(stage);
    case "snow":
      return flakes(stage);
    case "fog":
      return mist(stage);
    case "wind":
      return gusts(stage);
    default:
      return stage.palette.isDark ? fireflies(stage) : none;
  }
}

function rain(stage: Stage): Svg {
  const random = stage.random.fork("rain");
  let d = "";
  for (let index = 0; index < (stage.width * stage.height) / 9000; index += 1) {
    const long = random.between(22, 46);
    d += `M${n(random.between(0, stage.width))} ${n(random.between(0, stage.height))} l${n(-long * 0.24)} ${n(long)} `;
  }
  return line(d, "#eaf4fb", 2.6, 0.6);
}

function lightning(stage: Stage): Svg {
  const x = stage.width * (stage.random.fork("bolt").chance(0.5) ? 0.2 : 0.8);
  const y = stage.quietTop + stage.horizon * 0.12;
  const glow: Color = "#fff3b0";
  const bolt = "M0 0 L-46 110 H-8 L-40 220 L60 86 H18 L50 0 Z";
  return (
    circle(x, y + 90, 210, { fill: glow, opacity: 0.16 }) +
    placed(path(bolt, { fill: glow, stroke: "#f0c545", width: 4 }), { x, y })
  );
}

function flakes(stage: Stage): Svg {
  const random = stage.random.fork("snow");
  let svg = none;
  for (let index = 0; index < (stage.width * stage.height) / 11_000; index += 1) {
    svg += circle(random.between(0, stage.width), random.between(0, stage.height), random.between(2, 7), {
      fill: "#ffffff",
      opacity: random.between(0.5, 0.95),
    });
  }
  return svg;
}

function mist(stage: Stage): Svg {
  const random = stage.random.fork("mist");
  let svg = none;
  for (let index = 0; index < 7; index += 1) {
    const y = stage.horizon - 90 + index * 58;
    svg += box(
      random.between(-200, stage.width * 0.4),
      y,
      stage.width * random.between(0.5, 0.9),
      random.between(26, 46),
      23,
      { fill: lighten(stage.palette.haze, 0.4), opacity: 0.4 },
    );
  }
  return svg;
}

function gusts(stage: Stage): Svg {
  const random = stage.random.fork("wind");
  let svg = none;
  for (let index = 0; index < 6; index += 1) {
    const piece = "M0 0 C80 -24 150 24 230 0 c40 -14 50 -60 16 -62 c-26 0 -26 34 0 32";
    svg += placed(line(piece, "#ffffff", 6, 0.6), {
      x: random.between(-60, stage.width * 0.9),
      y: random.between(stage.quietTop + 60, stage.ground),
      scale: random.between(0.6, 1.1),
    });
  }
  for (let index = 0; index < 12; index += 1) {
    svg += placed(
      path("M0 0 C-12 -8 -9 -22 0 -30 C9 -22 12 -8 0 0 Z", {
        fill: random.pick(["#e0893e", "#f0b93c", "#c9614d", "#8fb35a"] as const),
      }),
      {
        x: random.between(0, stage.width),
        y: random.between(stage.quietTop + 40, stage.height),
        turn: random.between(0, 360),
        scale: random.between(0.8, 1.4),
      },
    );
  }
  return svg;
}

function fireflies(stage: Stage): Svg {
  const random = stage.random.fork("fireflies");
  let svg = none;
  for (let index = 0; index < 16; index += 1) {
    const x = random.between(0, stage.width);
    const y = random.between(stage.horizon - 40, stage.height);
    svg += circle(x, y, 13, { fill: "#ffe89a", opacity: 0.22 }) + circle(x, y, 4, { fill: "#fff6c9" });
  }
  return svg + sparkle(stage.width * 0.5, -40, 8, "#fff6c9");
}
