import type { Color } from "../drawing/color.ts";
import type { AnimalKind } from "../language/kind-words.ts";

export type Build = "plush" | "bird" | "fish" | "octopus" | "robot" | "ghost";

export interface Species {
  readonly build: Build;
  readonly fur: Color;
  readonly belly: Color;
  readonly detail: Color;
  readonly ears?: "pointed" | "round" | "tall" | "floppy" | "wide" | "small" | "side";
  readonly muzzle?: "patch" | "mask" | "snout" | "trunk" | "long" | "wide" | "none";
  readonly tail?: "bushy" | "long" | "puff" | "tuft" | "ringed" | "thick" | "short";
  readonly extra?: readonly Extra[];
  readonly size?: number;
  /** Only for birds. */
  readonly bird?: "owl" | "round" | "duck" | "penguin" | "parrot";
}

export type Extra =
  | "whiskers"
  | "mane"
  | "stripes"
  | "eyePatches"
  | "antlers"
  | "horns"
  | "unicornHorn"
  | "hairTuft"
  | "spikes"
  | "backPlates"
  | "shell"
  | "wool"
  | "dragonWings"
  | "eyesOnTop"
  | "spots"
  | "raccoonMask"
  | "ossicones"
  | "antennae"
  | "socks";

/** What sets the animals apart; everything else they share. */
export const species: Readonly<Record<AnimalKind, Species>> = {
  fox: {
    build: "plush",
    fur: "#e5803c",
    belly: "#fdf1df",
    detail: "#5b3a33",
    ears: "pointed",
    muzzle: "mask",
    tail: "bushy",
    extra: ["socks"],
  },
  wolf: {
    build: "plush",
    fur: "#8b93a3",
    belly: "#edeef0",
    detail: "#555c6e",
    ears: "pointed",
    muzzle: "mask",
    tail: "bushy",
  },
  raccoon: {
    build: "plush",
    fur: "#989aa3",
    belly: "#eceae6",
    detail: "#4f4f5c",
    ears: "round",
    muzzle: "patch",
    tail: "ringed",
    extra: ["raccoonMask"],
  },
  bear: {
    build: "plush",
    fur: "#a0714a",
    belly: "#ecd2ab",
    detail: "#e0b486",
    ears: "round",
    muzzle: "patch",
    tail: "short",
    size: 1.12,
  },
  panda: {
    build: "plush",
    fur: "#fbf7ef",
    belly: "#fffdf8",
    detail: "#45434f",
    ears: "round",
    muzzle: "none",
    tail: "short",
    extra: ["eyePatches", "socks"],
    size: 1.08,
  },
  koala: {
    build: "plush",
    fur: "#9aa2ad",
    belly: "#e9e6e2",
    detail: "#e3c7cb",
    ears: "wide",
    muzzle: "none",
    size: 0.92,
  },
  rabbit: {
    build: "plush",
    fur: "#e9dccb",
    belly: "#fffaf0",
    detail: "#f0b6b4",
    ears: "tall",
    muzzle: "none",
    tail: "puff",
    extra: ["whiskers"],
  },
  cat: {
    build: "plush",
    fur: "#eda860",
    belly: "#fff3df",
    detail: "#f0aeb0",
    ears: "pointed",
    muzzle: "none",
    tail: "long",
    extra: ["whiskers", "stripes"],
  },
  lion: {
    build: "plush",
    fur: "#ecb85e",
    belly: "#fbe7bb",
    detail: "#b9692f",
    ears: "round",
    muzzle: "patch",
    tail: "tuft",
    extra: ["mane"],
    size: 1.08,
  },
  tiger: {
    build: "plush",
    fur: "#ee9440",
    belly: "#fff0da",
    detail: "#4a3436",
    ears: "round",
    muzzle: "patch",
    tail: "long",
    extra: ["stripes"],
    size: 1.08,
  },
  dog: {
    build: "plush",
    fur: "#d0a06c",
    belly: "#fbeed8",
    detail: "#93623d",
    ears: "floppy",
    muzzle: "patch",
    tail: "short",
  },
  mouse: {
    build: "plush",
    fur: "#b5b2ba",
    belly: "#f1eeec",
    detail: "#f0b9bb",
    ears: "wide",
    muzzle: "none",
    tail: "long",
    extra: ["whiskers"],
    size: 0.8,
  },
  hedgehog: {
    build: "plush",
    fur: "#e7c9a2",
    belly: "#f8e8cd",
    detail: "#7a5540",
    ears: "small",
    muzzle: "none",
    extra: ["spikes"],
    size: 0.84,
  },
  squirrel: {
    build: "plush",
    fur: "#c9743f",
    belly: "#fbe6c9",
    detail: "#8d4a2a",
    ears: "pointed",
    muzzle: "none",
    tail: "bushy",
    size: 0.86,
  },
  deer: {
    build: "plush",
    fur: "#c08a5a",
    belly: "#f5e3c8",
    detail: "#8a6142",
    ears: "side",
    muzzle: "patch",
    tail: "short",
    extra: ["antlers", "spots"],
  },
  elephant: {
    build: "plush",
    fur: "#a3afc0",
    belly: "#ccd4de",
    detail: "#e6bcc4",
    ears: "wide",
    muzzle: "trunk",
    tail: "tuft",
    size: 1.12,
  },
  giraffe: {
    build: "plush",
    fur: "#f2cb6c",
    belly: "#fbe9bd",
    detail: "#b87a40",
    ears: "side",
    muzzle: "wide",
    tail: "tuft",
    extra: ["ossicones", "spots"],
    size: 1.16,
  },
  monkey: {
    build: "plush",
    fur: "#8f6246",
    belly: "#efcfa6",
    detail: "#efcfa6",
    ears: "side",
    muzzle: "wide",
    tail: "long",
  },
  pig: {
    build: "plush",
    fur: "#f4b5b3",
    belly: "#fbd6d2",
    detail: "#e38f92",
    ears: "small",
    muzzle: "snout",
    tail: "short",
  },
  sheep: {
    build: "plush",
    fur: "#5e5560",
    belly: "#fbf6ea",
    detail: "#fbf6ea",
    ears: "side",
    muzzle: "none",
    extra: ["wool"],
  },
  cow: {
    build: "plush",
    fur: "#fbf7ef",
    belly: "#fffdf8",
    detail: "#4b4650",
    ears: "side",
    muzzle: "wide",
    tail: "tuft",
    extra: ["horns", "spots"],
    size: 1.06,
  },
  horse: {
    build: "plush",
    fur: "#b57d51",
    belly: "#dcae82",
    detail: "#5f3f30",
    ears: "pointed",
    muzzle: "long",
    tail: "bushy",
    extra: ["hairTuft"],
    size: 1.08,
  },
  unicorn: {
    build: "plush",
    fur: "#fbf4f4",
    belly: "#ffffff",
    detail: "#c79be0",
    ears: "pointed",
    muzzle: "long",
    tail: "bushy",
    extra: ["hairTuft", "unicornHorn"],
    size: 1.08,
  },
  frog: {
    build: "plush",
    fur: "#7fbf5a",
    belly: "#e6f0b8",
    detail: "#5d9a45",
    muzzle: "none",
    extra: ["eyesOnTop"],
    size: 0.86,
  },
  turtle: {
    build: "plush",
    fur: "#8fc07a",
    belly: "#efe2a6",
    detail: "#6f8a4a",
    muzzle: "none",
    tail: "short",
    extra: ["shell"],
    size: 0.9,
  },
  dragon: {
    build: "plush",
    fur: "#63b37c",
    belly: "#f6e3a8",
    detail: "#e98b4f",
    muzzle: "wide",
    tail: "thick",
    extra: ["horns", "backPlates", "dragonWings"],
    size: 1.1,
  },
  dinosaur: {
    build: "plush",
    fur: "#7db86a",
    belly: "#f2e7b0",
    detail: "#4f8f6d",
    muzzle: "wide",
    tail: "thick",
    extra: ["backPlates"],
    size: 1.1,
  },
  monster: {
    build: "plush",
    fur: "#8f83d4",
    belly: "#d8d0f5",
    detail: "#f0b93c",
    ears: "small",
    muzzle: "none",
    tail: "short",
    extra: ["antennae", "spots"],
    size: 1.06,
  },
  owl: { build: "bird", bird: "owl", fur: "#a67b55", belly: "#f3dfba", detail: "#f0a23c", size: 0.84 },
  songbird: { build: "bird", bird: "round", fur: "#5fa3d6", belly: "#fdeccb", detail: "#f0a23c", size: 0.66 },
  chick: { build: "bird", bird: "round", fur: "#f7d45c", belly: "#fdeaa0", detail: "#ef8f3e", size: 0.66 },
  duck: { build: "bird", bird: "duck", fur: "#f9d768", belly: "#fdf0b8", detail: "#ef8f3e", size: 0.72 },
  penguin: { build: "bird", bird: "penguin", fur: "#4a5674", belly: "#fdfaf2", detail: "#f0a23c", size: 0.84 },
  parrot: { build: "bird", bird: "parrot", fur: "#dc5148", belly: "#f7d154", detail: "#4a82c4", size: 0.76 },
  fish: { build: "fish", fur: "#f08a4b", belly: "#fde3b5", detail: "#fbf7ef", size: 0.8 },
  whale: { build: "fish", fur: "#5b8fc7", belly: "#e8f1f6", detail: "#4a78ad", size: 1.2 },
  octopus: { build: "octopus", fur: "#c77bb5", belly: "#f0c3de", detail: "#9c5592", size: 0.9 },
  robot: { build: "robot", fur: "#a9bccb", belly: "#dfe8ee", detail: "#f0b93c" },
  ghost: { build: "ghost", fur: "#f7f5fa", belly: "#ffffff", detail: "#cfc8e6", size: 0.9 },
};
