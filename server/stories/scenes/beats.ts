import type { StoryLanguage } from "../types.ts";

/** How much worse a cut inside a paragraph is than one between two, in characters of distance from where it should be. */
const brokenParagraphPenalty = 200;

/**
 * A text in `count` parts, one after the other and about equally long, cut between sentences and, where that is not far
 * off, between paragraphs. Joined, they are the text; a text of too few sentences leaves the last parts empty.
 */
export function beatsOf(content: string, count: number, language: StoryLanguage): readonly string[] {
  const text = content.replace(/\r\n?/g, "\n").trim();
  const ends = sentenceEnds(text, language);
  const cuts: number[] = [];
  for (let part = 1; part < count; part += 1) {
    const target = (text.length * part) / count;
    const previous = cuts.at(-1) ?? 0;
    const candidates = ends.filter((end) => end > previous && end < text.length);
    // One sentence at least is left for each part that follows, as long as there are so many.
    const usable = candidates.slice(0, Math.max(candidates.length - (count - part - 1), 1));
    cuts.push(nearest(usable, target, text) ?? text.length);
  }
  const borders = [0, ...cuts, text.length];
  return borders.slice(1).map((end, index) => text.slice(borders[index], end).trim());
}

/** The sentences of a text, without the white space between them. */
export function sentencesOf(text: string, language: StoryLanguage): readonly string[] {
  const ends = sentenceEnds(text, language);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim()).filter((sentence) => sentence !== "");
}

/** Where sentences (and paragraphs) end, the white space after them included. */
function sentenceEnds(text: string, language: StoryLanguage): readonly number[] {
  const segments = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
  return [...segments].map(({ index, segment }) => index + segment.length);
}

function nearest(ends: readonly number[], target: number, text: string): number | null {
  let best: { readonly end: number; readonly distance: number } | null = null;
  for (const end of ends) {
    const isParagraph = /\n\s*$/.test(text.slice(Math.max(end - 4, 0), end));
    const distance = Math.abs(end - target) + (isParagraph ? 0 : brokenParagraphPenalty);
    if (best === null || distance < best.distance) best = { end, distance };
  }
  return best?.end ?? null;
}
