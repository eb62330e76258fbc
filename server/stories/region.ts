import type { Foundation } from "../foundation/foundation.ts";
import { defaultRegion } from "./settings.ts";

/** Where a story is made: what the request says, else the story, else the setting; null when nobody knows. */
export async function regionOf(
  { settings }: Pick<Foundation, "settings">,
  asked: string | null | undefined,
  story: { readonly region: string | null },
): Promise<string | null> {
  return asked ?? story.region ?? (await settings.get(defaultRegion));
}
