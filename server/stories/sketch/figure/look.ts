import type { Color } from "../drawing/color.ts";
import type { AnimalKind, KindName } from "../language/kind-words.ts";
import type { HairStyle, Pattern } from "../language/look-words.ts";

export interface Garment {
  readonly color: Color;
  readonly second: Color | null;
  readonly pattern: Pattern | null;
}

/** What somebody wears; absent where it is not said and not needed for decency. */
export interface Wardrobe {
  readonly dress?: Garment;
  readonly skirt?: Garment;
  readonly top?: Garment & { readonly hasLongSleeves: boolean };
  readonly coat?: Garment;
  readonly trousers?: Garment & { readonly isShort: boolean };
  readonly overalls?: Garment;
  readonly apron?: Garment;
  readonly cape?: Garment;
  readonly shawl?: Garment;
  readonly scarf?: Garment;
  readonly hat?: Garment & { readonly kind: HatKind };
  readonly bow?: Garment;
  readonly boots?: Garment;
  readonly shoes?: Garment;
  readonly socks?: Garment;
  readonly glasses?: Garment;
  readonly backpack?: Garment;
  readonly necklace?: Garment;
  readonly bowTie?: Garment;
  readonly gloves?: Garment;
  readonly wings?: Garment;
}

export const hatKinds = ["hat", "strawHat", "cap", "beanie", "pointedHat", "helmet", "crown", "flowerCrown"] as const;
export type HatKind = (typeof hatKinds)[number];

interface Common {
  readonly kind: KindName;
  readonly eyes: Color;
  readonly wardrobe: Wardrobe;
  /** Relative to a child: 1. */
  readonly size: number;
}

export interface PersonLook extends Common {
  readonly is: "person";
  readonly age: "child" | "adult" | "elder";
  readonly skin: Color;
  readonly hair: Color;
  readonly hairStyle: HairStyle;
  readonly beard: Color | null;
  readonly hasMustache: boolean;
  readonly hasFreckles: boolean;
}

export interface AnimalLook extends Common {
  readonly is: "animal";
  readonly kind: AnimalKind;
  readonly fur: Color;
  readonly belly: Color;
  /** Of inner ears, beaks, horns, manes: what the kind has. */
  readonly detail: Color;
}

/** How somebody looks on every page. Made from the description of the character alone. */
export type Look = PersonLook | AnimalLook;
