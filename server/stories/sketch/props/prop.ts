import type { Color } from "../drawing/color.ts";
import type { Svg } from "../drawing/svg.ts";
import type { Palette } from "../scene/palette.ts";

export interface PropInk {
  readonly color: Color;
  /** The second colour that was said of it, if any. */
  readonly second: Color | null;
  readonly palette: Palette;
}

/** A thing, drawn at its origin: standing on it, hanging from it in the sky, held by it in a hand. */
export interface Prop {
  /** Where it is when nobody says otherwise. `far`: behind the figures, larger than they; `hand`: carried. */
  readonly where: "sky" | "far" | "near" | "hand";
  readonly color: Color;
  /** In units of figure, a child being 190 high and 120 wide. */
  readonly width: number;
  readonly draw: (ink: PropInk) => Svg;
}
