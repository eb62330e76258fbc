import { baseForms } from "./inflections.ts";
import type { Word } from "./words.ts";

export interface Found<Id> {
  readonly id: Id;
  /** Of the first of its words. */
  readonly at: number;
  /** How many words say it. */
  readonly length: number;
}

/** Which words mean which thing. */
export interface Vocabulary<Id extends string> {
  at(words: readonly Word[], index: number): Found<Id> | null;
  all(words: readonly Word[]): readonly Found<Id>[];
}

const stemLengthMin = 3;

/**
 * A vocabulary of both languages: for every thing its words in plain singular, parted by spaces. `corr*` stands for all
 * words that begin so, `hot_air_balloon` for words that follow each other. Where several fit, the longest counts, and an
 * exact word before a beginning.
 */
export function vocabularyOf<Id extends string>(table: Readonly<Record<Id, string>>): Vocabulary<Id> {
  const exact = new Map<string, Id>();
  const stems = new Map<string, Id>();
  const sayings = new Map<string, { readonly rest: readonly string[]; readonly id: Id }[]>();
  for (const id of keysOf(table)) {
    for (const entry of table[id].split(/\s+/)) {
      if (entry.includes("_")) {
        const [first = "", ...rest] = entry.split("_");
        sayings.set(first, [...(sayings.get(first) ?? []), { rest, id }]);
      } else if (entry.endsWith("*")) stems.set(entry.slice(0, -1), id);
      else if (!exact.has(entry)) exact.set(entry, id);
    }
  }

  const at = (words: readonly Word[], index: number): Found<Id> | null => {
    const word = words[index];
    if (word === undefined) return null;
    const forms = baseForms(word.text);
    for (const form of forms) {
      for (const { rest, id } of sayings.get(form) ?? []) {
        const isSaid = rest.every((part, offset) => baseForms(words[index + 1 + offset]?.text ?? "").includes(part));
        if (isSaid) return { id, at: index, length: rest.length + 1 };
      }
    }
    for (const form of forms) {
      const id = exact.get(form);
      if (id !== undefined) return { id, at: index, length: 1 };
    }
    for (let length = word.text.length; length >= stemLengthMin; length -= 1) {
      const id = stems.get(word.text.slice(0, length));
      if (id !== undefined) return { id, at: index, length: 1 };
    }
    return null;
  };

  const all = (words: readonly Word[]): readonly Found<Id>[] => {
    const found: Found<Id>[] = [];
    for (let index = 0; index < words.length; ) {
      const here = at(words, index);
      if (here !== null && !isName(words, index) && !isDenied(words, index)) found.push(here);
      index += here?.length ?? 1;
    }
    return found;
  };
  return { at, all };
}

/** Words that are children's names as well; with a capital and no article they are taken for one. */
const names = new Set(
  "luna sol rosa estrella flor margarita lila violeta perla alba aurora iris coral nube cielo canela mora blanca celeste mar rio daisy rose ruby lily dawn sky star violet robin pearl coco lucero leon olivia olive hazel ginger poppy amber scarlet".split(
    " ",
  ),
);
const articles = new Set("la el las los una un unas unos the a an this that esta este su her his de del al".split(" "));

function isName(words: readonly Word[], index: number): boolean {
  const word = words[index];
  if (!word?.isCapital || !names.has(word.text)) return false;
  return !articles.has(words[index - 1]?.text ?? "");
}

const denials = new Set("sin without no ningun ninguna never nunca".split(" "));

/** `sin sombrero`, `without a hat`. */
function isDenied(words: readonly Word[], index: number): boolean {
  const phrase = words[index]?.phrase;
  return [1, 2].some((back) => {
    const before = words[index - back];
    if (before === undefined || before.phrase !== phrase) return false;
    return denials.has(before.text) && (back === 1 || articles.has(words[index - 1]?.text ?? ""));
  });
}

function keysOf<Id extends string>(table: Readonly<Record<Id, string>>): readonly Id[] {
  const keys: Id[] = [];
  for (const id in table) keys.push(id);
  return keys;
}
