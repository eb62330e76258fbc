import { type Color, darken, lighten } from "../drawing/color.ts";
import { box, circle, ellipse, line, outlined, path, placed, type Svg, tube } from "../drawing/svg.ts";
import type { ThingName } from "../language/thing-words.ts";
import { halo } from "./halo.ts";
import type { Prop } from "./prop.ts";
import { starShape } from "./sky-props.ts";

/** Things that are carried; the origin is the hand. */
export const handProps = {
  book: {
    where: "hand",
    color: "#c9514d",
    width: 74,
    draw: ({ color }) =>
      placed(
        path("M-36 -20 Q-18 -28 0 -20 Q18 -28 36 -20 V22 Q18 14 0 22 Q-18 14 -36 22 Z", outlined(color)) +
          path(
            "M-31 -22 Q-16 -29 0 -21 V16 Q-16 9 -31 16 Z M31 -22 Q16 -29 0 -21 V16 Q16 9 31 16 Z",
            outlined("#fffaf0", 1.2),
          ) +
          line("M-25 -13 q9 -4 18 -1 M-25 -4 q9 -4 18 -1 M7 -14 q9 -3 18 1 M7 -5 q9 -3 18 1", "#b5a48f", 2),
        { y: -4 },
      ),
  },
  lantern: {
    where: "hand",
    color: "#6b5a66",
    width: 56,
    draw: ({ color, palette }) =>
      halo(0, 34, palette.isDark ? 110 : 52, palette.glow) +
      line("M0 0 V10", color, 3) +
      path("M-12 16 Q0 2 12 16", { fill: "none", stroke: color, width: 3 }) +
      box(-17, 16, 34, 40, 7, outlined("#fff0b5")) +
      path("M0 26 q9 13 0 22 q-9 -9 0 -22 z", { fill: "#f09a3c" }) +
      box(-19, 12, 38, 8, 3, outlined(color)) +
      box(-19, 53, 38, 8, 3, outlined(color)) +
      line("M-7 20 V53 M7 20 V53", color, 1.8),
  },
  candle: {
    where: "hand",
    color: "#fbf3e4",
    width: 40,
    draw: ({ color, palette }) =>
      halo(0, -46, palette.isDark ? 80 : 36, palette.glow) +
      box(-8, -34, 16, 38, 4, outlined(color)) +
      path("M0 -58 q9 13 0 20 q-9 -7 0 -20 z", outlined("#f7b545", 1.2)) +
      ellipse(0, 4, 17, 5, outlined("#f0b93c")),
  },
  umbrella: {
    where: "hand",
    color: "#dd4f45",
    width: 190,
    draw: ({ color, second }) => {
      const other = second ?? lighten(color, 0.4);
      return (
        line("M0 10 V-118", "#7d5238", 5) +
        path("M0 10 q0 14 12 14 q9 0 9 -9", { fill: "none", stroke: "#7d5238", width: 5 }) +
        path(
          "M-98 -76 C-92 -162 92 -162 98 -76 Q82 -92 66 -76 Q50 -92 33 -76 Q17 -92 0 -76 Q-17 -92 -33 -76 Q-50 -92 -66 -76 Q-82 -92 -98 -76 Z",
          outlined(color),
        ) +
        path("M0 -141 C-28 -130 -34 -100 -33 -76 Q-17 -92 0 -76 Q17 -92 33 -76 C34 -100 28 -130 0 -141 Z", {
          fill: other,
        }) +
        line("M0 -141 V-152", "#7d5238", 5)
      );
    },
  },
  bread: {
    where: "hand",
    color: "#dba25e",
    width: 60,
    draw: ({ color }) =>
      placed(
        path("M-30 0 C-32 -20 32 -20 30 0 C26 14 -26 14 -30 0 Z", outlined(color)) +
          line("M-14 -8 l6 10 M-1 -10 l6 10 M12 -9 l6 10", lighten(color, 0.45), 3.4),
        { y: -8 },
      ),
  },
  apple: { where: "hand", color: "#dd4f45", width: 40, draw: ({ color }) => apple(color) },
  orange: {
    where: "hand",
    color: "#ef8f3e",
    width: 40,
    draw: ({ color }) =>
      circle(0, -14, 17, outlined(color)) + path("M0 -30 q12 -10 18 -2 q-10 8 -18 2 z", outlined("#5c9e5a", 1.2)),
  },
  fruit: {
    where: "hand",
    color: "#dd4f45",
    width: 50,
    draw: ({ color }) =>
      line("M-9 -8 Q-4 -34 6 -40 M11 -8 Q10 -30 6 -40", "#5c9e5a", 2.4) +
      circle(-10, -4, 12, outlined(color)) +
      circle(12, -4, 12, outlined(color)) +
      path("M6 -40 q14 -8 20 2 q-12 6 -20 -2 z", outlined("#5c9e5a", 1.2)),
  },
  carrot: {
    where: "hand",
    color: "#ef8f3e",
    width: 50,
    draw: ({ color }) =>
      placed(
        path("M0 -4 q-12 -22 -14 -30 M0 -4 q0 -22 0 -34 M0 -4 q12 -22 14 -30", {
          fill: "none",
          stroke: "#5c9e5a",
          width: 5,
        }) +
          path("M-13 -4 Q0 -12 13 -4 L2 46 Q0 50 -2 46 Z", outlined(color)) +
          line("M-8 8 h8 M0 20 h6", darken(color, 0.2), 2),
        { turn: 26 },
      ),
  },
  honey: {
    where: "hand",
    color: "#f0b03c",
    width: 54,
    draw: ({ color }) =>
      path("M-22 -34 C-30 -20 -30 6 -18 10 H18 C30 6 30 -20 22 -34 Z", outlined(color)) +
      box(-24, -42, 48, 12, 5, outlined("#fbf3e4")) +
      ellipse(0, -10, 14, 10, outlined("#fff6dc", 1.2)) +
      line("M-5 -10 h10", "#b5792a", 2.4),
  },
  soup: {
    where: "hand",
    color: "#4a82c4",
    width: 60,
    draw: ({ color }) =>
      line("M-8 -34 q-6 -8 0 -16 t0 -16 M8 -34 q-6 -8 0 -16 t0 -16", "#ffffff", 3.4, 0.8) +
      path("M24 -18 q16 0 14 12 q-4 10 -18 8", { fill: "none", stroke: color, width: 5 }) +
      path("M-26 -24 H26 C26 0 16 10 0 10 C-16 10 -26 0 -26 -24 Z", outlined(color)) +
      ellipse(0, -24, 26, 7, outlined("#8a5638")),
  },
  cookie: {
    where: "hand",
    color: "#cf9455",
    width: 44,
    draw: ({ color }) =>
      circle(0, -10, 19, outlined(color)) +
      (
        [
          [-7, -16],
          [6, -18],
          [9, -5],
          [-3, -3],
          [-11, -6],
        ] as const
      )
        .map(([x, y]) => circle(x, y, 2.8, { fill: "#6b4230" }))
        .join(""),
  },
  map: {
    where: "hand",
    color: "#f2deb0",
    width: 84,
    draw: ({ color }) =>
      placed(
        path("M-40 -24 L-14 -30 L12 -24 L40 -30 V20 L12 26 L-14 20 L-40 26 Z", outlined(color)) +
          line("M-14 -30 V20 M12 -24 V26", darken(color, 0.16), 1.8) +
          line("M-30 10 q8 -16 16 -6 t16 -8 t12 -4", "#b9594c", 3) +
          line("M20 -14 l10 10 M30 -14 l-10 10", "#c9433d", 4),
        { y: -8, turn: -5 },
      ),
  },
  key: {
    where: "hand",
    color: "#f0b93c",
    width: 50,
    draw: ({ color }) =>
      placed(
        circle(0, -34, 13, { fill: "none", stroke: darken(color, 0.3), width: 9 }) +
          circle(0, -34, 13, { fill: "none", stroke: color, width: 6 }) +
          tube("M0 -21 V22 M0 10 h11 M0 21 h9", color, 5),
        { turn: 16 },
      ),
  },
  heart: {
    where: "sky",
    color: "#e8606a",
    width: 50,
    draw: ({ color }) =>
      path("M0 22 C-40 -4 -26 -36 0 -16 C26 -36 40 -4 0 22 Z", outlined(color)) +
      path("M-17 -12 q2 -8 9 -8", { fill: "none", stroke: "#ffffff", width: 4, opacity: 0.7 }),
  },
  letter: {
    where: "hand",
    color: "#fbf3e4",
    width: 60,
    draw: ({ color }) =>
      placed(
        box(-28, -22, 56, 38, 4, outlined(color)) +
          line("M-27 -20 L0 2 L27 -20", darken(color, 0.3), 2) +
          circle(0, 2, 6, outlined("#dd4f45", 1.2)),
        { y: -8, turn: -7 },
      ),
  },
  guitar: {
    where: "hand",
    color: "#d08a45",
    width: 90,
    draw: ({ color }) =>
      placed(
        box(-5, -92, 10, 66, 3, outlined("#6b4230")) +
          box(-9, -108, 18, 20, 4, outlined("#6b4230")) +
          path(
            "M0 -32 C20 -34 22 -16 16 -6 C34 6 28 36 0 36 C-28 36 -34 6 -16 -6 C-22 -16 -20 -34 0 -32 Z",
            outlined(color),
          ) +
          circle(0, 2, 9, { fill: "#5b3827" }) +
          line("M-2 -88 V24 M2 -88 V24", "#fbf3e4", 1),
        { x: -34, y: 12, turn: 52 },
      ),
  },
  wand: {
    where: "hand",
    color: "#f7d154",
    width: 60,
    draw: ({ color }) =>
      placed(
        tube("M0 6 V-44", "#6b5a8a", 5) +
          placed(path(starShape(19), outlined(color)), { y: -54 }) +
          (
            [
              [-26, -74],
              [22, -84],
              [30, -46],
              [-30, -40],
            ] as const
          )
            .map(([x, y]) => circle(x, y, 3, { fill: lighten(color, 0.4) }))
            .join(""),
        { turn: 18 },
      ),
  },
  crown: {
    where: "hand",
    color: "#f0b93c",
    width: 70,
    draw: ({ color }) =>
      path("M-30 2 L-36 -32 L-16 -18 L0 -42 L16 -18 L36 -32 L30 2 Q0 10 -30 2 Z", outlined(color)) +
      circle(0, -8, 5, outlined("#dd4f45")),
  },
  pencil: {
    where: "hand",
    color: "#f7d154",
    width: 50,
    draw: ({ color }) =>
      placed(
        box(-6, -56, 12, 56, 1, outlined(color)) +
          path("M-6 0 L0 18 L6 0 Z", outlined("#f6dfbd")) +
          path("M-2 12 L0 18 L2 12 Z", { fill: "#4b3a44" }) +
          box(-6, -66, 12, 12, 4, outlined("#f2a0b0")),
        { turn: -28 },
      ),
  },
} as const satisfies Partial<Record<ThingName, Prop>>;

function apple(color: Color): Svg {
  return (
    line("M0 -28 q2 -10 8 -12", "#7d5238", 3.4) +
    path("M0 -26 C12 -34 24 -24 20 -8 C17 6 8 8 0 4 C-8 8 -17 6 -20 -8 C-24 -24 -12 -34 0 -26 Z", outlined(color)) +
    path("M2 -30 q12 -10 18 -4 q-8 10 -18 4 z", outlined("#5c9e5a", 1.2)) +
    circle(-8, -16, 3.4, { fill: "#ffffff", opacity: 0.7 })
  );
}
