export interface Scale {
  readonly width: number;
  readonly height: number;
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** The value at the upper edge. */
  readonly top: number;
  /** How many days. */
  readonly count: number;
}

/** How wide a day is. */
export const bandOf = ({ width, margin, count }: Scale): number =>
  Math.max(1, (width - margin.left - margin.right) / Math.max(1, count));

/** The next of 1, 2, 5, 10, 20, … that is not below `value`, so that the lines of the grid are round figures. */
export function niceTop(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** Nothing, the half where it is whole, and the top. */
export const ticksOf = (top: number): readonly number[] => (Number.isInteger(top / 2) ? [0, top / 2, top] : [0, top]);
