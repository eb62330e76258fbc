import { darken, lighten, mix } from "../drawing/color.ts";
import type { Definitions } from "../drawing/definitions.ts";
import { box, circle, ellipse, line, n, none, outlined, path, placed, type Svg } from "../drawing/svg.ts";
import { cloth } from "./cloth.ts";
import { ribbon } from "./headwear.ts";
import type { Garment, Look, Wardrobe } from "./look.ts";
import type { Rig } from "./rig.ts";

/** The trunk of a figure and what is worn on it, without arms. */
export function drawTorso(definitions: Definitions, rig: Rig, look: Look): Svg {
  const { wardrobe } = look;
  const skin = look.is === "person" ? look.skin : look.fur;
  let svg = cloth(definitions, trunk(rig, rig.hipY + 8), { color: skin, second: null, pattern: null });
  if (look.is === "animal" && look.kind !== "robot") svg += belly(rig, look.belly);
  if (look.kind === "robot") svg += chestPanel(rig, look.is === "animal" ? look.detail : skin);
  if (wardrobe.trousers) svg += cloth(definitions, hips(rig), wardrobe.trousers);
  if (wardrobe.top) svg += top(definitions, rig, wardrobe.top);
  if (wardrobe.skirt) svg += cloth(definitions, skirt(rig), wardrobe.skirt);
  if (wardrobe.dress) svg += dress(definitions, rig, wardrobe.dress);
  if (wardrobe.overalls) svg += overalls(definitions, rig, wardrobe.overalls);
  if (wardrobe.coat) svg += coat(definitions, rig, wardrobe.coat);
  if (wardrobe.apron) svg += apron(definitions, rig, wardrobe.apron);
  return svg;
}

/** What lies around the neck, over the arms' shoulders and under the head. */
export function drawNeckwear(definitions: Definitions, rig: Rig, wardrobe: Wardrobe): Svg {
  const y = rig.shoulderY;
  let svg = none;
  if (wardrobe.shawl) {
    const d = `M${-rig.chest - 12} ${y - 6} Q0 ${y + 4} ${rig.chest + 12} ${y - 6} L${rig.chest + 16} ${y + 20} Q20 ${y + 26} 0 ${y + 48} Q-20 ${y + 26} ${-rig.chest - 16} ${y + 20} Z`;
    svg += cloth(definitions, d, wardrobe.shawl) + circle(0, y + 14, 4, outlined("#f0b93c"));
  }
  if (wardrobe.cape)
    svg +=
      path(
        `M${-rig.chest - 4} ${y - 4} Q0 ${y + 12} ${rig.chest + 4} ${y - 4} L${rig.chest + 2} ${y + 6} Q0 ${y + 20} ${-rig.chest - 2} ${y + 6} Z`,
        outlined(wardrobe.cape.color),
      ) + circle(0, y + 11, 4.4, outlined("#f0b93c"));
  if (wardrobe.necklace)
    svg +=
      line(`M-15 ${y - 2} Q0 ${y + 20} 15 ${y - 2}`, darken(wardrobe.necklace.color, 0.15), 2.4) +
      circle(0, y + 10, 5, outlined(wardrobe.necklace.color));
  if (wardrobe.scarf) svg += scarf(definitions, rig, wardrobe.scarf);
  if (wardrobe.bowTie) svg += placed(ribbon(wardrobe.bowTie), { y: y + 5, scale: 0.74 });
  return svg;
}

function trunk({ chest, waist, shoulderY }: Rig, bottom: number): string {
  const top = shoulderY - 6;
  const middle = (top + bottom) / 2;
  return `M${-chest} ${top} C${-chest - 7} ${n(middle)} ${-waist - 2} ${n(bottom - 18)} ${-waist} ${n(bottom - 6)} Q${-waist + 3} ${n(bottom + 7)} 0 ${n(bottom + 8)} Q${waist - 3} ${n(bottom + 7)} ${waist} ${n(bottom - 6)} C${waist + 2} ${n(bottom - 18)} ${chest + 7} ${n(middle)} ${chest} ${top} Q0 ${top - 8} ${-chest} ${top} Z`;
}

function hips({ waist, hipY }: Rig): string {
  return `M${-waist + 1} ${hipY - 14} Q0 ${hipY - 8} ${waist - 1} ${hipY - 14} L${waist + 1} ${hipY + 8} Q0 ${hipY + 24} ${-waist - 1} ${hipY + 8} Z`;
}

function skirt({ waist, hipY }: Rig): string {
  return flared(waist - 2, hipY - 16, waist + 14, hipY + 22);
}

/** A hem in four waves. */
function flared(from: number, top: number, to: number, bottom: number): string {
  const wave = to / 2;
  return `M${-from} ${top} Q0 ${top + 5} ${from} ${top} C${from + 3} ${top + 20} ${to - 2} ${bottom - 14} ${to} ${bottom} q${-wave / 2} 8 ${-wave} 2 t${-wave} 0 t${-wave} 0 t${-wave} -2 C${-to + 2} ${bottom - 14} ${-from - 3} ${top + 20} ${-from} ${top} Z`;
}

function top(definitions: Definitions, rig: Rig, garment: Garment & { readonly hasLongSleeves: boolean }): Svg {
  const edge = darken(garment.color, 0.16);
  const hem = rig.hipY + 2;
  const ribs = garment.hasLongSleeves
    ? line(`M${-rig.waist + 1} ${hem} Q0 ${hem + 8} ${rig.waist - 1} ${hem}`, edge, 3, 0.75)
    : none;
  const collar = line(
    `M-13 ${rig.shoulderY - 5} Q0 ${rig.shoulderY + 9} 13 ${rig.shoulderY - 5}`,
    garment.hasLongSleeves ? lighten(garment.color, 0.3) : edge,
    4.4,
  );
  return cloth(definitions, trunk(rig, rig.hipY + 2), garment) + ribs + collar;
}

function dress(definitions: Definitions, rig: Rig, garment: Garment): Svg {
  const { chest, waist, shoulderY, hipY } = rig;
  const bottom = hipY + (rig.hipY < -55 ? 40 : 20);
  const d = flared(chest, shoulderY - 6, waist + 16, bottom);
  const belt = shoulderY + (hipY - shoulderY) * 0.52;
  const trim = garment.second !== null && garment.pattern === null ? garment.second : darken(garment.color, 0.18);
  return (
    cloth(definitions, d, garment) +
    line(`M${-waist + 2} ${n(belt)} Q0 ${n(belt + 7)} ${waist - 2} ${n(belt)}`, trim, 4) +
    line(
      `M-12 ${n(belt + 12)} q-3 16 -6 ${n(bottom - belt - 22)} M13 ${n(belt + 12)} q3 16 6 ${n(bottom - belt - 22)}`,
      darken(garment.color, 0.2),
      1.6,
      0.55,
    ) +
    path(
      `M-15 ${shoulderY - 8} Q-14 ${shoulderY + 8} -1 ${shoulderY + 3} L0 ${shoulderY - 4} L1 ${shoulderY + 3} Q14 ${shoulderY + 8} 15 ${shoulderY - 8} Q0 ${shoulderY - 2} -15 ${shoulderY - 8} Z`,
      outlined("#fbf3e4"),
    )
  );
}

function overalls(definitions: Definitions, rig: Rig, garment: Garment): Svg {
  const { chest, waist, shoulderY, hipY } = rig;
  const bib = `M${-chest + 5} ${shoulderY + 16} Q0 ${shoulderY + 12} ${chest - 5} ${shoulderY + 16} L${waist} ${hipY - 12} L${waist + 1} ${hipY + 8} Q0 ${hipY + 24} ${-waist - 1} ${hipY + 8} L${-waist} ${hipY - 12} Z`;
  const strap = darken(garment.color, 0.08);
  return (
    line(
      `M${-chest + 8} ${shoulderY + 20} L${-chest + 4} ${shoulderY - 6} M${chest - 8} ${shoulderY + 20} L${chest - 4} ${shoulderY - 6}`,
      strap,
      6.5,
    ) +
    cloth(definitions, bib, garment) +
    box(-10, shoulderY + 25, 20, 15, 4, { fill: "none", stroke: darken(garment.color, 0.28), width: 1.6 }) +
    circle(-chest + 9, shoulderY + 21, 3.4, outlined("#f7dc86", 1)) +
    circle(chest - 9, shoulderY + 21, 3.4, outlined("#f7dc86", 1))
  );
}

function coat(definitions: Definitions, rig: Rig, garment: Garment): Svg {
  const { chest, waist, shoulderY, hipY } = rig;
  const bottom = hipY + 12;
  const d = `M${-chest - 2} ${shoulderY - 6} C${-chest - 9} ${shoulderY + 24} ${-waist - 6} ${bottom - 26} ${-waist - 7} ${bottom} Q0 ${bottom + 11} ${waist + 7} ${bottom} C${waist + 6} ${bottom - 26} ${chest + 9} ${shoulderY + 24} ${chest + 2} ${shoulderY - 6} Q0 ${shoulderY - 14} ${-chest - 2} ${shoulderY - 6} Z`;
  const ink = darken(garment.color, 0.3);
  const button = garment.second ?? "#fbf3e4";
  const buttons = [0.34, 0.58, 0.82]
    .map((share) => circle(7, shoulderY + (bottom - shoulderY) * share, 3.2, outlined(button, 1.2)))
    .join("");
  return (
    cloth(definitions, d, garment) +
    line(`M0 ${shoulderY + 4} V${bottom + 5}`, ink, 1.8) +
    buttons +
    line(`M${-waist + 2} ${hipY - 8} h13 M${waist - 15} ${hipY - 8} h13`, ink, 2.2) +
    path(
      `M-16 ${shoulderY - 8} L-20 ${shoulderY + 7} L-2 ${shoulderY + 12} L0 ${shoulderY} L2 ${shoulderY + 12} L20 ${shoulderY + 7} L16 ${shoulderY - 8} Q0 ${shoulderY} -16 ${shoulderY - 8} Z`,
      outlined(mix(garment.color, "#fff6e6", 0.25)),
    )
  );
}

function apron(definitions: Definitions, rig: Rig, garment: Garment): Svg {
  const { chest, waist, shoulderY, hipY } = rig;
  const d = `M${-chest + 8} ${shoulderY + 12} Q0 ${shoulderY + 8} ${chest - 8} ${shoulderY + 12} L${chest - 4} ${hipY - 22} L${waist + 2} ${hipY - 18} L${waist} ${hipY + 16} Q0 ${hipY + 28} ${-waist} ${hipY + 16} L${-waist - 2} ${hipY - 18} L${-chest + 4} ${hipY - 22} Z`;
  return (
    line(
      `M${-chest + 9} ${shoulderY + 13} L-12 ${shoulderY - 6} M${chest - 9} ${shoulderY + 13} L12 ${shoulderY - 6}`,
      darken(garment.color, 0.1),
      3.6,
    ) +
    cloth(definitions, d, garment) +
    box(-13, hipY - 10, 26, 16, 5, { fill: "none", stroke: darken(garment.color, 0.25), width: 1.6 })
  );
}

function scarf(definitions: Definitions, rig: Rig, garment: Garment): Svg {
  const y = rig.shoulderY;
  const tail = `M6 ${y + 4} L26 ${y + 2} L30 ${y + 44} L12 ${y + 47} Z`;
  const fringe = darken(garment.color, 0.3);
  return (
    cloth(definitions, tail, garment) +
    line(`M14 ${y + 47} v7 M20 ${y + 46} v7 M27 ${y + 45} v7`, fringe, 2) +
    cloth(
      definitions,
      `M${-rig.chest - 7} ${y - 8} Q0 ${y + 6} ${rig.chest + 7} ${y - 8} Q${rig.chest + 12} ${y + 6} ${rig.chest + 2} ${y + 8} Q0 ${y + 21} ${-rig.chest - 2} ${y + 8} Q${-rig.chest - 12} ${y + 6} ${-rig.chest - 7} ${y - 8} Z`,
      garment,
    )
  );
}

function belly(rig: Rig, color: Garment["color"]): Svg {
  const middle = (rig.shoulderY + rig.hipY) / 2;
  return ellipse(0, middle + 10, rig.waist * 0.64, (rig.hipY - rig.shoulderY) * 0.48, { fill: color });
}

function chestPanel(rig: Rig, color: Garment["color"]): Svg {
  const y = rig.shoulderY + 12;
  return (
    box(-18, y, 36, 30, 7, { fill: "#fbf6ea", stroke: "#6c7f8f", width: 1.4 }) +
    path(`M0 ${y + 23} c-16 -10 -8 -20 0 -13 c8 -7 16 3 0 13 z`, outlined("#dd4f45", 1.2)) +
    circle(-11, y + 40, 3.4, outlined(color, 1.2)) +
    circle(0, y + 40, 3.4, outlined("#5c9e5a", 1.2)) +
    circle(11, y + 40, 3.4, outlined("#4a82c4", 1.2))
  );
}
