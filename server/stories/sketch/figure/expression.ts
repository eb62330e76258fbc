import type { Mood, PoseName } from "../language/moment-words.ts";

export interface Expression {
  readonly eyes: "open" | "wide" | "happy" | "closed" | "worried";
  readonly mouth: "smile" | "grin" | "frown" | "round" | "wavy" | "small";
  readonly brows: "none" | "raised" | "sad" | "angry";
  readonly hasTear: boolean;
}

const smiling: Expression = { eyes: "open", mouth: "smile", brows: "none", hasTear: false };

const table: Readonly<Record<Mood, Expression>> = {
  asleep: { ...smiling, eyes: "closed", mouth: "small" },
  crying: { eyes: "closed", mouth: "frown", brows: "sad", hasTear: true },
  sad: { eyes: "worried", mouth: "frown", brows: "sad", hasTear: false },
  scared: { eyes: "wide", mouth: "wavy", brows: "sad", hasTear: false },
  angry: { eyes: "open", mouth: "frown", brows: "angry", hasTear: false },
  surprised: { eyes: "wide", mouth: "round", brows: "raised", hasTear: false },
  loving: { ...smiling, eyes: "happy" },
  joyful: { ...smiling, mouth: "grin", brows: "raised" },
  calm: smiling,
};

/** Nobody sleeps with open eyes, whatever else is said. */
export function expressionOf(mood: Mood | null, pose: PoseName): Expression {
  if (pose === "sleeping") return table.asleep;
  return table[mood ?? "calm"];
}
