import type { StoryLanguage } from "../types.ts";
import { sentencesOf } from "./beats.ts";
import { plain, tellsOfLook } from "./look-words.ts";

export interface Protagonist {
  /** As the text writes it; null when nobody in it has a name. */
  readonly name: string | null;
  /** Sentences of the text that tell most of how they look, in the text's order. */
  readonly description: string;
}

const sentencesMax = 3;
const descriptionMax = 500;

/** Who the story is about, as far as a rule can tell: the name that comes most often, and what is said of its bearer. */
export function protagonistOf(content: string, language: StoryLanguage): Protagonist {
  const sentences = sentencesOf(content, language);
  const name = mostFrequentName(sentences);
  const ranked = sentences
    .map((sentence, index) => ({ sentence, index, rank: rankOf(sentence, index, name) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank || one.index - other.index)
    .slice(0, sentencesMax)
    .sort((one, other) => one.index - other.index);
  return { name, description: cutBetweenWords(ranked.map(({ sentence }) => sentence).join(" "), descriptionMax) };
}

function rankOf(sentence: string, index: number, name: string | null): number {
  const isOfThem = name !== null && sentence.includes(name);
  return (tellsOfLook(sentence) ? 3 : 0) + (isOfThem ? 2 : 0) + (index === 0 ? 2 : index === 1 ? 1 : 0);
}

/** A capital inside a sentence makes a name; the same word at a beginning counts then too. */
function mostFrequentName(sentences: readonly string[]): string | null {
  const inside = new Map<string, number>();
  for (const sentence of sentences) {
    const words = sentence.match(/\p{L}[\p{L}'’-]*/gu) ?? [];
    for (const [position, word] of words.entries()) {
      if (!/^\p{Lu}\p{Ll}/u.test(word) || notNames.has(plain(word))) continue;
      if (position === 0 && !inside.has(word)) continue;
      inside.set(word, (inside.get(word) ?? 0) + 1);
    }
  }
  const [best] = [...inside].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? null;
}

/** What is written with a capital for other reasons. */
const notNames = new Set(
  "i i'm i'll i'd don dona senor senora mr mrs miss lunes martes miercoles jueves viernes sabado domingo monday tuesday wednesday thursday friday saturday sunday navidad christmas".split(
    " ",
  ),
);

/** At most `lengthMax` characters, cut at the end of a sentence if there is one, else between words. */
export function cutBetweenWords(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const cut = text.slice(0, lengthMax);
  const sentenceEnd = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("! "), cut.lastIndexOf("? "));
  if (sentenceEnd > lengthMax / 2) return cut.slice(0, sentenceEnd + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1)).trimEnd()}…`;
}
