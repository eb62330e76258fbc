import { darken, lighten } from "../drawing/color.ts";
import { box, circle, ellipse, line, none, outlined, path, placed, type Svg } from "../drawing/svg.ts";
import type { ThingName } from "../language/thing-words.ts";
import type { Prop } from "./prop.ts";

/** Things that fly. */
export const skyProps = {
  kite: {
    where: "sky",
    color: "#dd4f45",
    width: 120,
    draw: ({ color, second }) => {
      const other = second ?? lighten(color, 0.45);
      const tail = line("M0 62 C-26 92 22 112 -4 146 S-30 190 -14 214", darken(color, 0.3), 2.4);
      const bows = [
        [-12, 92],
        [6, 122],
        [-12, 162],
        [-18, 196],
      ] as const;
      return (
        tail +
        bows.map(([x, y], index) => placed(bow(index % 2 === 0 ? color : "#f7d154"), { x, y, scale: 0.8 })).join("") +
        placed(
          path("M0 -66 L46 -8 L0 62 L-46 -8 Z", outlined(color)) +
            path("M0 -66 L46 -8 L0 -8 Z M0 -8 L0 62 L-46 -8 Z", { fill: other }) +
            line("M0 -66 L0 62 M-46 -8 L46 -8", darken(color, 0.35), 2),
          { turn: 14 },
        )
      );
    },
  },
  balloon: {
    where: "sky",
    color: "#dd4f45",
    width: 70,
    draw: ({ color }) => balloon(color),
  },
  airBalloon: {
    where: "sky",
    color: "#ef8f3e",
    width: 190,
    draw: ({ color, second }) => {
      const other = second ?? "#fbf3e4";
      return (
        line("M-42 78 L-20 128 M42 78 L20 128 M0 92 L0 128", "#7d5238", 2.4) +
        path("M0 -112 C92 -112 106 -8 42 82 Q0 98 -42 82 C-106 -8 -92 -112 0 -112 Z", outlined(color)) +
        path("M0 -112 C-36 -90 -40 30 -17 90 Q0 94 17 90 C40 30 36 -90 0 -112 Z", { fill: other }) +
        path("M0 -112 C-12 -90 -14 30 -6 92 Q0 94 6 92 C14 30 12 -90 0 -112 Z", { fill: color }) +
        path("M-82 -30 Q0 -2 82 -30 L80 -14 Q0 14 -80 -14 Z", { fill: darken(color, 0.22), opacity: 0.5 }) +
        path("M-24 126 H24 L20 160 Q0 166 -20 160 Z", outlined("#b98852")) +
        line("M-22 138 H22 M-21 149 H21", "#8a5f38", 2)
      );
    },
  },
  plane: {
    where: "sky",
    color: "#dd4f45",
    width: 170,
    draw: ({ color, second }) =>
      path("M-78 -8 L-96 -42 L-74 -38 L-56 -12 Z", outlined(second ?? "#fbf3e4")) +
      path("M-84 0 C-70 -22 30 -34 70 -18 Q90 -8 78 8 C40 26 -60 22 -84 0 Z", outlined(color)) +
      path("M18 -22 Q38 -24 56 -16 L44 -4 H20 Z", outlined("#d6edf8")) +
      path("M-16 6 L-40 48 L-18 48 L26 8 Z", outlined(second ?? "#fbf3e4")) +
      ellipse(88, -6, 5, 30, { fill: "#ffffff", opacity: 0.55 }) +
      circle(86, -5, 6, outlined("#f0b93c")),
  },
  rocket: {
    where: "sky",
    color: "#dd4f45",
    width: 120,
    draw: ({ color, second }) =>
      placed(
        path("M-16 64 Q0 132 16 64 Z", { fill: "#f7d154" }) +
          path("M-9 64 Q0 104 9 64 Z", { fill: "#ef8f3e" }) +
          path("M-26 28 L-54 74 L-22 62 Z", outlined(color)) +
          path("M26 28 L54 74 L22 62 Z", outlined(color)) +
          path("M0 -104 C36 -70 38 20 24 66 H-24 C-38 20 -36 -70 0 -104 Z", outlined(second ?? "#fbf7ef")) +
          path("M0 -104 C16 -90 25 -68 29 -44 Q0 -34 -29 -44 C-25 -68 -16 -90 0 -104 Z", outlined(color)) +
          circle(0, -8, 17, outlined("#8fc9ea")) +
          circle(-5, -13, 5, { fill: "#ffffff", opacity: 0.8 }) +
          box(-24, 48, 48, 18, 4, outlined(color)),
        { turn: 24 },
      ),
  },
  bird: {
    where: "sky",
    color: "#5fa3d6",
    width: 62,
    draw: ({ color }) =>
      path("M-34 4 L-48 -6 L-44 10 Z", outlined(darken(color, 0.08))) +
      path("M-38 6 C-26 -16 6 -22 20 -14 C36 -18 42 2 28 10 C8 24 -22 20 -38 6 Z", outlined(color)) +
      path("M-16 16 C-4 22 12 20 24 12 C16 4 -4 4 -16 16 Z", { fill: lighten(color, 0.6) }) +
      path("M-12 -6 C-26 -42 -2 -46 12 -10 Z", outlined(darken(color, 0.12))) +
      path("M36 -6 L50 -1 L35 3 Z", outlined("#f0a23c")) +
      circle(26, -5, 3, { fill: "#3a2b33" }) +
      circle(27, -6, 1, { fill: "#ffffff" }),
  },
  butterfly: {
    where: "sky",
    color: "#ef8f3e",
    width: 44,
    draw: ({ color, second }) =>
      placed(
        ([1, -1] as const)
          .map((side) =>
            placed(
              path("M0 -2 C10 -34 40 -32 34 -10 C32 0 14 4 0 2 Z", outlined(color)) +
                path("M0 2 C16 2 30 12 22 24 C14 30 4 18 0 8 Z", outlined(second ?? lighten(color, 0.35))) +
                circle(22, -15, 4.5, { fill: lighten(color, 0.65) }),
              { isMirrored: side < 0 },
            ),
          )
          .join("") +
          ellipse(0, 2, 3.4, 14, { fill: "#4b3a44" }) +
          line("M-1 -10 q-4 -12 -10 -13 M1 -10 q4 -12 10 -13", "#4b3a44", 1.8),
        { turn: 16 },
      ),
  },
  bee: {
    where: "sky",
    color: "#f7d154",
    width: 44,
    draw: ({ color }) =>
      ellipse(-4, -16, 9, 14, { fill: "#ffffff", stroke: "#9fb8cc", width: 1.4, opacity: 0.9 }) +
      ellipse(10, -16, 8, 13, { fill: "#ffffff", stroke: "#9fb8cc", width: 1.4, opacity: 0.9 }) +
      ellipse(0, 0, 22, 15, outlined(color)) +
      line("M-8 -13 q-4 13 0 26 M2 -14 q-3 14 0 28", "#4b3a34", 5) +
      circle(14, -3, 2.6, { fill: "#3a2b33" }) +
      line("M16 -12 q4 -8 9 -8 M12 -13 q2 -8 6 -10", "#4b3a34", 1.6) +
      line("M12 5 q3 3 6 1", "#3a2b33", 1.6),
  },
  firefly: {
    where: "sky",
    color: "#f7e58a",
    width: 40,
    draw: ({ color }) =>
      circle(0, 0, 22, { fill: color, opacity: 0.22 }) +
      circle(0, 0, 12, { fill: color, opacity: 0.4 }) +
      circle(0, 0, 5, { fill: "#fffbe0" }),
  },
  star: {
    where: "sky",
    color: "#f7d154",
    width: 60,
    draw: ({ color }) =>
      circle(0, 0, 44, { fill: lighten(color, 0.4), opacity: 0.24 }) + path(starShape(26), outlined(color)) + face(),
  },
} as const satisfies Partial<Record<ThingName, Prop>>;

export function balloon(color: Prop["color"]): Svg {
  return (
    line("M0 44 C-10 74 12 96 0 128", "#7a6670", 1.8) +
    path("M0 -48 C40 -48 42 6 0 40 C-42 6 -40 -48 0 -48 Z", outlined(color)) +
    path("M-6 46 L0 38 L6 46 Z", outlined(color)) +
    path("M-20 -24 C-17 -36 -8 -40 -2 -40", { fill: "none", stroke: "#ffffff", width: 5, opacity: 0.7 })
  );
}

export function starShape(r: number): string {
  const points: string[] = [];
  for (let index = 0; index < 10; index += 1) {
    const radius = index % 2 === 0 ? r : r * 0.52;
    const angle = (Math.PI * index) / 5 - Math.PI / 2;
    points.push(`${(Math.cos(angle) * radius).toFixed(2)} ${(Math.sin(angle) * radius).toFixed(2)}`);
  }
  return `M${points.join(" L")} Z`;
}

function bow(color: Prop["color"]): Svg {
  return path("M0 0 L-14 -8 L-14 8 Z M0 0 L14 -8 L14 8 Z", outlined(color));
}

function face(): Svg {
  const dark = "#5b4227";
  return (
    circle(-6, -2, 1.9, { fill: dark }) + circle(6, -2, 1.9, { fill: dark }) + line("M-4 4 q4 4 8 0", dark, 1.6) + none
  );
}
