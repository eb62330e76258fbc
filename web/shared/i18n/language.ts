/** The languages of the interface, both complete. */
export const languages = ["es", "en"] as const;
export type Language = (typeof languages)[number];

/** One short text in every language, where it is needed before the texts of its feature are there. */
export type Bilingual = Readonly<Record<Language, string>>;

const storedAs = "bodega.language";

const isLanguage = (value: string | null | undefined): value is Language => languages.some((known) => known === value);

/** What was chosen here, else the first of the browser's languages that there is, else Spanish. */
export function preferredLanguage(): Language {
  const chosen = readStored();
  if (isLanguage(chosen)) return chosen;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "es";
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storedAs, language);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storedAs);
  } catch {
    return null;
  }
}
