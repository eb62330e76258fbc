import type { Definitions } from "../drawing/definitions.ts";
import type { Random } from "../drawing/random.ts";
import type { Frame } from "../drawing/render.ts";
import type { Svg } from "../drawing/svg.ts";
import type { TimeOfDay, Weather } from "../language/moment-words.ts";
import type { Palette } from "./palette.ts";

/** Where a picture plays: what every place is drawn with. */
export interface Stage extends Frame {
  readonly random: Random;
  readonly definitions: Definitions;
  readonly palette: Palette;
  readonly time: TimeOfDay;
  readonly weather: Weather | null;
  /** Where land and sky meet. */
  readonly horizon: number;
  /** Where feet stand. */
  readonly ground: number;
  /** Of figures and of things beside them: units of the page per unit of figure. */
  readonly scale: number;
  /** Upper part that stays quiet, for a title; 0 on most pages. */
  readonly quietTop: number;
}

export interface Backdrop {
  /** Everything behind the character. */
  readonly back: Svg;
  /** What frames the picture in front. */
  readonly front: Svg;
}
