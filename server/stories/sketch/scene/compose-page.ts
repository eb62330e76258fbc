import type { ImageType } from "../../types.ts";
import type { Definitions } from "../drawing/definitions.ts";
import type { Random } from "../drawing/random.ts";
import type { Frame } from "../drawing/render.ts";
import { box, type Svg } from "../drawing/svg.ts";
import type { Look } from "../figure/look.ts";
import type { TimeOfDay } from "../language/moment-words.ts";
import { isRoom, type PlaceName } from "../language/place-words.ts";
import { backdrops } from "../places/places.ts";
import { props } from "../props/props.ts";
import { drawFriends, drawHero } from "./cast.ts";
import { layoutOf } from "./layout.ts";
import { type Palette, paletteOf } from "./palette.ts";
import { composePortrait } from "./portrait.ts";
import type { Scene } from "./read-scene.ts";
import { dressSet, heldThing } from "./set-dressing.ts";
import type { Stage } from "./stage.ts";
import { drawWeather } from "./weather.ts";

export interface PageWish {
  readonly frame: Frame;
  readonly definitions: Definitions;
  readonly look: Look;
  readonly scene: Scene;
  readonly imageType: ImageType;
  readonly random: Random;
}

/** A page from back to front: sky and land, what is far, people, what is near, weather, and the light over it all. */
export function composePage(wish: PageWish): Svg {
  const { frame, definitions, look, scene, imageType, random } = wish;
  if (imageType === "character") return composePortrait(wish);
  const place = placeFor(scene, look, random.fork("place"));
  const friends = Math.min(
    3,
    scene.friends.reduce((sum, { count }) => sum + count, 0),
  );
  const layout = layoutOf(
    frame,
    imageType,
    place,
    friends,
    scene.pose === "hugging" || scene.mood === "loving",
    random.fork("layout"),
  );
  const time = hourFor(scene, place, imageType);
  const stage: Stage = {
    ...frame,
    ...layout,
    random,
    definitions,
    time,
    palette: paletteOf(time, scene.weather),
    weather: scene.weather,
  };
  const [heroX, ...friendX] = layout.figureX;

  const backdrop = backdrops[place](stage);
  const held = heldThing(scene);
  const hero = drawHero(look, scene, place, held, stage, heroX);
  const sails = place === "sea" || place === "river";
  const around = {
    ...scene,
    things: scene.things.filter(({ name }) => !(sails && name === "boat") && !(isRoom(place) && name === "tree")),
  };
  const set = dressSet(around, stage, layout.figureX, hero.hand, held);
  return (
    backdrop.back +
    set.sky +
    set.far +
    drawFriends(look, scene, place, stage, friendX) +
    hero.svg +
    set.near +
    drawWeather(stage, place) +
    backdrop.front +
    edgeLight(stage)
  );
}

/** Where nothing is said, somewhere friendly. */
function placeFor(scene: Scene, look: Look, random: Random): PlaceName {
  const livesInWater =
    look.is === "animal" && (look.kind === "fish" || look.kind === "whale" || look.kind === "octopus");
  if (livesInWater && (scene.place === null || scene.place === "sea")) return "underwater";
  const isAshore = scene.things.some(({ name }) => props[name].where === "far" && name !== "boat" && name !== "bridge");
  if (scene.place === "sea" && isAshore) return "beach";
  if (scene.place !== null) return scene.place;
  if (scene.pose === "sleeping") return "bedroom";
  return random.pick(["meadow", "garden", "park", "river", "village", "forest", "mountain"] as const);
}

function hourFor(scene: Scene, place: PlaceName, imageType: ImageType): TimeOfDay {
  if (scene.time !== null) return scene.time;
  if (place === "space") return "night";
  return imageType === "closing" && !isRoom(place) ? "sunset" : "day";
}

/** Edges a little darker than the middle, as light falls on paper. */
function edgeLight({ width, height, definitions, palette }: Stage): Svg {
  const shade: Palette["skyTop"] = palette.isDark ? "#0f1230" : "#5a3a5c";
  const fill = definitions.radial([
    { at: 0.66, color: shade, opacity: 0 },
    { at: 1, color: shade, opacity: palette.isDark ? 0.32 : 0.1 },
  ]);
  return box(-width * 0.12, -height * 0.12, width * 1.24, height * 1.24, 0, { fill });
}
