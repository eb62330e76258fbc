import { type Color, darken, lighten, mix } from "../drawing/color.ts";
import type { TimeOfDay, Weather } from "../language/moment-words.ts";

/** The colours of a place at an hour. The character keeps its own. */
export interface Palette {
  readonly skyTop: Color;
  readonly skyMiddle: Color;
  readonly skyLow: Color;
  /** Of sun or moon. */
  readonly lamp: Color;
  readonly cloud: Color;
  /** What far things fade into. */
  readonly haze: Color;
  readonly hill: Color;
  readonly grass: Color;
  readonly grassNear: Color;
  readonly leaves: readonly [Color, Color, Color];
  readonly bark: Color;
  readonly water: Color;
  readonly sand: Color;
  readonly stone: Color;
  readonly path: Color;
  /** Lit windows, lanterns. */
  readonly glow: Color;
  readonly isDark: boolean;
}

const hours: Readonly<Record<TimeOfDay, Palette>> = {
  day: {
    skyTop: "#7cc4ea",
    skyMiddle: "#b5e0f2",
    skyLow: "#fdf1d3",
    lamp: "#ffe59a",
    cloud: "#ffffff",
    haze: "#d8ebe8",
    hill: "#8fc28d",
    grass: "#9ccb68",
    grassNear: "#6fae57",
    leaves: ["#5ea35a", "#82b955", "#3f8760"],
    bark: "#8d6346",
    water: "#5fb6d6",
    sand: "#f6dfa8",
    stone: "#b3aeb0",
    path: "#ecd5a0",
    glow: "#ffe9a8",
    isDark: false,
  },
  dawn: {
    skyTop: "#8fb4e3",
    skyMiddle: "#f4c6cf",
    skyLow: "#ffe6b8",
    lamp: "#fff0bd",
    cloud: "#fff0ee",
    haze: "#f7dcd6",
    hill: "#a8bfa3",
    grass: "#aecb86",
    grassNear: "#7ba867",
    leaves: ["#75a46e", "#98b768", "#5a8f74"],
    bark: "#94684f",
    water: "#8cbcd8",
    sand: "#f8dfb8",
    stone: "#bdb0b6",
    path: "#f0d6ac",
    glow: "#fff0bd",
    isDark: false,
  },
  sunset: {
    skyTop: "#6d6fb3",
    skyMiddle: "#f0948a",
    skyLow: "#ffd286",
    lamp: "#ffe08a",
    cloud: "#ffd0bd",
    haze: "#f4b795",
    hill: "#a67f8d",
    grass: "#a79c5c",
    grassNear: "#75804f",
    leaves: ["#8a8a4e", "#c08c4c", "#5f7856"],
    bark: "#7c5048",
    water: "#d78f8f",
    sand: "#f2c795",
    stone: "#a58f98",
    path: "#e8bd8a",
    glow: "#ffe08a",
    isDark: false,
  },
  night: {
    skyTop: "#1d2552",
    skyMiddle: "#34407f",
    skyLow: "#6b6fae",
    lamp: "#fff4cf",
    cloud: "#5c66a3",
    haze: "#4b5595",
    hill: "#3a4a80",
    grass: "#3d6470",
    grassNear: "#2b4b5b",
    leaves: ["#2f5a68", "#3f7272", "#264a60"],
    bark: "#463c58",
    water: "#34548f",
    sand: "#8a85a6",
    stone: "#686a8c",
    path: "#7c789c",
    glow: "#ffd983",
    isDark: true,
  },
};

export function paletteOf(time: TimeOfDay, weather: Weather | null): Palette {
  const hour = hours[time];
  switch (weather) {
    case "rain":
      return overcast(hour, time === "night" ? "#39466d" : "#9fb2c4", 0.55);
    case "storm":
      return overcast(hour, "#4a5478", 0.72);
    case "fog":
      return overcast(hour, time === "night" ? "#5f6a94" : "#dfe3e4", 0.5);
    case "snow":
      return snowy(hour);
    default:
      return hour;
  }
}

function overcast(palette: Palette, gray: Color, share: number): Palette {
  return {
    ...palette,
    skyTop: mix(palette.skyTop, darken(gray, 0.16), share),
    skyMiddle: mix(palette.skyMiddle, gray, share),
    skyLow: mix(palette.skyLow, lighten(gray, 0.3), share),
    cloud: mix(palette.cloud, lighten(gray, 0.2), share),
    haze: mix(palette.haze, gray, share),
    hill: mix(palette.hill, gray, share * 0.5),
    grass: mix(palette.grass, gray, share * 0.28),
    grassNear: mix(palette.grassNear, gray, share * 0.22),
    water: mix(palette.water, gray, share * 0.5),
  };
}

function snowy(palette: Palette): Palette {
  const white: Color = palette.isDark ? "#a9b7de" : "#f6f9fc";
  return {
    ...palette,
    skyTop: mix(palette.skyTop, "#a9c3dd", palette.isDark ? 0.1 : 0.5),
    skyLow: mix(palette.skyLow, "#eef3f8", 0.35),
    haze: mix(palette.haze, white, 0.5),
    hill: mix(palette.hill, white, 0.7),
    grass: mix(palette.grass, white, 0.9),
    grassNear: mix(palette.grassNear, white, 0.82),
    leaves: [
      mix(palette.leaves[0], "#5f8f93", 0.4),
      mix(palette.leaves[1], white, 0.55),
      mix(palette.leaves[2], "#4f7d8c", 0.4),
    ],
    path: mix(palette.path, white, 0.6),
    sand: mix(palette.sand, white, 0.5),
  };
}
