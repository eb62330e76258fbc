import type { Color } from "../drawing/color.ts";
import type { Look } from "../figure/look.ts";
import { describe } from "../language/descriptions.ts";
import { type KindName, kinds } from "../language/kind-words.ts";
import { bodyParts, garments } from "../language/look-words.ts";
import {
  type Mood,
  moods,
  type PoseName,
  poses,
  type TimeOfDay,
  times,
  type Weather,
  weathers,
} from "../language/moment-words.ts";
import { type PlaceName, places } from "../language/place-words.ts";
import { type ThingName, things } from "../language/thing-words.ts";
import type { Found } from "../language/vocabulary.ts";
import { type Word, wordsOf } from "../language/words.ts";

export interface SceneThing {
  readonly name: ThingName;
  readonly colors: readonly Color[];
  readonly size: "small" | "large" | null;
  readonly count: number;
}

export interface SceneFriend {
  readonly kind: KindName;
  readonly colors: readonly Color[];
  readonly count: number;
}

/** What a prompt says of a picture; null where it says nothing. */
export interface Scene {
  readonly place: PlaceName | null;
  readonly time: TimeOfDay | null;
  readonly weather: Weather | null;
  readonly mood: Mood | null;
  readonly pose: PoseName | null;
  readonly things: readonly SceneThing[];
  readonly friends: readonly SceneFriend[];
}

const thingsMax = 7;
const friendsMax = 3;

export function readScene(prompt: string, hero: Look): Scene {
  const words = wordsOf(prompt);
  const place = mostSaid(places.all(words));
  const said: Noun[] = [
    ...things.all(words).map((found) => ({ ...found, is: "thing" as const })),
    ...kinds.all(words).map((found) => ({ ...found, is: "kind" as const })),
    ...garments.all(words).map((found) => ({ ...found, is: "worn" as const })),
    ...bodyParts.all(words).map((found) => ({ ...found, is: "worn" as const })),
  ];
  const nouns = said.sort((one, other) => one.at - other.at);
  const described = describe(words, nouns);
  const found = new Map<ThingName, SceneThing>();
  for (const noun of nouns) {
    if (noun.is !== "thing" || isPartOfPlace(noun.id, place)) continue;
    const { colors = [], size = null, count = 1 } = described.get(noun) ?? {};
    const before = found.get(noun.id);
    found.set(noun.id, {
      name: noun.id,
      colors: before?.colors.length ? before.colors : colors,
      size: before?.size ?? size,
      count: before?.count ?? count,
    });
  }
  return {
    place,
    time: hourOf(words),
    weather: weathers.all(words).at(0)?.id ?? null,
    mood: moods.all(words).at(0)?.id ?? null,
    pose: poses.all(words).at(0)?.id ?? null,
    things: [...found.values()].slice(0, thingsMax),
    friends: friendsIn(nouns, described, hero),
  };
}

type Noun =
  | (Found<ThingName> & { readonly is: "thing" })
  | (Found<KindName> & { readonly is: "kind" })
  | (Found<string> & { readonly is: "worn" });

/** Everybody who is spoken of and is not the character itself. */
function friendsIn(
  nouns: readonly Noun[],
  described: ReturnType<typeof describe<Noun>>,
  hero: Look,
): readonly SceneFriend[] {
  const friends = new Map<KindName, SceneFriend>();
  let isHeroSeen = false;
  for (const noun of nouns) {
    if (noun.is !== "kind") continue;
    const isHero = noun.id === hero.kind || (hero.is === "person" && hero.age === "child" && childish.has(noun.id));
    const { colors = [], count = 1 } = described.get(noun) ?? {};
    if (isHero && (!isHeroSeen || count === 1)) {
      isHeroSeen = true;
      continue;
    }
    if (friends.has(noun.id) || friends.size >= friendsMax) continue;
    friends.set(noun.id, { kind: noun.id, colors, count: Math.min(3, count) });
  }
  return [...friends.values()];
}

const childish: ReadonlySet<KindName> = new Set<KindName>(["girl", "boy", "child"]);

/** `bosque` said twice beats `camino al castillo` said once; of equals, the first. */
function mostSaid(found: readonly Found<PlaceName>[]): PlaceName | null {
  const counts = new Map<PlaceName, number>();
  for (const { id } of found) counts.set(id, (counts.get(id) ?? 0) + 1);
  let best: PlaceName | null = null;
  for (const [id, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = id;
  return best;
}

/** Day is said of anything (`one day`), so any other hour that is said counts more. */
function hourOf(words: readonly Word[]): TimeOfDay | null {
  const said = times.all(words);
  return said.find(({ id }) => id !== "day")?.id ?? said.at(0)?.id ?? null;
}

/** A forest has its trees, a village its houses. */
function isPartOfPlace(thing: ThingName, place: PlaceName | null): boolean {
  if (place === null) return false;
  const own: Partial<Record<PlaceName, readonly ThingName[]>> = {
    forest: ["tree"],
    jungle: ["tree"],
    village: ["house"],
    space: ["star"],
    home: ["house"],
    kitchen: ["house"],
    bedroom: ["house"],
    desert: ["cactus"],
    library: ["book"],
  };
  return own[place]?.includes(thing) ?? false;
}
