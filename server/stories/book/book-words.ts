import type { StoryLanguage } from "../types.ts";

/** What the book itself says, beside the story. */
export interface BookWords {
  readonly cover: string;
  readonly colophon: string;
  /** On a page whose picture is missing: an invitation. */
  readonly missingTitle: string;
  readonly missingLine: string;
}

export const bookWords: Readonly<Record<StoryLanguage, BookWords>> = {
  es: {
    cover: "Cubierta",
    colophon: "Colofón",
    missingTitle: "Aquí falta una ilustración",
    missingLine: "Mientras llega, esta página es tuya: ¡dibújala!",
  },
  en: {
    cover: "Cover",
    colophon: "Colophon",
    missingTitle: "An illustration is missing here",
    missingLine: "Until it comes, this page is yours to draw.",
  },
};
