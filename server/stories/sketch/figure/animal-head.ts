import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, line, none, outlined, path, placed, type Svg, tube } from "../drawing/svg.ts";
import type { AnimalLook } from "./look.ts";
import { type Extra, type Species, species } from "./species.ts";

export interface HeadPieces {
  /** Behind the head: ears that stick out, manes, spikes. */
  readonly back: Svg;
  readonly shape: Svg;
  /** On the head and under the face. */
  readonly marks: Svg;
  /** Over the face: muzzle, nose, whiskers. */
  readonly nose: Svg;
}

const roundHead = "M-51 4 C-54 -58 54 -58 51 4 C50 34 28 44 0 44 C-28 44 -50 34 -51 4 Z";
const fluffyHead =
  "M-50 -4 C-50 -58 50 -58 50 -4 L60 16 L50 18 L54 29 L42 30 C30 43 14 45 0 45 C-14 45 -30 43 -42 30 L-54 29 L-50 18 L-60 16 Z";
const longHead =
  "M-44 -8 C-46 -58 46 -58 44 -8 C44 6 40 14 38 22 C36 42 20 48 0 48 C-20 48 -36 42 -38 22 C-40 14 -44 6 -44 -8 Z";

export function animalHead(look: AnimalLook): HeadPieces {
  const kind = species[look.kind];
  const has = (extra: Extra): boolean => kind.extra?.includes(extra) ?? false;
  const shape = has("wool")
    ? roundHead
    : kind.muzzle === "mask" || look.kind === "cat"
      ? fluffyHead
      : kind.muzzle === "long"
        ? longHead
        : roundHead;
  return {
    back: backOf(look, kind, has),
    shape: path(shape, outlined(look.fur)),
    marks: marksOf(look, kind, has),
    nose: noseOf(look, kind) + (has("whiskers") ? whiskers() : none),
  };
}

function backOf(look: AnimalLook, kind: Species, has: (extra: Extra) => boolean): Svg {
  const { fur, detail } = look;
  let svg = none;
  if (has("mane")) svg += petals(detail, 64, 16, 15);
  if (has("spikes")) svg += spikes(detail);
  if (has("antlers")) svg += antler(-1) + antler(1);
  if (has("horns")) svg += horn(-1) + horn(1);
  if (has("ossicones")) svg += ossicone(-1, fur, detail) + ossicone(1, fur, detail);
  if (has("antennae")) svg += antenna(-1, fur, detail) + antenna(1, fur, detail);
  if (has("backPlates")) svg += plates(detail);
  if (has("unicornHorn"))
    svg += path("M-9 -40 L0 -86 L9 -40 Z", outlined("#f4d27a")) + line("M-6 -54 l11 -4 M-4 -66 l8 -3", "#d9a441", 1.8);
  svg += ear(kind, look, -1) + ear(kind, look, 1);
  if (has("eyesOnTop")) svg += circle(-24, -38, 20, outlined(fur)) + circle(24, -38, 20, outlined(fur));
  return svg;
}

function ear(kind: Species, look: AnimalLook, side: -1 | 1): Svg {
  const { fur, belly, detail } = look;
  const inner =
    look.kind === "fox" || look.kind === "wolf"
      ? belly
      : look.kind === "panda" || look.kind === "raccoon"
        ? detail
        : detail;
  const outer = look.kind === "panda" ? detail : fur;
  const mirrored = side < 0;
  switch (kind.ears) {
    case "pointed": {
      const tip = look.kind === "fox" ? path("M31 -62 L44 -82 L49 -58 Q40 -64 31 -62 Z", { fill: detail }) : none;
      return placed(
        path("M12 -40 L42 -84 Q58 -54 50 -16 Z", outlined(outer)) +
          path("M24 -42 L41 -70 Q49 -50 45 -28 Z", { fill: inner }) +
          tip,
        { isMirrored: mirrored },
      );
    }
    case "round":
      return placed(circle(40, -38, 20, outlined(outer)) + circle(41, -37, 11.5, { fill: inner }), {
        isMirrored: mirrored,
      });
    case "tall":
      return placed(
        path("M8 -34 C0 -120 44 -126 38 -32 Z", outlined(outer)) +
          path("M16 -40 C12 -100 34 -104 31 -40 Z", { fill: inner }),
        { turn: side * 9, isMirrored: mirrored },
      );
    case "floppy":
      return none;
    case "wide": {
      const size = look.kind === "elephant" ? 40 : 29;
      const y = look.kind === "elephant" ? -2 : -34;
      const x = look.kind === "elephant" ? 66 : 46;
      return placed(
        ellipse(x, y, size, size * (look.kind === "elephant" ? 1.1 : 0.98), outlined(outer)) +
          ellipse(x + 2, y + 1, size * 0.66, size * 0.72, { fill: inner, opacity: 0.85 }),
        { isMirrored: mirrored },
      );
    }
    case "small":
      return placed(
        look.kind === "pig"
          ? path("M22 -40 L46 -58 Q54 -36 46 -20 Z", outlined(darken(fur, 0.06)))
          : circle(40, -34, 12, outlined(outer)) + circle(40, -33, 6, { fill: darken(fur, 0.15) }),
        { isMirrored: mirrored },
      );
    case "side":
      return placed(
        look.kind === "monkey"
          ? circle(54, -2, 17, outlined(outer)) + circle(55, -2, 10, { fill: belly })
          : path("M40 -22 C62 -40 82 -28 78 -12 C66 0 50 -2 42 -8 Z", outlined(outer)) +
              path("M50 -18 C62 -28 72 -22 71 -14 C64 -8 56 -8 50 -12 Z", { fill: mix(fur, "#f2a9a9", 0.5) }),
        { isMirrored: mirrored },
      );
    default:
      return none;
  }
}

function marksOf(look: AnimalLook, kind: Species, has: (extra: Extra) => boolean): Svg {
  const { fur, belly, detail } = look;
  let svg = none;
  switch (kind.muzzle) {
    case "mask":
      svg += path(
        "M0 -4 C-14 -10 -40 -2 -55 17 L-48 19 L-51 27 L-40 28 C-30 40 -14 43 0 43 C14 43 30 40 40 28 L51 27 L48 19 L55 17 C40 -2 14 -10 0 -4 Z",
        { fill: belly },
      );
      break;
    case "patch":
      svg += ellipse(0, 21, 26, 20, { fill: belly });
      break;
    case "wide":
      svg +=
        look.kind === "monkey"
          ? path("M0 -14 C-20 -34 -46 -14 -36 6 C-44 30 -22 42 0 42 C22 42 44 30 36 6 C46 -14 20 -34 0 -14 Z", {
              fill: belly,
            })
          : ellipse(0, 24, 36, 20, { fill: look.kind === "cow" ? "#f3bdb8" : lighten(fur, 0.32) });
      break;
    case "long":
      svg += path("M-36 22 C-36 4 36 4 36 22 C36 42 20 46 0 46 C-20 46 -36 42 -36 22 Z", { fill: lighten(fur, 0.4) });
      break;
    default:
      break;
  }
  if (has("stripes"))
    svg += line(
      "M-10 -40 q-2 9 0 14 M0 -42 v15 M10 -40 q2 9 0 14 M-47 6 l11 3 M-46 16 l9 0 M47 6 l-11 3 M46 16 l-9 0",
      look.kind === "cat" ? darken(fur, 0.2) : detail,
      4.6,
    );
  if (has("eyePatches")) svg += ellipse(-20, 4, 14, 16, { fill: detail }) + ellipse(20, 4, 14, 16, { fill: detail });
  if (has("raccoonMask"))
    svg += path("M-50 6 C-40 -14 -12 -8 0 6 C12 -8 40 -14 50 6 C40 22 14 20 0 10 C-14 20 -40 22 -50 6 Z", {
      fill: detail,
    });
  if (has("spots")) svg += spotsFor(look);
  if (has("wool")) svg += petalsOnTop(belly);
  if (has("spikes"))
    svg += path(
      "M-50 0 L-44 -26 L-36 -16 L-28 -36 L-18 -22 L-8 -40 L2 -24 L12 -40 L20 -22 L30 -36 L37 -16 L45 -26 L50 0 C56 -58 -56 -58 -50 0 Z",
      outlined(detail),
    );
  if (has("hairTuft"))
    svg += path(
      "M-14 -48 C-30 -30 -12 -14 -2 -8 C-4 -18 2 -22 8 -24 C16 -34 14 -50 2 -56 Z",
      outlined(look.kind === "unicorn" ? "#e9a9cf" : detail),
    );
  if (kind.ears === "floppy") svg += floppyEar(-1, detail) + floppyEar(1, detail);
  return svg;
}

function noseOf(look: AnimalLook, kind: Species): Svg {
  const { fur, detail } = look;
  const black: Color = "#43323a";
  switch (kind.muzzle) {
    case "snout":
      return (
        ellipse(0, 14, 16, 12, outlined(darken(fur, 0.08))) +
        ellipse(-5.5, 14, 2.6, 4, { fill: darken(fur, 0.5) }) +
        ellipse(5.5, 14, 2.6, 4, { fill: darken(fur, 0.5) })
      );
    case "trunk":
      return (
        tube("M0 6 C0 32 -2 52 20 56 Q30 56 31 46", fur, 18) +
        line("M-7 22 h13 M-7 31 h13 M-3 40 h13", darken(fur, 0.22), 1.8)
      );
    case "wide":
    case "long":
      return (
        ellipse(-10, look.kind === "monkey" ? 9 : 17, 2.4, 3.2, { fill: black }) +
        ellipse(10, look.kind === "monkey" ? 9 : 17, 2.4, 3.2, { fill: black })
      );
    case "none":
      if (look.kind === "frog" || look.kind === "turtle" || look.kind === "monster") return none;
      if (look.kind === "koala") return ellipse(0, 8, 9, 13, outlined("#4b4650"));
      if (look.kind === "mouse" || look.kind === "rabbit" || look.kind === "cat")
        return path(
          "M-5 8 Q0 5.500 5 8 Q4 13 0 14 Q-4 13 -5 8 Z",
          outlined(look.kind === "mouse" ? "#ee8f96" : mix(detail, "#d9626d", 0.4)),
        );
      return ellipse(0, 10, 6.5, 5, { fill: black }) + circle(-2, 8.5, 1.4, { fill: "#ffffff", opacity: 0.7 });
    default:
      return ellipse(0, 10, 8, 6, { fill: black }) + circle(-2.5, 8, 1.8, { fill: "#ffffff", opacity: 0.7 });
  }
}

function whiskers(): Svg {
  return line("M-30 14 l-26 -4 M-30 19 l-26 3 M30 14 l26 -4 M30 19 l26 3", "#6a5560", 1.5, 0.6);
}

function petals(color: Color, radius: number, count: number, size: number): Svg {
  let svg = none;
  for (let index = 0; index < count; index += 1) {
    const angle = (2 * Math.PI * index) / count;
    svg += circle(Math.cos(angle) * radius * 0.92, Math.sin(angle) * radius * 0.84, size, outlined(color));
  }
  return svg + ellipse(0, 0, radius * 0.92, radius * 0.84, { fill: color });
}

function petalsOnTop(color: Color): Svg {
  const places = [
    [-38, -26],
    [-22, -40],
    [0, -46],
    [22, -40],
    [38, -26],
    [-14, -28],
    [14, -28],
  ] as const;
  return places.map(([x, y]) => circle(x, y, 16, outlined(color))).join("") + ellipse(0, -32, 34, 14, { fill: color });
}

function spikes(color: Color): Svg {
  let svg = none;
  for (let index = 0; index < 15; index += 1) {
    svg += placed(path("M-11 -46 L0 -74 L11 -46 Z", outlined(color)), { turn: -126 + index * 18 });
  }
  return svg;
}

function plates(color: Color): Svg {
  return [-26, 0, 26].map((turn) => placed(path("M-12 -42 Q0 -76 12 -42 Z", outlined(color)), { turn })).join("");
}

function antler(side: -1 | 1): Svg {
  return placed(
    tube("M20 -38 C24 -60 30 -70 44 -82 M27 -62 C18 -70 16 -76 18 -84 M33 -71 C44 -68 50 -68 56 -62", "#a87f56", 5.5),
    { isMirrored: side < 0 },
  );
}

function horn(side: -1 | 1): Svg {
  return placed(path("M18 -40 C22 -62 34 -72 46 -72 C42 -58 42 -48 38 -32 Z", outlined("#f5e4bd")), {
    isMirrored: side < 0,
  });
}

function ossicone(side: -1 | 1, fur: Color, detail: Color): Svg {
  return placed(tube("M18 -38 L24 -68", fur, 8) + circle(24, -72, 8, outlined(detail)), { isMirrored: side < 0 });
}

function antenna(side: -1 | 1, fur: Color, detail: Color): Svg {
  return placed(tube("M18 -38 Q22 -64 38 -70", fur, 4) + circle(40, -72, 8, outlined(detail)), {
    isMirrored: side < 0,
  });
}

function floppyEar(side: -1 | 1, color: Color): Svg {
  return placed(path("M24 -42 C52 -54 72 -26 62 18 C54 32 42 22 42 4 C42 -14 34 -24 24 -42 Z", outlined(color)), {
    isMirrored: side < 0,
  });
}

function spotsFor({ kind, detail, fur }: AnimalLook): Svg {
  if (kind === "deer")
    return (
      circle(-14, -32, 3.4, { fill: lighten(fur, 0.6) }) +
      circle(0, -37, 3.4, { fill: lighten(fur, 0.6) }) +
      circle(14, -32, 3.4, { fill: lighten(fur, 0.6) })
    );
  const color = kind === "monster" ? darken(fur, 0.14) : detail;
  const patch = kind === "cow" ? path("M14 -42 C44 -46 52 -20 44 4 C34 16 12 10 10 -12 Z", { fill: color }) : none;
  return (
    patch ||
    circle(-30, -24, 7, { fill: color, opacity: 0.8 }) +
      circle(28, -30, 8, { fill: color, opacity: 0.8 }) +
      circle(-4, -38, 5.5, { fill: color, opacity: 0.8 })
  );
}

/** A robot's head is a screen with a face on it. */
export function robotHead(look: AnimalLook): HeadPieces {
  const { fur, detail } = look;
  return {
    back:
      tube("M0 -40 V-62", darken(fur, 0.15), 4) +
      circle(0, -66, 8, outlined(detail)) +
      box(-59, -12, 14, 26, 5, outlined(darken(fur, 0.12))) +
      box(45, -12, 14, 26, 5, outlined(darken(fur, 0.12))),
    shape: box(-50, -42, 100, 84, 22, outlined(fur)) + line("M-34 -34 h40", lighten(fur, 0.6), 4, 0.7),
    marks: box(-40, -26, 80, 58, 16, { fill: "#fbf6ea", stroke: darken(fur, 0.3), width: 1.6 }),
    nose: none,
  };
}
