import { type Color, darken, lighten } from "../drawing/color.ts";
import { box, circle, ellipse, line, none, outlined, path, placed, type Svg, tube } from "../drawing/svg.ts";
import type { ThingName } from "../language/thing-words.ts";
import type { Prop } from "./prop.ts";

/** Things larger than people, which stand a little way off. */
export const farProps = {
  house: {
    where: "far",
    color: "#f3e0c2",
    width: 230,
    draw: ({ color, second, palette }) => house(color, second ?? "#c9614d", palette.isDark ? palette.glow : "#bfe1f0"),
  },
  windmill: {
    where: "far",
    color: "#f6ead2",
    width: 220,
    draw: ({ color, second }) =>
      path("M-44 0 L-28 -170 H28 L44 0 Z", outlined(color)) +
      path("M-32 -168 Q0 -212 32 -168 Z", outlined(second ?? "#b9594c")) +
      door(0, 0, "#8a5f42") +
      [0, 90, 180, 270]
        .map((turn) =>
          placed(
            line("M0 0 V-110", "#7d5a40", 5) +
              path("M3 -20 H26 V-106 H3 Z", outlined("#fbf3e4")) +
              line("M3 -42 H26 M3 -64 H26 M3 -86 H26", "#c9b48f", 1.6),
            { y: -160, turn: turn + 24 },
          ),
        )
        .join("") +
      circle(0, -160, 9, outlined("#8a5f42")),
  },
  lighthouse: {
    where: "far",
    color: "#fbf3e4",
    width: 130,
    draw: ({ color, second, palette }) => {
      const band = second ?? "#dd4f45";
      return (
        (palette.isDark ? path("M0 -236 L-260 -290 L-260 -190 Z", { fill: palette.glow, opacity: 0.35 }) : none) +
        path("M-36 0 L-24 -204 H24 L36 0 Z", outlined(color)) +
        path("M-33 -50 L-30 -96 H30 L33 -50 Z M-27 -146 L-25 -190 H25 L27 -146 Z", { fill: band }) +
        box(-33, -214, 66, 12, 4, outlined(band)) +
        box(-20, -248, 40, 36, 4, outlined(palette.glow)) +
        path("M-26 -248 Q0 -286 26 -248 Z", outlined(band)) +
        door(0, 0, "#7d5238") +
        ellipse(0, 4, 74, 14, { fill: palette.stone })
      );
    },
  },
  tent: {
    where: "far",
    color: "#ef8f3e",
    width: 190,
    draw: ({ color, second }) =>
      path("M0 -124 L-96 0 H96 Z", outlined(color)) +
      path("M0 -124 L-54 0 H-22 Z M0 -124 L54 0 H22 Z", { fill: second ?? lighten(color, 0.45) }) +
      path("M0 -96 L-28 0 H28 Z", outlined(darken(color, 0.5))) +
      line("M0 -124 V-142", "#7d5238", 3) +
      path("M0 -142 L24 -134 L0 -126 Z", outlined("#dd4f45")),
  },
  bridge: {
    where: "far",
    color: "#b98852",
    width: 300,
    draw: ({ color }) =>
      path("M-150 0 Q0 -96 150 0 L150 22 Q0 -66 -150 22 Z", outlined(color)) +
      line("M-120 -14 V-64 M-60 -38 V-88 M0 -46 V-96 M60 -38 V-88 M120 -14 V-64", darken(color, 0.2), 8) +
      line("M-140 -50 Q0 -134 140 -50", darken(color, 0.12), 8) +
      line(
        "M-100 -18 v14 M-70 -30 v14 M-40 -38 v14 M-10 -42 v14 M20 -42 v14 M50 -34 v14 M80 -26 v14 M110 -12 v14",
        darken(color, 0.28),
        2,
      ),
  },
  tree: {
    where: "far",
    color: "#5ea35a",
    width: 200,
    draw: ({ color, second, palette }) => roundTree(palette.isDark ? darken(color, 0.3) : color, palette.bark, second),
  },
  well: {
    where: "far",
    color: "#a9a6ad",
    width: 130,
    draw: ({ color }) =>
      line("M-44 -40 V-132 M44 -40 V-132", "#7d5238", 8) +
      path("M-70 -124 L0 -176 L70 -124 Z", outlined("#b9594c")) +
      line("M0 -130 V-80", "#a98d68", 2.4) +
      path("M-12 -80 H12 L9 -58 H-9 Z", outlined("#a87f56")) +
      path("M-56 -52 Q0 -40 56 -52 L52 0 Q0 12 -52 0 Z", outlined(color)) +
      ellipse(0, -52, 56, 13, outlined(lighten(color, 0.25))) +
      ellipse(0, -51, 44, 8, { fill: "#4a7fa5" }) +
      line("M-54 -30 Q0 -18 54 -30 M-30 -25 v18 M10 -22 v20 M-53 -12 Q0 0 53 -12", darken(color, 0.22), 2),
  },
  boat: {
    where: "far",
    color: "#c9614d",
    width: 240,
    draw: ({ color, second }) => boat(color, second ?? "#fbf3e4"),
  },
  train: {
    where: "far",
    color: "#dd4f45",
    width: 330,
    draw: ({ color, second }) => {
      const wheel = (x: number, r: number): Svg =>
        circle(x, -r, r, outlined("#4f4a58")) + circle(x, -r, r * 0.45, outlined("#f0b93c"));
      const wagon = (x: number, paint: Color): Svg =>
        box(x - 46, -96, 92, 78, 8, outlined(paint)) +
        box(x - 34, -84, 28, 26, 5, outlined("#d6edf8")) +
        box(x + 6, -84, 28, 26, 5, outlined("#d6edf8")) +
        wheel(x - 24, 15) +
        wheel(x + 24, 15);
      return (
        line("M-160 -20 H110", "#4f4a58", 6) +
        wagon(-112, second ?? "#4a82c4") +
        wagon(-10, "#5c9e5a") +
        box(46, -82, 86, 62, 12, outlined(color)) +
        box(46, -128, 44, 60, 8, outlined(darken(color, 0.1))) +
        box(54, -118, 28, 26, 5, outlined("#d6edf8")) +
        box(40, -136, 56, 12, 5, outlined("#4f4a58")) +
        path("M104 -80 L100 -118 H124 L120 -80 Z", outlined("#4f4a58")) +
        circle(112, -140, 15, { fill: "#ffffff", opacity: 0.8 }) +
        circle(92, -164, 21, { fill: "#ffffff", opacity: 0.65 }) +
        circle(134, -48, 9, outlined("#f7d154")) +
        wheel(66, 20) +
        wheel(114, 20)
      );
    },
  },
  car: {
    where: "far",
    color: "#4a82c4",
    width: 200,
    draw: ({ color }) =>
      path("M-56 -54 Q-44 -100 0 -100 Q48 -100 62 -54 Z", outlined(lighten(color, 0.15))) +
      path("M-42 -56 Q-34 -88 -4 -88 V-56 Z M6 -88 Q38 -86 46 -56 H6 Z", outlined("#d6edf8")) +
      path("M-98 -22 Q-100 -56 -70 -58 H74 Q100 -54 98 -22 Z", outlined(color)) +
      circle(-54, -18, 20, outlined("#4f4a58")) +
      circle(-54, -18, 9, outlined("#d8d5da")) +
      circle(54, -18, 20, outlined("#4f4a58")) +
      circle(54, -18, 9, outlined("#d8d5da")) +
      circle(90, -40, 7, outlined("#f7d154")) +
      line("M-6 -44 h14", darken(color, 0.3), 3),
  },
  bicycle: {
    where: "near",
    color: "#dd4f45",
    width: 170,
    draw: ({ color }) =>
      circle(-50, -34, 33, { fill: "none", stroke: "#4f4a58", width: 6 }) +
      circle(50, -34, 33, { fill: "none", stroke: "#4f4a58", width: 6 }) +
      line(
        "M-50 -34 l22 -24 M-50 -34 l-24 -20 M-50 -34 l0 32 M50 -34 l22 24 M50 -34 l-24 20 M50 -34 v-32",
        "#b9b4bc",
        1.6,
      ) +
      tube("M-50 -34 L-24 -80 L32 -80 L2 -34 Z M2 -34 L-24 -80 M32 -80 L50 -34 M32 -80 L28 -98 L46 -104", color, 6) +
      path("M-40 -88 Q-24 -96 -8 -88 Q-20 -78 -40 -88 Z", outlined("#6b4a3a")) +
      circle(2, -34, 8, outlined("#d8d5da")),
  },
  snowman: {
    where: "near",
    color: "#fbfcfe",
    width: 110,
    draw: ({ color, second }) =>
      circle(0, -38, 44, outlined(color)) +
      circle(0, -104, 32, outlined(color)) +
      circle(0, -152, 24, outlined(color)) +
      line("M-28 -108 L-62 -132 M-52 -126 l-4 -14 M28 -108 L62 -132 M52 -126 l4 -14", "#7d5238", 4) +
      path(
        "M-26 -134 Q0 -120 26 -134 L26 -124 Q0 -110 -26 -124 Z M12 -122 l14 -2 l4 34 l-13 1 z",
        outlined(second ?? "#dd4f45"),
      ) +
      path("M0 -152 L26 -147 L0 -144 Z", outlined("#ef8f3e")) +
      circle(-8, -159, 3, { fill: "#3a2b33" }) +
      circle(8, -159, 3, { fill: "#3a2b33" }) +
      line("M-9 -141 q9 6 18 0", "#3a2b33", 2.4) +
      circle(0, -96, 3.4, { fill: "#4f4a58" }) +
      circle(0, -80, 3.4, { fill: "#4f4a58" }) +
      box(-27, -178, 54, 7, 3, outlined("#4f4a58")) +
      box(-18, -206, 36, 30, 4, outlined("#4f4a58")) +
      box(-18, -186, 36, 7, 0, { fill: second ?? "#dd4f45" }),
  },
} as const satisfies Partial<Record<ThingName, Prop>>;

export function house(wall: Color, roof: Color, pane: Color): Svg {
  return (
    box(46, -206, 24, 60, 3, outlined(darken(roof, 0.2))) +
    box(42, -212, 32, 10, 3, outlined(darken(roof, 0.3))) +
    box(-88, -112, 176, 112, 4, outlined(wall)) +
    path("M-112 -104 L0 -200 L112 -104 Q112 -94 100 -94 L-100 -94 Q-112 -94 -112 -104 Z", outlined(roof)) +
    line(
      "M-74 -112 q10 10 20 0 t20 0 t20 0 t20 0 t20 0 t20 0 t20 0 M-46 -138 q10 10 20 0 t20 0 t20 0 t20 0 M-22 -162 q10 9 20 0 t20 0",
      darken(roof, 0.2),
      2.4,
      0.7,
    ) +
    door(0, 0, "#8a5f42") +
    windowAt(-54, -70, pane) +
    windowAt(54, -70, pane) +
    circle(0, -136, 14, outlined(pane)) +
    line("M-14 -136 h28 M0 -150 v28", "#fbf3e4", 2.4) +
    circle(-62, -16, 9, { fill: "#f2a0b0" }) +
    circle(-48, -14, 9, { fill: "#5ea35a" }) +
    circle(54, -14, 10, { fill: "#5ea35a" }) +
    circle(66, -17, 8, { fill: "#f7d154" })
  );
}

export function windowAt(x: number, y: number, pane: Color): Svg {
  return (
    box(x - 20, y - 20, 40, 40, 6, outlined(pane)) +
    line(`M${x - 20} ${y} h40 M${x} ${y - 20} v40`, "#fbf3e4", 3) +
    box(x - 24, y + 19, 48, 7, 3, outlined("#fbf3e4"))
  );
}

function door(x: number, y: number, color: Color): Svg {
  return (
    path(`M${x - 21} ${y} V${y - 44} Q${x} ${y - 74} ${x + 21} ${y - 44} V${y} Z`, outlined(color)) +
    circle(x + 12, y - 28, 3, { fill: "#f0b93c" }) +
    line(`M${x} ${y - 4} V${y - 54}`, darken(color, 0.25), 1.6, 0.7)
  );
}

export function roundTree(leaves: Color, bark: Color, fruit: Color | null): Svg {
  const light = lighten(leaves, 0.22);
  const fruits =
    fruit === null
      ? none
      : (
          [
            [-44, -150],
            [20, -118],
            [48, -172],
            [-12, -196],
            [-24, -120],
          ] as const
        )
          .map(([x, y]) => circle(x, y, 9, outlined(fruit)))
          .join("");
  return (
    path("M-16 0 C-10 -30 -12 -60 -8 -96 H10 C12 -60 12 -30 22 0 Q2 -8 -16 0 Z", outlined(bark)) +
    line("M0 -66 Q18 -82 30 -100 M-2 -50 Q-20 -70 -30 -92", darken(bark, 0.1), 8) +
    path(
      "M-84 -118 C-112 -150 -84 -196 -50 -192 C-40 -240 40 -244 54 -198 C92 -200 112 -152 84 -122 C70 -88 22 -92 8 -100 C-18 -84 -66 -86 -84 -118 Z",
      outlined(leaves),
    ) +
    path("M-58 -150 C-66 -178 -36 -184 -30 -180 C-24 -210 10 -214 22 -200", {
      fill: "none",
      stroke: light,
      width: 9,
      opacity: 0.7,
    }) +
    line(
      "M-30 -128 q10 10 20 0 M18 -146 q10 10 20 0 M44 -128 q8 8 16 0 M-4 -166 q9 9 18 0",
      darken(leaves, 0.16),
      3,
      0.7,
    ) +
    fruits
  );
}

/** The hull in front of whoever sails in it; the mast is behind. */
export function hull(color: Color, trim: Color): Svg {
  return (
    path("M-122 -58 Q0 -42 122 -58 C112 -18 92 6 66 8 H-66 C-92 6 -112 -18 -122 -58 Z", outlined(color)) +
    path("M-122 -58 Q0 -42 122 -58 L119 -44 Q0 -28 -119 -44 Z", outlined(trim)) +
    line("M-100 -20 Q0 -6 100 -20", darken(color, 0.2), 2.4, 0.8)
  );
}

export function sail(color: Color): Svg {
  return (
    line("M0 -40 V-262", "#8a5f42", 7) +
    path("M8 -252 C60 -220 92 -150 96 -96 Q50 -82 8 -92 Z", outlined(color)) +
    path("M-8 -240 C-44 -210 -70 -160 -74 -104 Q-40 -92 -8 -98 Z", outlined(lighten(color, 0.35))) +
    path("M0 -262 L34 -252 L0 -242 Z", outlined("#f0b93c"))
  );
}

function boat(color: Color, cloth: Color): Svg {
  return sail(cloth) + hull(color, lighten(color, 0.55));
}
