import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./es.ts";

const en: TextsLike<typeof es> = {
  title: "Home",
  pulse: "Is everything all right?",
  checking: "Checking…",
  allGood: "Everything is in order.",
  attention: "What needs you",
  nothing: "Nothing needs you",
  nothingText: "When a photo fails, something runs out or a decision is needed, it will appear here with what to do.",
  happened: "What happened today",
  severity: { bad: "Urgent", warning: "Warning", info: "To know" },
};

export default en;
