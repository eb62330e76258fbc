import { darken, lighten } from "../drawing/color.ts";
import { box, circle, ellipse, line, outlined, path, placed, tube } from "../drawing/svg.ts";
import type { ThingName } from "../language/thing-words.ts";
import { halo } from "./halo.ts";
import { flower, flowerHead, leaf } from "./plant-parts.ts";
import type { Prop } from "./prop.ts";

/** Things that stand on the ground beside people. */
export const nearProps = {
  flower: {
    where: "near",
    color: "#dd4f45",
    width: 44,
    draw: ({ color, second }) => flower(color, second ?? "#f0b93c"),
  },
  mushroom: {
    where: "near",
    color: "#dd4f45",
    width: 60,
    draw: ({ color }) =>
      path("M-10 0 C-6 -14 -8 -24 -8 -34 H8 C8 -24 6 -14 12 0 Q0 5 -10 0 Z", outlined("#fbf0dc")) +
      path("M-34 -30 C-34 -70 34 -70 34 -30 Q0 -18 -34 -30 Z", outlined(color)) +
      circle(-14, -42, 5.5, { fill: "#fffaf0" }) +
      circle(8, -50, 6, { fill: "#fffaf0" }) +
      circle(20, -36, 4.4, { fill: "#fffaf0" }),
  },
  treasure: {
    where: "near",
    color: "#9a6539",
    width: 110,
    draw: ({ color }) =>
      halo(0, -58, 84, "#ffe89a") +
      path("M-48 -50 C-52 -96 52 -96 48 -50 L48 -44 H-48 Z", outlined(darken(color, 0.12))) +
      path(
        "M-40 -46 C-38 -62 -24 -54 -22 -60 C-14 -72 -4 -58 4 -64 C14 -74 22 -58 30 -60 C40 -58 40 -50 40 -44 Z",
        outlined("#f5c645"),
      ) +
      circle(-16, -56, 6, outlined("#dd4f45")) +
      circle(12, -58, 6, outlined("#4a82c4")) +
      box(-50, -46, 100, 46, 6, outlined(color)) +
      line("M-30 -46 V0 M30 -46 V0", "#f0b93c", 7) +
      box(-9, -38, 18, 20, 4, outlined("#f0b93c")) +
      circle(0, -30, 3, { fill: "#5b3f2b" }),
  },
  cake: {
    where: "near",
    color: "#f2a0b0",
    width: 100,
    draw: ({ color, second }) =>
      ellipse(0, -2, 56, 10, outlined("#fbf7ef")) +
      box(-44, -46, 88, 42, 8, outlined(second ?? "#e9bd84")) +
      path(
        "M-46 -46 Q-46 -58 0 -58 Q46 -58 46 -46 Q46 -30 36 -34 Q28 -22 18 -34 Q8 -20 -2 -34 Q-14 -24 -22 -34 Q-36 -24 -46 -40 Z",
        outlined(color),
      ) +
      ([-24, 0, 24] as const)
        .map(
          (x) =>
            box(x - 3, -82, 6, 26, 2, outlined("#8fc9ea")) +
            path(`M${x} -98 q8 10 0 15 q-8 -5 0 -15 z`, outlined("#f7c545", 1.2)),
        )
        .join("") +
      circle(-32, -50, 4, { fill: "#dd4f45" }) +
      circle(12, -51, 4, { fill: "#dd4f45" }) +
      circle(34, -49, 4, { fill: "#dd4f45" }),
  },
  basket: {
    where: "near",
    color: "#c4935a",
    width: 90,
    draw: ({ color }) =>
      path("M-30 -36 C-30 -84 30 -84 30 -36", { fill: "none", stroke: darken(color, 0.25), width: 7 }) +
      circle(-18, -42, 13, outlined("#dd4f45")) +
      circle(6, -46, 14, outlined("#ef8f3e")) +
      circle(24, -42, 12, outlined("#a9c94e")) +
      path("M-44 -38 Q0 -28 44 -38 L36 0 Q0 6 -36 0 Z", outlined(color)) +
      line(
        "M-41 -24 Q0 -14 41 -24 M-38 -11 Q0 -2 38 -11 M-22 -33 l3 32 M0 -31 V3 M22 -33 l-3 32",
        darken(color, 0.2),
        2.2,
      ),
  },
  ball: {
    where: "near",
    color: "#dd4f45",
    width: 60,
    draw: ({ color, second }) =>
      circle(0, -26, 26, outlined(color)) +
      path("M-26 -26 Q0 -42 26 -26 Q0 -10 -26 -26 Z", { fill: second ?? "#fbf7ef" }) +
      circle(-9, -38, 4, { fill: "#ffffff", opacity: 0.8 }),
  },
  gift: {
    where: "near",
    color: "#4a82c4",
    width: 76,
    draw: ({ color, second }) => {
      const tie = second ?? "#f7d154";
      return (
        box(-32, -46, 64, 46, 4, outlined(color)) +
        box(-36, -56, 72, 16, 4, outlined(lighten(color, 0.15))) +
        box(-7, -56, 14, 56, 0, { fill: tie }) +
        path(
          "M0 -56 C-14 -82 -34 -70 -24 -60 C-18 -54 -8 -56 0 -56 C8 -56 18 -54 24 -60 C34 -70 14 -82 0 -56 Z",
          outlined(tie),
        )
      );
    },
  },
  teddy: {
    where: "near",
    color: "#c08a5a",
    width: 74,
    draw: ({ color }) =>
      ellipse(-20, -8, 12, 9, outlined(color)) +
      ellipse(20, -8, 12, 9, outlined(color)) +
      ellipse(0, -22, 22, 22, outlined(color)) +
      ellipse(0, -20, 12, 14, { fill: lighten(color, 0.45) }) +
      circle(-17, -72, 8, outlined(color)) +
      circle(17, -72, 8, outlined(color)) +
      circle(0, -58, 23, outlined(color)) +
      ellipse(0, -52, 10, 8, { fill: lighten(color, 0.45) }) +
      circle(-8, -62, 2.6, { fill: "#3a2b33" }) +
      circle(8, -62, 2.6, { fill: "#3a2b33" }) +
      ellipse(0, -55, 3.4, 2.6, { fill: "#3a2b33" }) +
      ellipse(-24, -30, 8, 11, outlined(color)) +
      ellipse(24, -30, 8, 11, outlined(color)),
  },
  drum: {
    where: "near",
    color: "#dd4f45",
    width: 80,
    draw: ({ color }) =>
      path("M-36 -44 V-6 Q0 10 36 -6 V-44 Z", outlined(color)) +
      line("M-36 -40 L-18 -2 L0 -34 L18 -2 L36 -40", "#f7d154", 3) +
      ellipse(0, -44, 36, 12, outlined("#fbf3e4")) +
      line("M-20 -66 L4 -46 M26 -70 L8 -46", "#8a5f42", 4),
  },
  pumpkin: {
    where: "near",
    color: "#ef8f3e",
    width: 80,
    draw: ({ color }) =>
      tube("M0 -50 q2 -12 10 -16", "#6c8a45", 6) +
      ellipse(-20, -26, 20, 26, outlined(color)) +
      ellipse(20, -26, 20, 26, outlined(color)) +
      ellipse(0, -26, 19, 28, outlined(lighten(color, 0.1))),
  },
  campfire: {
    where: "near",
    color: "#ef8f3e",
    width: 90,
    draw: ({ color }) =>
      halo(0, -30, 96, "#ffd983") +
      tube("M-34 -2 L30 -14 M34 -2 L-30 -14", "#7d5238", 11) +
      path(
        "M0 -92 C30 -60 34 -36 24 -18 Q0 -6 -24 -18 C-34 -36 -16 -50 -12 -66 C-6 -60 -4 -72 0 -92 Z",
        outlined(color),
      ) +
      path("M2 -56 C18 -40 16 -26 10 -18 Q0 -14 -10 -18 C-16 -30 -2 -40 2 -56 Z", { fill: "#f7d154" }),
  },
  sandcastle: {
    where: "near",
    color: "#ecc886",
    width: 120,
    draw: ({ color }) =>
      path(
        "M-58 0 L-50 -46 H-40 V-54 H-30 V-46 H-16 V-84 H-8 V-92 H2 V-84 H10 V-92 H18 V-46 H32 V-54 H42 V-46 H50 L58 0 Q0 8 -58 0 Z",
        outlined(color),
      ) +
      path("M-10 2 V-18 Q1 -32 12 -18 V2 Z", { fill: darken(color, 0.35) }) +
      line("M2 -92 V-120", "#7d5238", 2.4) +
      path("M2 -120 L24 -112 L2 -104 Z", outlined("#dd4f45")) +
      circle(-32, -22, 5, outlined("#f2a0b0")),
  },
  shell: {
    where: "near",
    color: "#f2b5a8",
    width: 46,
    draw: ({ color }) =>
      path("M0 2 C-30 0 -26 -40 0 -40 C26 -40 30 0 0 2 Z", outlined(color)) +
      line("M0 0 L-15 -28 M0 0 L-6 -36 M0 0 L6 -36 M0 0 L15 -28", darken(color, 0.25), 2),
  },
  rock: {
    where: "near",
    color: "#aaa6ae",
    width: 90,
    draw: ({ color }) =>
      path("M-46 0 C-48 -26 -26 -48 -4 -46 C26 -50 46 -24 44 0 Q0 10 -46 0 Z", outlined(color)) +
      path("M-26 -26 Q-16 -38 0 -37", { fill: "none", stroke: lighten(color, 0.5), width: 5, opacity: 0.7 }),
  },
  cactus: {
    where: "near",
    color: "#6fae57",
    width: 90,
    draw: ({ color }) =>
      tube("M0 0 V-104 M0 -44 H-28 V-72 M0 -58 H28 V-88", color, 24) +
      line("M0 -10 V-100", lighten(color, 0.3), 2, 0.7) +
      placed(flowerHead("#f2a0b0", "#f7d154"), { y: -120, scale: 0.7 }),
  },
  seed: {
    where: "near",
    color: "#6fae57",
    width: 60,
    draw: ({ color }) =>
      path("M-24 -34 H24 L18 0 H-18 Z", outlined("#c9744f")) +
      box(-28, -42, 56, 12, 4, outlined("#d98a62")) +
      tube("M0 -42 C2 -58 -2 -64 0 -78", color, 4) +
      path(
        "M0 -70 C-30 -70 -34 -94 -32 -98 C-12 -98 0 -86 0 -70 Z M0 -76 C26 -76 32 -100 30 -106 C10 -104 0 -92 0 -76 Z",
        outlined(color),
      ),
  },
  sign: {
    where: "near",
    color: "#c4935a",
    width: 90,
    draw: ({ color }) =>
      tube("M0 0 V-110", darken(color, 0.2), 9) +
      path("M-44 -108 H32 L52 -92 L32 -76 H-44 Z", outlined(color)) +
      line("M-32 -97 H18 M-32 -87 H6", darken(color, 0.35), 3, 0.7),
  },
  bench: {
    where: "near",
    color: "#b9804f",
    width: 160,
    draw: ({ color }) =>
      line("M-60 0 V-40 M60 0 V-40 M-60 -40 V-86 M60 -40 V-86", "#5b4a52", 7) +
      box(-76, -48, 152, 14, 5, outlined(color)) +
      box(-74, -76, 148, 12, 5, outlined(color)) +
      box(-74, -94, 148, 12, 5, outlined(color)),
  },
  fence: {
    where: "near",
    color: "#fbf3e4",
    width: 190,
    draw: ({ color }) =>
      box(-95, -52, 190, 10, 3, outlined(color)) +
      box(-95, -26, 190, 10, 3, outlined(color)) +
      [-80, -48, -16, 16, 48, 80]
        .map((x) => path(`M${x - 9} 0 V-62 L${x} -74 L${x + 9} -62 V0 Z`, outlined(color)))
        .join(""),
  },
  ladder: {
    where: "near",
    color: "#b9804f",
    width: 70,
    draw: ({ color }) =>
      placed(
        tube("M-24 0 V-180 M24 0 V-180 M-24 -26 H24 M-24 -62 H24 M-24 -98 H24 M-24 -134 H24 M-24 -168 H24", color, 8),
        { turn: 8 },
      ),
  },
  egg: {
    where: "near",
    color: "#f3e6cf",
    width: 80,
    draw: ({ color }) =>
      ellipse(-14, -28, 15, 20, outlined(color)) +
      ellipse(14, -28, 15, 20, outlined(lighten(color, 0.3))) +
      ellipse(0, -32, 15, 21, outlined(color)) +
      path("M-46 -22 Q0 -8 46 -22 C44 0 22 8 0 8 C-22 8 -44 0 -46 -22 Z", outlined("#a87f56")) +
      line("M-40 -12 l20 6 M-12 -8 l26 8 M16 -8 l24 -8 M-28 0 l18 4", "#7d5a3a", 2.4),
  },
  puddle: {
    where: "near",
    color: "#8fc9ea",
    width: 150,
    draw: ({ color }) =>
      path("M-72 0 C-76 -16 -30 -16 -8 -13 C20 -20 78 -12 72 2 C66 16 10 12 -14 13 C-50 16 -70 12 -72 0 Z", {
        fill: color,
        opacity: 0.85,
      }) + line("M-34 -3 q14 -5 28 0 M14 4 q12 -4 24 0", "#ffffff", 3, 0.8),
  },
  watering: {
    where: "near",
    color: "#3fa49b",
    width: 90,
    draw: ({ color }) =>
      path("M24 -30 L58 -58 L64 -50 L26 -10 Z", outlined(color)) +
      path("M52 -62 L70 -48 L60 -42 L48 -56 Z", outlined(darken(color, 0.15))) +
      path("M-30 -44 C-54 -44 -54 -10 -28 -12", { fill: "none", stroke: darken(color, 0.15), width: 6 }) +
      path("M-32 -50 H28 L32 0 Q0 6 -34 0 Z", outlined(color)) +
      ellipse(-2, -50, 30, 8, outlined(lighten(color, 0.2))),
  },
  clock: {
    where: "near",
    color: "#c4935a",
    width: 80,
    draw: ({ color }) =>
      line("M-18 -4 L-26 4 M18 -4 L26 4", darken(color, 0.3), 7) +
      circle(-20, -76, 12, outlined("#f0b93c")) +
      circle(20, -76, 12, outlined("#f0b93c")) +
      circle(0, -38, 38, outlined(color)) +
      circle(0, -38, 29, outlined("#fffaf0")) +
      line("M0 -38 V-58 M0 -38 L13 -32", "#3a2b33", 4) +
      circle(0, -38, 3.4, { fill: "#dd4f45" }),
  },
  leaf: {
    where: "near",
    color: "#e0893e",
    width: 60,
    draw: ({ color }) =>
      leaf(color, -18, -4, -30) + leaf(darken(color, 0.12), 14, -6, 24) + leaf(lighten(color, 0.25), 0, -14, -4),
  },
  telescope: {
    where: "near",
    color: "#c08a45",
    width: 110,
    draw: ({ color }) =>
      line("M0 -62 L-26 0 M0 -62 L26 0 M0 -62 V0", "#6b4a3a", 6) +
      placed(
        box(-46, -13, 54, 24, 5, outlined(color)) +
          box(6, -17, 44, 32, 6, outlined(darken(color, 0.14))) +
          box(46, -20, 10, 38, 4, outlined("#f0b93c")) +
          box(-58, -9, 14, 16, 4, outlined("#4f4a58")),
        { y: -72, turn: -28 },
      ),
  },
} as const satisfies Partial<Record<ThingName, Prop>>;
