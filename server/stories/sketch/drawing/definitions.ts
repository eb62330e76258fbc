import type { Color } from "./color.ts";
import { n, type Svg } from "./svg.ts";

export interface Stop {
  /** From 0 to 1. */
  readonly at: number;
  readonly color: Color;
  readonly opacity?: number;
}

/** Gradients and clips of one picture, each under a name of its own. */
export class Definitions {
  readonly #pieces: Svg[] = [];

  /** Of what it paints, from top to bottom. */
  vertical(stops: readonly Stop[]): string {
    return this.#add("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', stopsOf(stops));
  }

  radial(stops: readonly Stop[]): string {
    return this.#add("radialGradient", "", stopsOf(stops));
  }

  /** What is seen of `piece` within `shape`. */
  clipped(shape: Svg, piece: Svg): Svg {
    const id = `d${this.#pieces.length}`;
    this.#pieces.push(`<clipPath id="${id}">${shape}</clipPath>`);
    return `<g clip-path="url(#${id})">${piece}</g>`;
  }

  toSvg(): Svg {
    return `<defs>${this.#pieces.join("")}</defs>`;
  }

  #add(tag: string, attributes: string, children: Svg): string {
    const id = `d${this.#pieces.length}`;
    this.#pieces.push(`<${tag} id="${id}" ${attributes}>${children}</${tag}>`);
    return `url(#${id})`;
  }
}

function stopsOf(stops: readonly Stop[]): Svg {
  return stops
    .map(
      ({ at, color, opacity }) =>
        `<stop offset="${n(at)}" stop-color="${color}"${opacity === undefined ? "" : ` stop-opacity="${n(opacity)}"`}/>`,
    )
    .join("");
}
