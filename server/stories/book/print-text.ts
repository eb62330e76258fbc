import type { FontCoverage } from "./font-coverage.ts";
import type { BookFonts } from "./fonts.ts";

/** Stands for what no typeface of the book can print, so that nothing is lost without a trace. */
export const replacementMark = "◊";

/** Letters in a row after which a word may be broken anywhere, so that none leaves the page. */
const unbrokenMax = 30;

export interface PrintedText {
  readonly text: string;
  /** Whether something was replaced by `replacementMark`. */
  readonly hasReplacements: boolean;
}

/**
 * A text as it can be printed: composed (NFC), line ends as `\n`, without control characters, and with a mark in place
 * of what no typeface has. Everything else stays as it was written, quotation marks too.
 */
export function printableText(written: string, fonts: BookFonts): PrintedText {
  const clean = written
    .toWellFormed()
    .normalize("NFC")
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replace(/\t/g, " ")
    .replace(invisible, "");
  const main = fonts.text.slice(0, 1);
  if (isPrintable(clean, main)) return { text: withBreaks(clean), hasReplacements: false };

  let text = "";
  let hasReplacements = false;
  let wasReplaced = false;
  // Faces are chosen for a cluster as a whole, so a letter and its marks must come from one and the same.
  for (const { segment } of clusters.segment(clean)) {
    const isGood = fonts.text.some((font) => isPrintable(segment, [font]));
    if (isGood) text += segment;
    else if (!wasReplaced) text += replacementMark;
    hasReplacements ||= !isGood;
    wasReplaced = !isGood;
  }
  return { text: withBreaks(text), hasReplacements };
}

const clusters = new Intl.Segmenter("es", { granularity: "grapheme" });

/**
 * What has no place in print: controls (a line end is the one that means something here), the byte order mark, and the
 * overrides that would turn the text after them around.
 */
const invisible = /(?!\n)[\p{Cc}\ufeff\u202d\u202e]/gu;

/** Joiners, selectors and marks of direction: they shape others and have no glyph of their own. */
const shapers = /[\p{Default_Ignorable_Code_Point}\n]/u;

function isPrintable(text: string, fonts: readonly FontCoverage[]): boolean {
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!fonts.some((font) => font.has(codePoint)) && !shapers.test(character)) return false;
  }
  return true;
}

/** U+200B, where a line may be broken, in what has no other place for it. */
function withBreaks(text: string): string {
  return text.replace(endless, (word) => {
    let broken = "";
    let count = 0;
    for (const { segment } of clusters.segment(word)) {
      if (count > 0 && count % unbrokenMax === 0) broken += "\u200b";
      broken += segment;
      count += 1;
    }
    return broken;
  });
}

const endless = new RegExp(`[^\\s\u200b]{${unbrokenMax + 1},}`, "gu");
