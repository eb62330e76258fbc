import type { ImageType } from "../../types.ts";
import type { Random } from "../drawing/random.ts";
import type { Frame } from "../drawing/render.ts";
import { isRoom, type PlaceName } from "../language/place-words.ts";

/** Where things go on a page of this format. */
export interface Layout {
  readonly horizon: number;
  readonly ground: number;
  readonly scale: number;
  readonly quietTop: number;
  /** Of the character, then of its friends. */
  readonly figureX: readonly [number, ...number[]];
}

/** Wide pages are composed along the line of thirds, tall ones upwards, covers with a quiet sky for the title. */
export function layoutOf(
  frame: Frame,
  imageType: ImageType,
  place: PlaceName,
  friends: number,
  isClose: boolean,
  random: Random,
): Layout {
  const { width, height } = frame;
  const isWide = width > height * 1.2;
  const isTall = height > width * 1.2;
  const isCover = imageType === "cover";
  const horizonShare = (isWide ? 0.56 : isTall ? 0.6 : 0.58) + (isRoom(place) ? 0.06 : 0) + (isCover ? 0.04 : 0);
  const figureHeight =
    (isWide ? 560 : isTall ? Math.min(700, height * 0.43) : 520) * (isCover ? 1.1 : 1) * (friends > 0 ? 0.88 : 1);
  return {
    horizon: height * horizonShare,
    ground: height * (isWide ? 0.9 : isTall ? 0.86 : 0.88),
    scale: figureHeight / 195,
    quietTop: isCover ? height * (isWide ? 0.2 : 0.27) : 0,
    figureX: figurePlaces(width, isWide, isCover, friends, isClose, random),
  };
}

function figurePlaces(
  width: number,
  isWide: boolean,
  isCover: boolean,
  friends: number,
  isClose: boolean,
  random: Random,
): readonly [number, ...number[]] {
  const side = random.chance(0.5) ? 1 : -1;
  if (friends === 0) return [width * (isCover ? 0.5 : 0.5 - side * (isWide ? 0.1 : 0.05))];
  const step = Math.min(isWide ? 330 : 300, (width * 0.8) / (friends + 1)) * (isClose ? 0.78 : 1);
  const first = width / 2 - (side * step * friends) / 2;
  const others = Array.from({ length: friends }, (_, index) => first + side * step * (index + 1));
  return [first, ...others];
}
