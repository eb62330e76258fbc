import { darken, lighten } from "../drawing/color.ts";
import { box, circle, line, none, path, placed } from "../drawing/svg.ts";
import { halo } from "../props/halo.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";
import { bed, bookcase, frames, inLight, jar, lamp, pans, room, rug, shelf, windowOf } from "./room-furniture.ts";

/** Rooms by daylight; at night the walls darken and the lamp is on. */
export function bedroom(stage: Stage): Backdrop {
  const { width, horizon } = stage;
  return {
    back:
      room(stage, "#c9d7ea", "#d9b48a", "stars") +
      windowOf(stage, width * 0.26, 1.2) +
      shelf(stage, width * 0.76, horizon * 0.42, 1) +
      rug(stage, "#e9a3a0") +
      placed(bed(stage), { x: width * 0.84, y: horizon + 62, scale: 1.5 }) +
      placed(lamp(stage), { x: width * 0.09, y: horizon + 60, scale: 1.5 }),
    front: none,
  };
}

export function kitchen(stage: Stage): Backdrop {
  const { width, horizon } = stage;
  const tile = inLight(stage, "#f6ead6");
  const cupboard = inLight(stage, "#7fb0a4");
  const oven =
    box(-74, -150, 148, 150, 8, { fill: inLight(stage, "#e6e0dc") }) +
    box(-54, -102, 108, 70, 8, { fill: "#4f4a58" }) +
    box(-44, -92, 88, 50, 6, { fill: "#f2a65a", opacity: 0.8 }) +
    [-44, -15, 15, 44].map((x) => circle(x, -126, 8, { fill: "#8f8a94" })).join("") +
    path("M-40 -150 V-184 H30 V-150 Z", { fill: inLight(stage, "#c9614d") }) +
    box(-46, -192, 82, 10, 4, { fill: inLight(stage, "#a54b3c") }) +
    line("M-14 -206 q-10 -12 0 -24 t0 -24 M8 -206 q-10 -12 0 -24 t0 -24", "#ffffff", 6, 0.7);
  const counter =
    box(-200, -132, 400, 132, 6, { fill: cupboard }) +
    box(-210, -146, 420, 18, 6, { fill: inLight(stage, "#c4935a") }) +
    [-150, -50, 50, 150]
      .map(
        (x) =>
          box(x - 42, -116, 84, 96, 8, { fill: lighten(cupboard, 0.14) }) + circle(x + 28, -72, 6, { fill: "#f0b93c" }),
      )
      .join("") +
    jar(-120, "#f2a65a") +
    jar(-74, "#dd6f62") +
    jar(-30, "#a9c94e");
  return {
    back:
      room(stage, "#fbe3b8", "#c9a074", "tiles") +
      box(0, horizon - 270, width, 120, 0, { fill: tile, opacity: 0.65 }) +
      windowOf(stage, width * 0.5, 1.05) +
      placed(counter, { x: width * 0.2, y: horizon + 40, scale: 1.1 }) +
      placed(oven, { x: width * 0.86, y: horizon + 44, scale: 1.25 }) +
      pans(stage) +
      rug(stage, "#d98a7a"),
    front: none,
  };
}

export function school(stage: Stage): Backdrop {
  const { width, horizon, height } = stage;
  const board =
    box(-210, -150, 420, 210, 8, { fill: inLight(stage, "#8a5f42") }) +
    box(-196, -136, 392, 182, 4, { fill: inLight(stage, "#3f6b5a") }) +
    line("M-160 -100 h90 M-160 -70 h130 M-160 -40 h60", "#eef5e8", 6, 0.75) +
    circle(90, -50, 42, { fill: "none", stroke: "#f7e08a", width: 6 }) +
    line(
      "M90 -112 v-16 M90 12 v16 M28 -50 h-16 M152 -50 h16 M46 -94 l-10 -10 M134 -94 l10 -10 M46 -6 l-10 10 M134 -6 l10 10",
      "#f7e08a",
      6,
    ) +
    box(-120, 58, 240, 12, 4, { fill: inLight(stage, "#8a5f42") });
  const desk =
    box(-80, -96, 160, 16, 5, { fill: inLight(stage, "#d9a066") }) +
    line("M-64 -80 V0 M64 -80 V0", inLight(stage, "#8f8a94"), 10) +
    box(-52, -118, 50, 22, 3, { fill: inLight(stage, "#c9514d") }) +
    box(-48, -132, 42, 14, 3, { fill: inLight(stage, "#4a82c4") }) +
    circle(44, -112, 15, { fill: "#dd4f45" }) +
    path("M44 -126 q8 -10 14 -4", { fill: "none", stroke: "#5c9e5a", width: 4 });
  return {
    back:
      room(stage, "#f7e6c4", "#d9b48a", "plain") +
      placed(board, {
        x: width * 0.5,
        y: Math.max(horizon * 0.48, stage.quietTop + 180),
        scale: Math.min(1.15, width / 880),
      }) +
      placed(desk, { x: width * 0.15, y: horizon + (height - horizon) * 0.34, scale: 1.5 }) +
      placed(desk, { x: width * 0.87, y: horizon + (height - horizon) * 0.28, scale: 1.4, isMirrored: true }) +
      (width > height * 1.3 ? windowOf(stage, width * 0.12, 0.9) + windowOf(stage, width * 0.88, 0.9) : none),
    front: none,
  };
}

export function library(stage: Stage): Backdrop {
  const { width, horizon } = stage;
  const count = Math.max(3, Math.round(width / 330));
  const cases = Array.from({ length: count }, (_, index) =>
    bookcase(stage, ((index + 0.5) / count) * width, index),
  ).join("");
  return {
    back:
      room(stage, "#e9d3b0", "#b98a62", "plain") +
      cases +
      rug(stage, "#7f9fb5") +
      placed(lamp(stage), { x: width * 0.08, y: horizon + 90, scale: 1.7 }),
    front: none,
  };
}

export function home(stage: Stage): Backdrop {
  const { width, horizon, palette } = stage;
  const stone = inLight(stage, "#c9b8ae");
  const hearth =
    box(-130, -260, 260, 260, 8, { fill: stone }) +
    box(-150, -276, 300, 26, 6, { fill: inLight(stage, "#9a6a48") }) +
    path("M-76 0 V-110 Q0 -176 76 -110 V0 Z", { fill: "#4a3a40" }) +
    halo(0, -46, 150, palette.glow) +
    path("M0 -116 C36 -78 44 -44 30 -18 H-30 C-46 -44 -22 -62 -16 -84 C-8 -76 -6 -94 0 -116 Z", { fill: "#ef8f3e" }) +
    path("M2 -70 C22 -48 20 -28 12 -16 H-12 C-20 -32 -2 -46 2 -70 Z", { fill: "#f7d154" }) +
    line("M-44 -10 L40 -18 M44 -10 L-40 -18", "#7d5238", 13) +
    line("M-110 -40 h30 M86 -80 h30 M-112 -140 h28 M84 -190 h30 M-60 -200 h34 M20 -226 h30", darken(stone, 0.16), 5);
  const sofa =
    box(-150, -140, 300, 110, 34, { fill: inLight(stage, "#c9705f") }) +
    box(-166, -104, 54, 92, 24, { fill: inLight(stage, "#b85f50") }) +
    box(112, -104, 54, 92, 24, { fill: inLight(stage, "#b85f50") }) +
    box(-116, -78, 232, 60, 18, { fill: inLight(stage, "#d98070") }) +
    line("M0 -76 V-22", inLight(stage, "#b85f50"), 4) +
    line("M-120 -14 V6 M120 -14 V6", "#7d5238", 12) +
    box(-96, -120, 56, 52, 14, { fill: inLight(stage, "#f0c96a") });
  return {
    back:
      room(stage, "#efd9bd", "#c79a6d", "stripes") +
      placed(hearth, { x: width * 0.2, y: horizon + 40, scale: 1.25 }) +
      windowOf(stage, width * 0.62, 1) +
      placed(sofa, { x: width * 0.86, y: horizon + 84, scale: 1.2 }) +
      rug(stage, "#8fae9a") +
      frames(stage),
    front: none,
  };
}
