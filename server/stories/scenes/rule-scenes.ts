import { createHash } from "node:crypto";
import { type ImageType, imageTypes, type Scenes, type StoryLanguage } from "../types.ts";
import { beatsOf } from "./beats.ts";
import { tellsOfLook } from "./look-words.ts";
import { cutBetweenWords, type Protagonist, protagonistOf } from "./protagonist.ts";
import { characterLengthMin } from "./scene-warnings.ts";

const beatMax = 700;
const pagesOfText = ["scene_1", "scene_2", "scene_3", "scene_4", "closing"] as const satisfies readonly ImageType[];

/**
 * Scenes by rule, for when no model writes them: the story's own sentences, in order, and the character as the story
 * describes them. The same story always gives the same scenes; `character` never has fewer than 100 characters. The
 * content must not be empty.
 */
export function scenesByRule(story: {
  readonly title: string;
  readonly content: string;
  readonly language: StoryLanguage;
}): Scenes {
  const words = phrases[story.language];
  const protagonist = protagonistOf(story.content, story.language);
  const beats = beatsOf(story.content, pagesOfText.length, story.language);
  const told = (beat: number): string => {
    // A short story has fewer sentences than pages: a page without one shows what was told last.
    const text = beats.slice(0, beat + 1).findLast((part) => part !== "") ?? story.content.trim();
    return cutBetweenWords(text.replace(/\s+/g, " "), beatMax);
  };
  const texts = new Map<ImageType, string>([
    ["character", characterText(story, protagonist)],
    ["cover", words.cover(story.title, protagonist.name, told(0))],
    ...pagesOfText.map((type, beat): [ImageType, string] => [
      type,
      type === "closing" ? words.closing(protagonist.name, told(beat)) : words.scene(protagonist.name, told(beat)),
    ]),
  ]);
  return Object.fromEntries(imageTypes.map((type) => [type, texts.get(type) ?? ""])) as Record<ImageType, string>;
}

function characterText(
  story: { readonly title: string; readonly language: StoryLanguage },
  protagonist: Protagonist,
): string {
  const words = phrases[story.language];
  const look = tellsOfLook(protagonist.description) ? "" : ` ${chosenBy(story.title, words.looks)}`;
  const text = `${words.character(protagonist.name, protagonist.description)}${look} ${words.manner}`;
  if ([...text].length < characterLengthMin) throw new Error("the character was described in too few words");
  return text;
}

function chosenBy(seed: string, choices: readonly string[]): string {
  const index = createHash("sha256").update(seed).digest().readUInt32BE(0) % choices.length;
  return choices[index] ?? "";
}

interface Phrases {
  readonly character: (name: string | null, description: string) => string;
  /** One of these dresses a character of whom the story says nothing. */
  readonly looks: readonly string[];
  readonly manner: string;
  readonly cover: (title: string, name: string | null, text: string) => string;
  readonly scene: (name: string | null, text: string) => string;
  readonly closing: (name: string | null, text: string) => string;
}

const phrases: Readonly<Record<StoryLanguage, Phrases>> = {
  es: {
    character: (name, description) => `${name === null ? "Protagonista del cuento" : name}. ${description}`,
    looks: [
      "Lleva una bufanda roja y un abrigo amarillo.",
      "Lleva una camiseta verde y un sombrero azul.",
      "Lleva un pañuelo naranja y un chaleco celeste.",
      "Lleva un gorro violeta y una capa verde.",
    ],
    manner:
      "De cuerpo entero, de frente y sonriendo, sobre un fondo claro y liso; los mismos colores y la misma ropa en todo el cuento. Ilustración infantil cálida, sin texto.",
    cover: (title, name, text) =>
      `Portada del cuento «${title}»${name === null ? "" : `, con ${name} en el centro`}. ${text} Ilustración infantil cálida, sin texto.`,
    scene: (name, text) =>
      `${text} ${name === null ? "" : `${name} conserva sus colores y su ropa. `}Ilustración infantil cálida, sin texto.`,
    closing: (name, text) =>
      `${text} Final tranquilo y feliz. ${name === null ? "" : `${name} conserva sus colores y su ropa. `}Ilustración infantil cálida, sin texto.`,
  },
  en: {
    character: (name, description) => `${name === null ? "The hero of the story" : name}. ${description}`,
    looks: [
      "Wearing a red scarf and a yellow coat.",
      "Wearing a green shirt and a blue hat.",
      "Wearing an orange kerchief and a light blue vest.",
      "Wearing a purple cap and a green cape.",
    ],
    manner:
      "Full body, facing the viewer and smiling, on a plain light background; the same colours and clothes all through the story. Warm children's illustration, no text.",
    cover: (title, name, text) =>
      `Cover of the story “${title}”${name === null ? "" : `, with ${name} in the middle`}. ${text} Warm children's illustration, no text.`,
    scene: (name, text) =>
      `${text} ${name === null ? "" : `${name} keeps the same colours and clothes. `}Warm children's illustration, no text.`,
    closing: (name, text) =>
      `${text} A calm and happy ending. ${name === null ? "" : `${name} keeps the same colours and clothes. `}Warm children's illustration, no text.`,
  },
};
