import { type Color, darken, lighten } from "../drawing/color.ts";
import { vocabularyOf } from "./vocabulary.ts";
import type { Word } from "./words.ts";

/** Painters' versions of the plain colours: all from one box of gouache, so that any two of them go together. */
export const namedColors = {
  navy: "#34457c",
  sky: "#8fc9ea",
  red: "#dd4f45",
  orange: "#ef8f3e",
  gold: "#f0b93c",
  yellow: "#f7d154",
  lime: "#a9c94e",
  green: "#5c9e5a",
  teal: "#3fa49b",
  blue: "#4a82c4",
  purple: "#8a68b4",
  lilac: "#b9a0d8",
  magenta: "#d05c95",
  pink: "#f2a0b0",
  brown: "#96694a",
  chestnut: "#7a4a30",
  blond: "#f1c964",
  ginger: "#d9763a",
  cream: "#f6e3c2",
  white: "#fbf7ef",
  gray: "#9ba3ad",
  silver: "#c6ccd4",
  black: "#41404d",
} as const satisfies Record<string, Color>;

export type ColorName = keyof typeof namedColors;

const spanish = vocabularyOf<ColorName>({
  navy: "azul_marino",
  sky: "azul_cielo azul_celeste celeste",
  red: "rojo roja rojiz* colorad* carmesi escarlata bermej* granate",
  orange: "naranja anaranjad*",
  gold: "dorado dorada oro",
  yellow: "amarill* mostaza",
  lime: "lima",
  green: "verde verdos* esmeralda",
  teal: "turquesa aguamarina",
  blue: "azul azulad*",
  purple: "morado morada violeta purpura violace*",
  lilac: "lila lavanda malva",
  magenta: "fucsia magenta",
  pink: "rosa rosado rosada rosad*",
  brown: "marron cafe pardo parda",
  chestnut: "castaño castaña castano castana",
  blond: "rubio rubia",
  ginger: "pelirroj*",
  cream: "beige crema",
  white: "blanc* blanquec*",
  gray: "gris grisace* canoso canosa canas",
  silver: "platead* plata",
  black: "negro negra azabache",
});

const english = vocabularyOf<ColorName>({
  navy: "navy navy_blue",
  sky: "sky_blue light_blue pale_blue",
  red: "red reddish crimson scarlet ruby",
  orange: "orange",
  gold: "gold golden",
  yellow: "yellow mustard",
  lime: "lime",
  green: "green emerald",
  teal: "teal turquoise",
  blue: "blue bluish",
  purple: "purple violet",
  lilac: "lilac lavender mauve",
  magenta: "magenta fuchsia",
  pink: "pink rosy",
  brown: "brown",
  chestnut: "chestnut auburn",
  blond: "blond blonde",
  ginger: "redhead redheaded",
  cream: "beige cream ivory",
  white: "white snowy",
  gray: "gray grey",
  silver: "silver silvery",
  black: "black",
});

export interface SaidColor {
  readonly at: number;
  readonly length: number;
  readonly color: Color;
  /** Spanish describes what came before, English what comes next. */
  readonly looksBack: boolean;
}

const lighter = new Set("claro clara claros claras claritos pastel palido palida light pale".split(" "));
const darker = new Set("oscuro oscura oscuros oscuras dark deep".split(" "));

export function colorsIn(words: readonly Word[]): readonly SaidColor[] {
  const said = [
    ...spanish.all(words).map((found) => ({ ...found, looksBack: true })),
    ...english.all(words).map((found) => ({ ...found, looksBack: false })),
  ];
  const places = new Set<number>();
  return said
    .sort((one, other) => one.at - other.at)
    .filter(({ at }) => !places.has(at) && places.add(at))
    .map(({ id, at, length, looksBack }) => {
      const shade = words[looksBack ? at + length : at - 1]?.text ?? "";
      const color = namedColors[id];
      if (lighter.has(shade)) return { at, length, looksBack, color: lighten(color, 0.4) };
      if (darker.has(shade)) return { at, length, looksBack, color: darken(color, 0.28) };
      return { at, length, looksBack, color };
    });
}
