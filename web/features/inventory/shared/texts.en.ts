import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const shared: TextsLike<typeof es> = {
  states: { ok: "Fine", low: "Low", out: "Out" },
  clearSearch: "Clear the search",
};

export default shared;
