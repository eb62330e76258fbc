/** One word of a text, plain: lower case, without accents. */
export interface Word {
  readonly text: string;
  readonly isCapital: boolean;
  /** Words of different phrases (comma, full stop…) do not describe each other. */
  readonly phrase: number;
}

/** What a picture can be read from; the rest of a longer text is not looked at. */
const charactersMax = 12_000;
const wordsMax = 1_500;

/** The words of a text in any language: everything that is not a letter or a digit only parts them. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let phrase = 0;
  for (const [token] of text
    .slice(0, charactersMax)
    .normalize("NFC")
    .matchAll(/[\p{L}\p{N}]+|[.,;:!?¡¿()\n]/gu)) {
    if (/^[^\p{L}\p{N}]/u.test(token)) {
      phrase += 1;
      continue;
    }
    if (words.length >= wordsMax) break;
    const isCapital = token.charAt(0) !== token.charAt(0).toLowerCase();
    words.push({ text: plain(token), isCapital, phrase });
  }
  return words;
}

/** `Árbol` → `arbol`, how words are written in the vocabularies too; ñ stays, for a moño is no mono. */
function plain(token: string): string {
  return token
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/(?<!n(?=\u0303))\p{M}/gu, "")
    .normalize("NFC");
}
