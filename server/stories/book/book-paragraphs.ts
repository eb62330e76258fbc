/** A paragraph as typst/paragraphs.typ takes it. */
export interface Paragraph {
  readonly isRightToLeft: boolean;
  /** Too long for its lines to be weighed against one another. */
  readonly isEndless: boolean;
  /** Every other run is kept in one piece: a Spanish dash and its word. */
  readonly lines: readonly (readonly string[])[];
  /** The letter that is let into the lines, when the paragraph begins a part and is long enough for one. */
  readonly initial: string | null;
  /** How many lines high it is. */
  readonly initialLines: 2 | 3;
  /** Words beside the initial, the first one without it; empty without an initial. */
  readonly opening: readonly string[];
  /** Runs of the first line that follow `opening`. */
  readonly rest: readonly string[];
}

const endlessCharacters = 20_000;
/** More words than ever stand beside an initial: the typesetter measures how many do. */
const openingWords = 48;
/** A shorter paragraph would not be as high as an initial of two lines, or of three. */
const openingCharactersMin = 55;
const highOpeningCharactersMin = 105;

/** Paragraphs are apart by an empty line; a single line end within one is a verse, and kept. */
export function readParagraphs(text: string, hasInitialLetter: (letter: string) => boolean): Paragraph[] {
  return text
    .split(/\n[ ]*\n\s*/u)
    .map((paragraph) =>
      paragraph
        .split("\n")
        .map((line) => line.replace(/ {2,}/g, " ").trim())
        .filter((line) => line !== ""),
    )
    .filter((lines) => lines.length > 0)
    .map((lines, index) => toParagraph(lines, index === 0 ? hasInitialLetter : () => false));
}

function toParagraph(lines: readonly string[], hasInitialLetter: (letter: string) => boolean): Paragraph {
  const isRightToLeft = beginsRightToLeft(lines.join(" "));
  const [line = ""] = lines;
  const initialLines = line.length < highOpeningCharactersMin ? 2 : 3;
  const isEndless = lines.some((each) => each.length > endlessCharacters);
  const plain = {
    isRightToLeft,
    isEndless,
    lines: lines.map(toRuns),
    initial: null,
    initialLines,
    opening: [],
    rest: [],
  } as const;
  const initial = /^\p{L}\p{M}*/u.exec(line)?.[0];
  if (isRightToLeft || initial === undefined || line.length < openingCharactersMin || lines.length > 1) return plain;
  if (!hasInitialLetter(initial)) return plain;
  const words = line.slice(initial.length).split(" ");
  return {
    ...plain,
    initial,
    opening: words.slice(0, openingWords),
    rest: words.length > openingWords ? toRuns(words.slice(openingWords).join(" ")) : [],
  };
}

/** By its first letter that has a direction (UAX #9, P2 and P3). */
function beginsRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter !== undefined && /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(letter);
}

/** `—dijo` must not leave its dash at the end of a line, nor `dijo—.` begin the next with it. */
const dashedWord = /((?<=^|\s)[—–]\S{1,40}|\S{1,40}[—–][.,;:!?…»”)]*(?=\s|$))/u;

const toRuns = (line: string): string[] => line.split(dashedWord);

/** The first words, for a bookmark: never more than `charactersMax`, never half a word. */
export function firstWords(text: string, charactersMax = 48): string {
  const line = text.replace(/[\s\u200b]+/gu, " ").trim();
  if (line.length <= charactersMax) return line;
  const cut = line.slice(0, charactersMax);
  const end = cut.lastIndexOf(" ");
  return `${(end > charactersMax / 2 ? cut.slice(0, end) : cut).replace(/[\s,;:—–.]+$/u, "").toWellFormed()}…`;
}
