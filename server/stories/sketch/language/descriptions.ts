import type { Color } from "../drawing/color.ts";
import { colorsIn } from "./colors.ts";
import { vocabularyOf } from "./vocabulary.ts";
import type { Word } from "./words.ts";

/** What is said of one noun. */
export interface Description {
  readonly colors: readonly Color[];
  readonly size: "small" | "large" | null;
  /** As said, at most `countMax`; 1 where nothing is said. */
  readonly count: number;
}

const countMax = 7;
/** How far from its noun an adjective may stand. */
const reach = 5;

const sizes = vocabularyOf<"small" | "large">({
  small: "pequeñ* pequen* chic* diminut* mini minuscul* small little tiny wee",
  large: "grande gran enorm* gigant* inmens* big large huge giant great tall alto alta",
});

const counts = vocabularyOf<"1" | "2" | "3" | "4" | "5" | "6" | "7">({
  "1": "un una uno one a an single",
  "2": "dos two couple pair par pareja both",
  "3": "tres three",
  "4": "cuatro four unos unas algunos algunas some several",
  "5": "cinco five varios varias",
  "6": "seis six",
  "7": "siete seven muchos muchas many lots ocho nueve diez cien eight nine ten hundreds miles thousands dozens full lleno llena",
});

/** They end like a plural and are one. */
const singularInS = new Set("cumpleaños paraguas cactus autobus bus christmas navidades tennis iris".split(" "));

interface Noun {
  readonly at: number;
  readonly length: number;
}

/** Gives every colour, size and number to the noun that it describes: Spanish looks back, English ahead. */
export function describe<T extends Noun>(words: readonly Word[], nouns: readonly T[]): ReadonlyMap<T, Description> {
  const colors = new Map<T, Color[]>();
  for (const said of colorsIn(words)) {
    const noun = said.looksBack
      ? (nounBefore(words, nouns, said.at) ?? nounAfter(words, nouns, said.at + said.length - 1))
      : (nounAfter(words, nouns, said.at + said.length - 1) ?? nounBefore(words, nouns, said.at));
    if (noun !== null) colors.set(noun, [...(colors.get(noun) ?? []), said.color]);
  }
  const sizeOf = new Map<T, "small" | "large">();
  for (const { id, at } of sizes.all(words)) {
    const noun = nounAfter(words, nouns, at, 3) ?? nounBefore(words, nouns, at, 2);
    if (noun !== null) sizeOf.set(noun, id);
  }
  return new Map(
    nouns.map((noun) => [
      noun,
      { colors: colors.get(noun) ?? [], size: sizeOf.get(noun) ?? null, count: countBefore(words, noun, nouns) },
    ]),
  );
}

function nounBefore<T extends Noun>(words: readonly Word[], nouns: readonly T[], at: number, within = reach): T | null {
  const phrase = words[at]?.phrase;
  let nearest: T | null = null;
  for (const noun of nouns) {
    const end = noun.at + noun.length - 1;
    if (end < at && at - end <= within && words[end]?.phrase === phrase) nearest = noun;
  }
  return nearest;
}

function nounAfter<T extends Noun>(words: readonly Word[], nouns: readonly T[], at: number, within = reach): T | null {
  const phrase = words[at]?.phrase;
  for (const noun of nouns) {
    if (noun.at > at && noun.at - at <= within && words[noun.at]?.phrase === phrase) return noun;
  }
  return null;
}

function countBefore<T extends Noun>(words: readonly Word[], noun: T, nouns: readonly T[]): number {
  for (let at = noun.at - 1; at >= noun.at - 4 && at >= 0; at -= 1) {
    if (words[at]?.phrase !== words[noun.at]?.phrase) break;
    if (nouns.some((other) => at >= other.at && at < other.at + other.length)) break;
    const said = counts.at(words, at);
    if (said !== null) return Math.min(countMax, Number(said.id));
    if (/^\d+$/.test(words[at]?.text ?? "")) return Math.max(1, Math.min(countMax, Number(words[at]?.text)));
  }
  const last = words[noun.at]?.text ?? "";
  return /[^s]s$/.test(last) && !singularInS.has(last) ? 3 : 1;
}
