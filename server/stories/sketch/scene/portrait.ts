import { lighten, mix } from "../drawing/color.ts";
import { box, circle, ellipse, none, placed, type Svg } from "../drawing/svg.ts";
import { drawFigure } from "../figure/draw-figure.ts";
import { expressionOf } from "../figure/expression.ts";
import type { PageWish } from "./compose-page.ts";
import { sparkle } from "./sky.ts";

/** The character from head to toe on quiet paper: the reference for all other pages. */
export function composePortrait({ frame, definitions, look, random }: PageWish): Svg {
  const { width, height } = frame;
  const own = random.fork("portrait");
  const tint = own.pick(["#cfe3e6", "#f3dcc9", "#dfe5c8", "#e5d8ea"] as const);
  const paper = definitions.vertical([
    { at: 0, color: lighten(mix(tint, "#fdf6e8", 0.7), 0.2) },
    { at: 1, color: mix(tint, "#fdf6e8", 0.55) },
  ]);
  const figure = drawFigure(definitions, look, {
    pose: "waving",
    expression: expressionOf("calm", "waving"),
    held: none,
  });
  const scale = Math.min((height * 0.66) / (figure.height + 12), (width * 0.74) / (figure.halfWidth * 2));
  const ground = height * 0.5 + (figure.height * scale) / 2 + 10;
  let confetti = none;
  for (let index = 0; index < 16; index += 1) {
    const angle = own.between(0, Math.PI * 2);
    const far = own.between(0.44, 0.6);
    const x = width / 2 + Math.cos(angle) * Math.min(width * far, 640);
    const y = height / 2 + Math.sin(angle) * Math.min(height * far, 720);
    const color = own.pick(["#f0b93c", "#f2a0b0", "#8fc9ea", "#a9c94e"] as const);
    confetti += own.chance(0.5)
      ? sparkle(x, y, own.between(10, 20), lighten(color, 0.2))
      : circle(x, y, own.between(4, 9), { fill: lighten(color, 0.25) });
  }
  return (
    box(-5, -5, width + 10, height + 10, 0, { fill: paper }) +
    circle(width / 2, height / 2, Math.min(width, height) * 0.44, { fill: mix(tint, "#ffffff", 0.35) }) +
    confetti +
    ellipse(width / 2, ground, figure.halfWidth * scale * 1.1, 26, { fill: "#4a3a55", opacity: 0.18 }) +
    placed(figure.svg, { x: width / 2, y: ground, scale })
  );
}
