import type { Svg } from "../drawing/svg.ts";
import type { PoseName } from "../language/moment-words.ts";
import type { Expression } from "./expression.ts";
import type { Point } from "./rig.ts";

/** Somebody, drawn. Feet at the origin, up is negative. */
export interface Figure {
  readonly svg: Svg;
  /** In units of drawing, the look's size included. */
  readonly height: number;
  readonly halfWidth: number;
  /** Where the right hand is. */
  readonly hand: Point;
}

/** What somebody does on this page. */
export interface Acting {
  readonly pose: PoseName;
  readonly expression: Expression;
  /** In the right hand, drawn about that hand. */
  readonly held: Svg;
  /** Only the upper part is wanted: the rest is in a boat, or under a blanket. */
  readonly hasNoLegs?: boolean;
}
