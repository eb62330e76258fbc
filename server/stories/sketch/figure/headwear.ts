import { darken, lighten } from "../drawing/color.ts";
import { box, circle, ellipse, line, none, outlined, path, placed, type Svg } from "../drawing/svg.ts";
import type { Garment, HatKind, Wardrobe } from "./look.ts";

/** Hats, bows and glasses, about the middle of a head 96 wide. */
export function drawHeadwear({ hat, bow, glasses }: Wardrobe, eyeX: number, eyeY: number): Svg {
  return (
    (glasses ? spectacles(glasses, eyeX, eyeY) : none) +
    (hat ? drawHat(hat.kind, hat) : none) +
    (bow ? placed(ribbon(bow), { x: hat ? 34 : 26, y: hat ? -24 : -40, turn: 14, scale: 1.1 }) : none)
  );
}

/** What of a hat is behind the head: its brim, or the glass of a helmet. */
export function drawHatBack({ hat }: Wardrobe): Svg {
  if (hat?.kind === "helmet")
    return circle(0, -4, 68, { fill: "#dceefa", stroke: darken(hat.color, 0.25), width: 3, opacity: 0.9 });
  return none;
}

function drawHat(kind: HatKind, { color, second }: Garment): Svg {
  const band = second ?? darken(color, 0.3);
  switch (kind) {
    case "hat":
      return (
        ellipse(0, -25, 60, 13, outlined(color)) +
        path("M-37 -28 C-40 -74 40 -74 37 -28 Q0 -20 -37 -28 Z", outlined(color)) +
        path("M-37.500 -34 Q0 -26 37.500 -34 L37 -27 Q0 -19 -37 -27 Z", { fill: band })
      );
    case "strawHat":
      return (
        ellipse(0, -23, 70, 16, outlined(color)) +
        path("M-38 -27 C-38 -66 38 -66 38 -27 Q0 -17 -38 -27 Z", outlined(color)) +
        path("M-38 -34 Q0 -24 38 -34 L38 -26 Q0 -16 -38 -26 Z", { fill: second ?? "#d9574f" }) +
        line("M-58 -22 q20 9 40 10 M18 -12 q22 -1 40 -10 M-20 -52 q20 -8 38 0", darken(color, 0.16), 1.8, 0.8)
      );
    case "cap":
      return (
        path("M-47 -18 C-50 -66 50 -66 47 -18 Q0 -30 -47 -18 Z", outlined(color)) +
        path("M2 -26 C34 -32 66 -24 72 -12 C56 -16 30 -17 10 -20 Z", outlined(darken(color, 0.12))) +
        circle(0, -54, 5, outlined(band))
      );
    case "beanie":
      return (
        path("M-49 -16 C-54 -72 54 -72 49 -16 Z", outlined(color)) +
        path(
          "M-52 -14 Q-52 -27 -44 -28 Q0 -36 44 -28 Q52 -27 52 -14 Q0 -24 -52 -14 Z",
          outlined(second ?? lighten(color, 0.35)),
        ) +
        circle(0, -62, 13, outlined(second ?? lighten(color, 0.5))) +
        line("M-26 -34 q-2 -14 4 -22 M0 -36 v-16 M26 -34 q2 -14 -4 -22", darken(color, 0.18), 2, 0.6)
      );
    case "pointedHat":
      return (
        path("M-34 -30 C-16 -60 -10 -96 22 -116 C16 -84 26 -56 36 -30 Z", outlined(color)) +
        ellipse(0, -27, 64, 14, outlined(color)) +
        path("M-35 -32 Q0 -22 36 -32 L33 -42 Q0 -33 -29 -42 Z", { fill: second ?? "#f0b93c" }) +
        star(4, -64, 8)
      );
    case "helmet":
      return (
        path("M-58 -34 C-40 -74 40 -74 58 -34 C30 -54 -30 -54 -58 -34 Z", outlined(color)) +
        line("M-44 -14 q4 -24 18 -32", "#ffffff", 6, 0.75) +
        circle(-62, 4, 10, outlined(color)) +
        circle(62, 4, 10, outlined(color))
      );
    case "crown":
      return (
        path("M-33 -28 L-39 -64 L-19 -48 L0 -74 L19 -48 L39 -64 L33 -28 Q0 -20 -33 -28 Z", outlined(color)) +
        circle(0, -39, 5, outlined("#dd4f45")) +
        circle(-18, -36, 3.4, outlined("#4a82c4")) +
        circle(18, -36, 3.4, outlined("#4a82c4"))
      );
    case "flowerCrown":
      return (
        [
          [-42, -20],
          [-26, -34],
          [-8, -40],
          [11, -40],
          [28, -33],
          [43, -19],
        ] as const
      )
        .map(([x, y], index) => blossom(x, y, index % 2 === 0 ? color : (second ?? "#fbf7ef")))
        .join("");
  }
}

function spectacles({ color }: Garment, x: number, y: number): Svg {
  const glass = { fill: "#ffffff", opacity: 0.28 };
  return (
    circle(-x, y, 13, glass) +
    circle(x, y, 13, glass) +
    line(
      `M${-x - 13} ${y} a13 13 0 1 0 26 0 a13 13 0 1 0 -26 0 M${x - 13} ${y} a13 13 0 1 0 26 0 a13 13 0 1 0 -26 0 M${-x + 13} ${y - 1} Q0 ${y - 6} ${x - 13} ${y - 1} M${-x - 13} ${y} L-47 ${y - 4} M${x + 13} ${y} L47 ${y - 4}`,
      color,
      2.6,
    )
  );
}

export function ribbon({ color }: Garment): Svg {
  return (
    path("M0 0 C-8 -14 -22 -14 -22 0 C-22 13 -8 12 0 0 Z", outlined(color)) +
    path("M0 0 C8 -14 22 -14 22 0 C22 13 8 12 0 0 Z", outlined(color)) +
    box(-5, -6, 10, 12, 4, outlined(darken(color, 0.12)))
  );
}

function blossom(x: number, y: number, color: Garment["color"]): Svg {
  const petals = [0, 72, 144, 216, 288].map((turn) => placed(ellipse(0, -6, 4.6, 5.6, outlined(color, 1)), { turn }));
  return placed(petals.join("") + circle(0, 0, 3.4, { fill: "#f0b93c" }), { x, y });
}

function star(x: number, y: number, r: number): Svg {
  const points = Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? r : r * 0.46;
    const angle = (Math.PI * index) / 5 - Math.PI / 2;
    return `${(x + Math.cos(angle) * radius).toFixed(1)} ${(y + Math.sin(angle) * radius).toFixed(1)}`;
  });
  return path(`M${points.join(" L")} Z`, { fill: "#f7dc86" });
}
