import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA, thumbHashToDataURL } from "thumbhash";

export interface Placeholder {
  /** A blurred picture of about 32×32 as a PNG data URL. */
  readonly dataUrl: string;
  /** The average colour, for CSS. */
  readonly colour: string;
  /** Width by height, roughly. */
  readonly aspectRatio: number;
}

const placeholdersMax = 2_000;
const decoded = new Map<string, Placeholder | null>();

/** What a photo's `placeholder` (a ThumbHash in base64) draws before any byte of it is there; null if unreadable. */
export function placeholderOf(hash: string | null | undefined): Placeholder | null {
  if (hash === null || hash === undefined || hash === "") return null;
  const known = decoded.get(hash);
  if (known !== undefined) return known;
  const placeholder = decode(hash);
  if (decoded.size >= placeholdersMax) decoded.clear();
  decoded.set(hash, placeholder);
  return placeholder;
}

function decode(hash: string): Placeholder | null {
  try {
    const bytes = Uint8Array.from(atob(hash), (character) => character.charCodeAt(0));
    if (bytes.length < 5) return null;
    const { r, g, b } = thumbHashToAverageRGBA(bytes);
    const [red, green, blue] = [r, g, b].map((part) => Math.round(part * 255));
    return {
      dataUrl: thumbHashToDataURL(bytes),
      colour: `rgb(${red} ${green} ${blue})`,
      aspectRatio: thumbHashToApproximateAspectRatio(bytes),
    };
  } catch {
    // Not base64: a picture without its placeholder is better than none.
    return null;
  }
}
