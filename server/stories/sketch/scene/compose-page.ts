import type { ImageType } from "../../types.ts";
import type { Definitions } from "../drawing/definitions.ts";
import type { Random } from "../drawing/random.ts";
import type { Frame } from "../drawing/render.ts";
import { ellipse, none, placed, type Svg } from "../drawing/svg.ts";
import { drawFigure } from "../figure/draw-figure.ts";
import { expressionOf } from "../figure/expression.ts";
import type { Look } from "../figure/look.ts";
import { grassland, hills } from "./land.ts";
import { paletteOf } from "./palette.ts";
import type { Scene } from "./read-scene.ts";
import { drawSky } from "./sky.ts";
import type { Stage } from "./stage.ts";

export interface PageWish {
  readonly frame: Frame;
  readonly definitions: Definitions;
  readonly look: Look;
  readonly scene: Scene;
  readonly imageType: ImageType;
  readonly random: Random;
}

export function composePage({ frame, definitions, look, scene, random }: PageWish): Svg {
  const time = scene.time ?? "day";
  const { width, height } = frame;
  const stage: Stage = {
    width,
    height,
    definitions,
    random,
    time,
    palette: paletteOf(time, scene.weather),
    weather: scene.weather,
    horizon: height * 0.6,
    ground: height * 0.86,
    scale: 2.6,
    quietTop: 0,
  };
  const pose = scene.pose ?? "standing";
  const figure = drawFigure(definitions, look, { pose, expression: expressionOf(scene.mood, pose), held: none });
  return (
    drawSky(stage) +
    hills(stage) +
    grassland(stage) +
    ellipse(width / 2, stage.ground, 120, 20, { fill: "#30304a", opacity: 0.2 }) +
    placed(figure.svg, { x: width / 2, y: stage.ground, scale: stage.scale })
  );
}
