/** How wide letters are on average, of their height: Inter and its like, in a name with capitals. */
const letterWidth = 0.56;
const lineHeight = 1.15;

/**
 * The largest height of letters, in millimetres, at which `text` fits into the box; `smallest` when none does: then it is
 * clipped with an ellipsis. Words are not broken unless they are wider than the box.
 */
export function fittedLetters(
  text: string,
  box: { readonly width: number; readonly height: number },
  { smallest, largest }: { readonly smallest: number; readonly largest: number },
): number {
  for (let size = largest; size > smallest; size = Math.round((size - 0.1) * 10) / 10) {
    if (linesOf(text, box.width / (size * letterWidth)) * size * lineHeight <= box.height) return size;
  }
  return smallest;
}

/** In how many lines of so many letters a text goes. */
function linesOf(text: string, lettersMax: number): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const needed = used === 0 ? word.length : used + 1 + word.length;
    if (needed <= lettersMax) {
      used = needed;
      continue;
    }
    if (used > 0) lines += 1;
    // A word that is wider than a line goes on in the next ones.
    lines += Math.max(0, Math.ceil(word.length / lettersMax) - 1);
    used = word.length % Math.max(1, Math.floor(lettersMax));
  }
  return lines;
}

/** Grammes and millilitres are compared by the kilo and the litre, as shelves show them. */
const bases = {
  kg: { unit: "kg", times: "1" },
  g: { unit: "kg", times: "1000" },
  l: { unit: "l", times: "1" },
  ml: { unit: "l", times: "1000" },
  m: { unit: "m", times: "1" },
} as const;

export type BaseUnit = (typeof bases)[keyof typeof bases]["unit"];

/** By which unit a product is compared, and how many of its own make one; null for what is sold by the piece. */
export function baseUnitOf(unit: string): { readonly unit: BaseUnit; readonly times: string } | null {
  return isMeasured(unit) ? bases[unit] : null;
}

const isMeasured = (unit: string): unit is keyof typeof bases => Object.hasOwn(bases, unit);
