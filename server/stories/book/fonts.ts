import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FontCoverage } from "./font-coverage.ts";

/**
 * The typefaces of a book, all under the SIL Open Font License: Literata for reading, Fraunces for titles and initials,
 * and for what those two lack Noto Emoji (in one colour, as print is), Noto Naskh Arabic and Frank Ruhl Libre (Hebrew).
 * The families' names are those that typst/sheet.typ asks for.
 */
const files = {
  literata: import.meta.resolve("@expo-google-fonts/literata/400Regular/Literata_400Regular.ttf"),
  literataItalic: import.meta.resolve("@expo-google-fonts/literata/400Regular_Italic/Literata_400Regular_Italic.ttf"),
  fraunces: import.meta.resolve("@expo-google-fonts/fraunces/900Black/Fraunces_900Black.ttf"),
  emoji: import.meta.resolve("@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf"),
  arabic: import.meta.resolve("@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf"),
  hebrew: import.meta.resolve("@expo-google-fonts/frank-ruhl-libre/400Regular/FrankRuhlLibre_400Regular.ttf"),
} as const;

export const fontPaths: readonly string[] = Object.values(files).map((url) => fileURLToPath(url));

export interface BookFonts {
  /** What stands in running text, in the order in which a face is looked for. */
  readonly text: readonly FontCoverage[];
  /** The face of titles and initials alone. */
  readonly display: FontCoverage;
}

let loaded: Promise<BookFonts> | undefined;

/** What the faces can print; read once for the process. */
export function bookFonts(): Promise<BookFonts> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<BookFonts> {
  const read = async (url: string) => FontCoverage.of(await readFile(new URL(url)));
  const [literata, italic, display, emoji, arabic, hebrew] = await Promise.all([
    read(files.literata),
    read(files.literataItalic),
    read(files.fraunces),
    read(files.emoji),
    read(files.arabic),
    read(files.hebrew),
  ]);
  // The same words may stand upright and in italics, so both must have them.
  return { text: [literata.and(italic), emoji, arabic, hebrew], display };
}
