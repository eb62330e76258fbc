import type { PlaceName } from "../language/place-words.ts";
import type { Backdrop, Stage } from "../scene/stage.ts";
import { castle, city, market } from "./built-places.ts";
import { farm, forest, garden, jungle, meadow, park, village } from "./green-places.ts";
import { cave, clouds, desert, mountain, space } from "./high-places.ts";
import { bedroom, home, kitchen, library, school } from "./rooms.ts";
import { beach, river, sea, underwater } from "./water-places.ts";

/** How every place that can be named is drawn. */
export const backdrops: Readonly<Record<PlaceName, (stage: Stage) => Backdrop>> = {
  meadow,
  forest,
  jungle,
  park,
  garden,
  farm,
  village,
  beach,
  sea,
  river,
  underwater,
  mountain,
  desert,
  clouds,
  space,
  cave,
  city,
  castle,
  market,
  bedroom,
  kitchen,
  school,
  library,
  home,
};
