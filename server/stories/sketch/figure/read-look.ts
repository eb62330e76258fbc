import { type Color, darken, lighten } from "../drawing/color.ts";
import { type Random, randomFrom } from "../drawing/random.ts";
import { namedColors } from "../language/colors.ts";
import { type Description, describe } from "../language/descriptions.ts";
import { isPerson, type KindName, kinds, type PersonKind } from "../language/kind-words.ts";
import { bodyParts, type GarmentName, garments, hairStyles, skinTones } from "../language/look-words.ts";
import type { Found } from "../language/vocabulary.ts";
import { type Word, wordsOf } from "../language/words.ts";
import { dressed, type SaidGarments } from "./dressing.ts";
import type { AnimalLook, Look, PersonLook } from "./look.ts";
import { species } from "./species.ts";

/**
 * The look that a description tells of. What it leaves open (the colour of the eyes, say) is drawn from the description
 * itself, so that it too is the same on every page.
 */
export function readLook(characterText: string): Look {
  const words = wordsOf(characterText);
  const kind = kinds.all(words).at(0)?.id ?? "child";
  return lookOf(kind, words, randomFrom(`look\u0000${characterText}`));
}

/** Somebody of whom only the kind is known: a friend whom the character meets. */
export function plainLook(kind: KindName, seed: string, colors: readonly Color[] = []): Look {
  const look = lookOf(kind, [], randomFrom(`friend\u0000${seed}`));
  const [first] = colors;
  return first !== undefined && look.is === "animal" ? { ...look, fur: first, belly: lighten(first, 0.7) } : look;
}

function lookOf(kind: KindName, words: readonly Word[], random: Random): Look {
  const said = whatIsSaid(words);
  return isPerson(kind) ? personLook(kind, words, said, random) : animalLook(kind, said, random);
}

interface Said {
  readonly garments: SaidGarments;
  readonly eyes: readonly Color[];
  readonly hair: readonly Color[];
  readonly skin: readonly Color[];
  readonly fur: readonly Color[];
  readonly belly: readonly Color[];
  readonly tail: readonly Color[];
  readonly kind: readonly Color[];
}

type Part = "hair" | "eyes" | "skin" | "fur" | "belly" | "tail" | "nose" | "other";
type LookNoun =
  | (Found<GarmentName> & { readonly is: "garment" })
  | (Found<Part> & { readonly is: "part" })
  | (Found<KindName> & { readonly is: "kind" });

function whatIsSaid(words: readonly Word[]): Said {
  const nouns: LookNoun[] = [
    ...garments.all(words).map((found) => ({ ...found, is: "garment" as const })),
    ...bodyParts.all(words).map((found) => ({ ...found, is: "part" as const })),
    ...kinds.all(words).map((found) => ({ ...found, is: "kind" as const })),
  ].sort((one, other) => one.at - other.at);
  const described = describe(words, nouns);
  const colorsOf = (wanted: Part): readonly Color[] =>
    nouns.flatMap((noun) => (noun.is === "part" && noun.id === wanted ? (described.get(noun)?.colors ?? []) : []));
  const worn = new Map<GarmentName, Description & { readonly at: number }>();
  for (const noun of nouns) {
    if (noun.is !== "garment" || worn.has(noun.id)) continue;
    worn.set(noun.id, { ...(described.get(noun) ?? { colors: [], size: null, count: 1 }), at: noun.at });
  }
  return {
    garments: { worn, words },
    eyes: colorsOf("eyes"),
    hair: colorsOf("hair"),
    skin: colorsOf("skin"),
    fur: colorsOf("fur"),
    belly: colorsOf("belly"),
    tail: colorsOf("tail"),
    kind: nouns.flatMap((noun) => (noun.is === "kind" ? (described.get(noun)?.colors ?? []) : [])),
  };
}

const skins = { fair: "#fbdcc4", tan: "#e9b98f", brown: "#c48a5e", dark: "#8a5a3e" } as const;
const hairColors = ["#5a3a2c", "#7a4a30", "#3b3138", "#d9763a", "#eebf5e", "#96694a"] as const;
const eyeColors = ["#3d2c33", "#4a3228", "#2f3b4f", "#35503f"] as const;

const adults: ReadonlySet<PersonKind> = new Set<PersonKind>(["mother", "father", "wizard", "witch", "pirate"]);
const elders: ReadonlySet<PersonKind> = new Set<PersonKind>(["grandmother", "grandfather"]);
const longHaired: ReadonlySet<PersonKind> = new Set<PersonKind>(["girl", "princess", "mother", "fairy", "witch"]);

function personLook(kind: PersonKind, words: readonly Word[], said: Said, random: Random): PersonLook {
  const tone = skinTones.all(words).at(0)?.id ?? random.pick(["fair", "fair", "tan", "brown", "dark"] as const);
  const age = elders.has(kind) ? "elder" : adults.has(kind) ? "adult" : "child";
  const grown = random.pick(hairColors);
  const hair =
    said.hair[0] ?? hairFromKind(said.kind) ?? (age === "elder" ? "#e4e0e2" : tone === "dark" ? "#33292f" : grown);
  const style =
    hairStyles.all(words).find(({ id, at }) => isAboutHair(words, id, at))?.id ??
    (kind === "grandmother"
      ? "bun"
      : kind === "grandfather"
        ? "bald"
        : longHaired.has(kind)
          ? random.pick(["long", "braids", "bob", "pigtails"] as const)
          : random.pick(["short", "spiky", "curly"] as const));
  const skin =
    said.skin[0] === undefined || said.skin[0] === namedColors.black
      ? skins[tone]
      : skinNear(said.skin[0], skins[tone]);
  const hasBeard =
    said.garments.worn.has("beard") || kind === "wizard" || (kind === "grandfather" && random.chance(0.5));
  return {
    is: "person",
    kind,
    age,
    skin,
    hair,
    hairStyle: style,
    eyes: eyesOf(said, random),
    beard: hasBeard ? (said.garments.worn.get("beard")?.colors[0] ?? (kind === "wizard" ? "#efedf2" : hair)) : null,
    hasMustache: said.garments.worn.has("mustache") || (kind === "grandfather" && !hasBeard),
    hasFreckles: said.garments.worn.has("freckles"),
    size: age === "child" ? 1 : age === "adult" ? 1.22 : 1.12,
    wardrobe: dressed(kind, said.garments, random.fork("wardrobe")),
  };
}

function animalLook(kind: Exclude<KindName, PersonKind>, said: Said, random: Random): AnimalLook {
  const usual = species[kind];
  const fur = said.fur[0] ?? said.skin[0] ?? said.kind[0] ?? said.hair[0] ?? usual.fur;
  const isRecolored = fur !== usual.fur;
  const second = said.belly[0] ?? said.kind[1] ?? said.fur[1];
  return {
    is: "animal",
    kind,
    fur,
    belly: second ?? (isRecolored ? lighten(fur, 0.72) : usual.belly),
    detail: usual.detail,
    eyes: eyesOf(said, random),
    size: usual.size ?? 1,
    wardrobe: dressed(kind, said.garments, random.fork("wardrobe")),
  };
}

function eyesOf(said: Said, random: Random): Color {
  const usual = random.pick(eyeColors);
  const [color] = said.eyes;
  return color === undefined ? usual : darken(color, 0.25);
}

/** `a blonde girl`, `un niño pelirrojo`: the colour of somebody is the colour of their hair. */
function hairFromKind(colors: readonly Color[]): Color | null {
  const hairy: readonly Color[] = [namedColors.blond, namedColors.ginger, namedColors.chestnut, namedColors.brown];
  return colors.find((color) => hairy.includes(color)) ?? null;
}

/** Brown skin is a skin tone, green skin is a tale; both are allowed. */
function skinNear(said: Color, tone: Color): Color {
  if (said === namedColors.brown || said === namedColors.chestnut) return "#a9714a";
  if (said === namedColors.white || said === namedColors.cream || said === namedColors.pink) return skins.fair;
  return said === tone ? tone : said;
}

const lengths: ReadonlySet<string> = new Set(["long", "short", "bob", "curly", "spiky", "bun"]);

/** `long` says something of hair only where hair is near; `braids` always does. */
function isAboutHair(words: readonly Word[], style: string, at: number): boolean {
  if (!lengths.has(style)) return true;
  for (let near = Math.max(0, at - 4); near <= at + 4; near += 1) {
    if (words[near]?.phrase !== words[at]?.phrase) continue;
    const found = bodyParts.at(words, near);
    if (found?.id === "hair") return true;
  }
  return false;
}
