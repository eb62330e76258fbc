import type { Color } from "../drawing/color.ts";
import type { Random } from "../drawing/random.ts";
import { namedColors } from "../language/colors.ts";
import type { Description } from "../language/descriptions.ts";
import { isPerson, type KindName } from "../language/kind-words.ts";
import { type GarmentName, patterns } from "../language/look-words.ts";
import type { Word } from "../language/words.ts";
import { type Garment, type HatKind, hatKinds, type Wardrobe } from "./look.ts";

export interface SaidGarments {
  readonly worn: ReadonlyMap<GarmentName, Description & { readonly at: number }>;
  readonly words: readonly Word[];
}

const cloth = ["red", "teal", "gold", "blue", "green", "magenta", "orange", "purple"] as const;
const leather: Color = "#7d5238";

/** What is worn: what the description says, and of the rest what nobody goes out without. */
export function dressed(kind: KindName, said: SaidGarments, random: Random): Wardrobe {
  const colors = [random.pick(cloth), random.pick(cloth), random.pick(cloth)] as const;
  const cut = (name: GarmentName, usual: Color): Garment | undefined => {
    const worn = said.worn.get(name);
    if (worn === undefined) return undefined;
    return {
      color: worn.colors[0] ?? usual,
      second: worn.colors[1] ?? null,
      pattern: patternNear(said.words, worn.at),
    };
  };
  const wardrobe: Mutable<Wardrobe> = {};
  const put = (part: PlainPart, garment: Garment | undefined): void => {
    if (garment !== undefined) wardrobe[part] = garment;
  };

  for (const [part, usual] of plainParts(namedColors[colors[0]], namedColors[colors[1]])) put(part, cut(part, usual));
  put("bow", cut("bow", namedColors.red));
  const shoes = cut("shoes", namedColors.brown) ?? cut("sandals", leather);
  put("shoes", shoes);
  const shirt = cut("shirt", namedColors[colors[2]]);
  const sweater = cut("sweater", namedColors[colors[2]]);
  const pajamas = cut("pajamas", namedColors.sky);
  const top = sweater ?? shirt ?? pajamas;
  if (top !== undefined) wardrobe.top = { ...top, hasLongSleeves: shirt === undefined || sweater !== undefined };
  const trousers = cut("trousers", namedColors.navy) ?? pajamas;
  const shorts = cut("shorts", namedColors.navy);
  if (shorts !== undefined) wardrobe.trousers = { ...shorts, isShort: true };
  else if (trousers !== undefined) wardrobe.trousers = { ...trousers, isShort: false };
  const hat = hatKinds.map((name) => ({ name, garment: cut(name, hatColors[name]) })).find(({ garment }) => garment);
  if (hat?.garment) wardrobe.hat = { ...hat.garment, kind: hat.name };

  return isPerson(kind) ? decent(kind, wardrobe, colors) : wardrobe;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type PlainPart = Exclude<keyof Wardrobe, "top" | "trousers" | "hat">;
type NamedAlike = Extract<PlainPart, GarmentName>;

function plainParts(first: Color, second: Color): readonly (readonly [NamedAlike, Color])[] {
  return [
    ["dress", first],
    ["skirt", first],
    ["coat", second],
    ["overalls", namedColors.blue],
    ["apron", namedColors.cream],
    ["cape", namedColors.red],
    ["shawl", namedColors.lilac],
    ["scarf", namedColors.red],
    ["boots", namedColors.gold],
    ["socks", namedColors.white],
    ["glasses", "#5b4a52"],
    ["backpack", leather],
    ["necklace", namedColors.gold],
    ["bowTie", namedColors.red],
    ["gloves", namedColors.red],
    ["wings", "#dff0fa"],
  ];
}

const hatColors: Readonly<Record<HatKind, Color>> = {
  hat: leather,
  strawHat: "#ecca7e",
  cap: namedColors.red,
  beanie: namedColors.red,
  pointedHat: namedColors.purple,
  helmet: namedColors.silver,
  crown: namedColors.gold,
  flowerCrown: namedColors.pink,
};

/** People are dressed from head to toe, and some by their calling. */
function decent(kind: KindName, said: Wardrobe, colors: readonly (keyof typeof namedColors)[]): Wardrobe {
  const [first = "red", second = "teal", third = "blue"] = colors;
  const plainly = (color: Color): Garment => ({ color, second: null, pattern: null });
  const wardrobe: Mutable<Wardrobe> = { ...said };
  const isCovered = Boolean(said.dress ?? said.coat ?? said.overalls ?? said.top ?? said.skirt ?? said.trousers);
  switch (kind) {
    case "princess":
    case "fairy":
    case "witch":
      if (!isCovered)
        wardrobe.dress = plainly(namedColors[kind === "witch" ? "purple" : kind === "fairy" ? "lime" : "pink"]);
      wardrobe.hat ??=
        kind === "witch"
          ? { ...plainly(namedColors.purple), kind: "pointedHat" }
          : kind === "princess"
            ? { ...plainly(namedColors.gold), kind: "crown" }
            : { ...plainly(namedColors.pink), kind: "flowerCrown" };
      if (kind === "fairy") wardrobe.wings ??= plainly("#dff0fa");
      break;
    case "prince":
      wardrobe.hat ??= { ...plainly(namedColors.gold), kind: "crown" };
      wardrobe.cape ??= plainly(namedColors.red);
      break;
    case "wizard":
      if (!isCovered) wardrobe.dress = { ...plainly("#4b5a9c"), pattern: "stars", second: namedColors.gold };
      wardrobe.hat ??= { ...plainly("#4b5a9c"), kind: "pointedHat" };
      break;
    case "astronaut":
    case "knight":
      wardrobe.hat ??= { ...plainly(kind === "knight" ? namedColors.silver : namedColors.white), kind: "helmet" };
      if (!isCovered) {
        const suit = plainly(kind === "knight" ? namedColors.silver : namedColors.white);
        wardrobe.top = { ...suit, hasLongSleeves: true };
        wardrobe.trousers = { ...suit, isShort: false };
      }
      break;
    case "pirate":
      wardrobe.hat ??= { ...plainly(namedColors.black), kind: "hat" };
      if (!isCovered)
        wardrobe.top = { color: namedColors.white, second: namedColors.red, pattern: "stripes", hasLongSleeves: true };
      break;
    case "grandmother":
      if (!isCovered) wardrobe.dress = { ...plainly(namedColors[first]), pattern: "flowers" };
      wardrobe.glasses ??= plainly("#8a6f5a");
      wardrobe.shawl ??= plainly(namedColors.lilac);
      break;
    case "girl":
    case "mother":
      if (!isCovered) wardrobe.dress = plainly(namedColors[first]);
      break;
    default:
      break;
  }
  if (!wardrobe.dress && !wardrobe.coat && !wardrobe.top) {
    wardrobe.top = {
      ...plainly(namedColors[wardrobe.overalls ? "cream" : second]),
      hasLongSleeves: kind === "grandfather",
    };
  }
  if (!wardrobe.dress && !wardrobe.skirt && !wardrobe.trousers && !wardrobe.overalls) {
    wardrobe.trousers = { ...plainly(third === second ? namedColors.navy : "#4f6184"), isShort: kind === "boy" };
  }
  if (!wardrobe.boots) wardrobe.shoes ??= plainly(leather);
  return wardrobe;
}

function patternNear(words: readonly Word[], at: number): Garment["pattern"] {
  for (let near = at - 3; near <= at + 5; near += 1) {
    if (words[near]?.phrase !== words[at]?.phrase) continue;
    const found = patterns.at(words, near);
    if (found !== null && !(found.id === "flowers" && words[near - 1]?.text === "corona")) return found.id;
  }
  return null;
}
