import type { StoryRow } from "../manuscripts/queries.ts";
import type { PictureRow } from "../pictures/queries.ts";
import type { StoryLanguage } from "../types.ts";

interface ColophonWords {
  readonly written: (author: string) => string;
  readonly byModels: string;
  readonly byRule: string;
  readonly byHand: string;
  readonly models: (names: string) => string;
  readonly printed: string;
}

const words: Readonly<Record<StoryLanguage, ColophonWords>> = {
  es: {
    written: (author) => `Texto de ${author}.`,
    byModels: "Ilustraciones generadas con IA.",
    byRule: "Ilustraciones dibujadas por un programa, sin IA.",
    byHand: "Con ilustraciones aportadas por quien hizo el libro.",
    models: (names) => `Modelos: ${names}.`,
    printed: "Compuesto con Bodega.",
  },
  en: {
    written: (author) => `Text by ${author}.`,
    byModels: "Illustrations generated with AI.",
    byRule: "Illustrations drawn by a program, without AI.",
    byHand: "With illustrations brought by whoever made the book.",
    models: (names) => `Models: ${names}.`,
    printed: "Set with Bodega.",
  },
};

/** Who wrote, who drew and with what, in the book's language; what a model made is always said to be so. */
export function colophonOf(story: StoryRow, pictures: readonly PictureRow[]): readonly string[] {
  const said = words[story.language];
  const makers = new Set(pictures.map(({ provider }) => provider));
  const hasModels = makers.has("gemini") || makers.has("openai");
  const models = [...new Set(pictures.filter(isOfModel).flatMap(({ model }) => model ?? []))].sort();
  return [
    ...(story.author === null ? [] : [said.written(story.author)]),
    ...(hasModels ? [said.byModels] : []),
    ...(models.length > 0 ? [said.models(models.join(", "))] : []),
    ...(makers.has("sketch") ? [said.byRule] : []),
    ...(makers.has("upload") ? [said.byHand] : []),
    said.printed,
  ];
}

const isOfModel = ({ provider }: PictureRow): boolean => provider === "gemini" || provider === "openai";
