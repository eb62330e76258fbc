import { darken, lighten } from "../drawing/color.ts";
import { ellipse, line, none, outlined, path, placed, type Svg, tube } from "../drawing/svg.ts";
import type { AnimalLook, Garment, Look } from "./look.ts";
import type { Rig } from "./rig.ts";
import { species } from "./species.ts";

/** What is behind a figure: tail, wings, shell, cape, backpack. */
export function drawBehind(rig: Rig, look: Look): Svg {
  const { cape, backpack, wings } = look.wardrobe;
  let svg = none;
  if (look.is === "animal") svg += tail(rig, look) + animalBack(rig, look);
  if (wings) svg += fairyWings(rig, wings);
  if (cape) svg += drape(rig, cape);
  if (backpack) svg += pack(rig, backpack);
  return svg;
}

function tail(rig: Rig, look: AnimalLook): Svg {
  const { fur, belly, detail } = look;
  const y = rig.hipY;
  switch (species[look.kind].tail) {
    case "bushy": {
      const color = look.kind === "horse" ? detail : look.kind === "unicorn" ? "#e9a9cf" : fur;
      const tip =
        look.kind === "fox" || look.kind === "wolf"
          ? path("M62 -56 C78 -62 90 -46 82 -22 C74 -34 66 -38 58 -38 C56 -46 58 -52 62 -56 Z", { fill: belly })
          : none;
      return placed(
        path("M4 10 C40 18 44 -18 48 -38 C54 -66 84 -66 84 -30 C84 10 50 34 6 22 Z", outlined(color)) + tip,
        { x: 14, y },
      );
    }
    case "long":
      return tube(
        `M18 ${y + 6} C64 ${y + 16} 40 ${y - 44} 72 ${y - 50}`,
        look.kind === "mouse" ? detail : fur,
        look.kind === "mouse" ? 5 : 10,
      );
    case "ringed":
      return (
        tube(`M18 ${y + 6} C70 ${y + 20} 48 ${y - 30} 74 ${y - 46}`, fur, 20) +
        line(`M50 ${y + 4} l14 8 M54 ${y - 16} l17 4 M64 ${y - 34} l17 8`, detail, 8)
      );
    case "tuft":
      return (
        tube(`M18 ${y + 6} C58 ${y + 14} 48 ${y - 26} 66 ${y - 34}`, fur, 6) +
        ellipse(69, y - 40, 9, 12, outlined(detail))
      );
    case "puff":
      return ellipse(34, y + 2, 15, 14, outlined(lighten(fur, 0.5)));
    case "thick":
      return (
        path(
          `M10 ${y - 6} C50 ${y} 66 ${y + 10} 88 ${y - 16} C88 ${y + 24} 60 ${y + 40} 12 ${y + 28} Z`,
          outlined(fur),
        ) + path(`M80 ${y - 10} L94 ${y - 38} L102 ${y - 8} Q92 ${y - 2} 84 ${y - 4} Z`, outlined(detail))
      );
    case "short":
      return ellipse(33, y + 2, 10, 9, outlined(look.kind === "panda" ? detail : fur));
    default:
      return none;
  }
}

function animalBack(rig: Rig, look: AnimalLook): Svg {
  const extra = species[look.kind].extra ?? [];
  const middle = (rig.shoulderY + rig.hipY) / 2;
  let svg = none;
  if (extra.includes("shell"))
    svg +=
      ellipse(0, middle + 6, rig.waist + 22, 50, outlined(look.detail)) +
      ellipse(0, middle + 6, rig.waist + 12, 40, { fill: lighten(look.detail, 0.14) });
  if (extra.includes("spikes")) {
    for (let turn = -150; turn <= 150; turn += 20) {
      svg += placed(
        path(`M-10 ${-rig.waist - 6} L0 ${-rig.waist - 28} L10 ${-rig.waist - 6} Z`, outlined(look.detail)),
        { y: middle + 8, turn },
      );
    }
    svg += ellipse(0, middle + 6, rig.waist + 12, 46, { fill: look.detail });
  }
  if (extra.includes("wool")) {
    for (let turn = 0; turn < 360; turn += 36)
      svg += placed(ellipse(0, -rig.waist - 4, 15, 15, outlined(look.belly)), { y: middle + 8, turn });
  }
  if (extra.includes("dragonWings")) svg += batWing(rig, look, -1) + batWing(rig, look, 1);
  return svg;
}

function batWing(rig: Rig, look: AnimalLook, side: -1 | 1): Svg {
  const d =
    "M0 0 C18 -44 50 -62 84 -58 C76 -44 78 -34 84 -22 C70 -26 62 -20 60 -6 C48 -12 40 -8 36 6 C26 -2 12 2 0 14 Z";
  const bones = line("M4 2 L82 -56 M4 4 L82 -24 M4 8 L58 -8", darken(look.detail, 0.2), 2, 0.6);
  return placed(path(d, outlined(look.detail)) + bones, { x: side * 18, y: rig.shoulderY + 22, isMirrored: side < 0 });
}

function fairyWings(rig: Rig, { color }: Garment): Svg {
  return ([-1, 1] as const)
    .map((side) =>
      placed(
        path("M0 0 C16 -66 78 -72 74 -26 C72 -6 36 4 0 4 Z", { ...outlined(color), opacity: 0.86 }) +
          path("M0 4 C30 2 62 20 50 44 C40 60 12 40 0 14 Z", { ...outlined(lighten(color, 0.3)), opacity: 0.86 }) +
          line("M6 -2 C24 -34 46 -44 62 -38 M6 8 C22 14 34 24 40 36", "#ffffff", 2, 0.8),
        { x: side * 12, y: rig.shoulderY + 26, isMirrored: side < 0 },
      ),
    )
    .join("");
}

function drape(rig: Rig, { color }: Garment): Svg {
  const { chest, waist, shoulderY, hipY } = rig;
  const bottom = hipY + 34;
  const d = `M${-chest} ${shoulderY - 4} C${-waist - 22} ${hipY - 40} ${-waist - 26} ${bottom - 20} ${-waist - 28} ${bottom} q14 9 28 2 q14 8 28 0 q14 8 28 -1 q14 6 ${waist * 2 - 28} -2 C${waist + 26} ${bottom - 20} ${waist + 22} ${hipY - 40} ${chest} ${shoulderY - 4} Z`;
  return (
    path(d, outlined(color)) +
    line(`M-28 ${hipY - 8} q-8 20 -11 34 M28 ${hipY - 8} q8 20 11 34`, darken(color, 0.28), 2, 0.6)
  );
}

function pack(rig: Rig, { color }: Garment): Svg {
  const { waist, shoulderY } = rig;
  return path(
    `M${-waist - 10} ${shoulderY + 4} Q0 ${shoulderY - 16} ${waist + 10} ${shoulderY + 4} L${waist + 13} ${shoulderY + 46} Q0 ${shoulderY + 56} ${-waist - 13} ${shoulderY + 46} Z`,
    outlined(color),
  );
}

/** Straps of the backpack, over the clothes. */
export function drawStraps(rig: Rig, look: Look): Svg {
  const { backpack } = look.wardrobe;
  if (!backpack) return none;
  const { chest, shoulderY } = rig;
  return line(
    `M${-chest + 4} ${shoulderY - 4} Q${-chest - 2} ${shoulderY + 16} ${-chest + 1} ${shoulderY + 34} M${chest - 4} ${shoulderY - 4} Q${chest + 2} ${shoulderY + 16} ${chest - 1} ${shoulderY + 34}`,
    darken(backpack.color, 0.15),
    6,
  );
}
