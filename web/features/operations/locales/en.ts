import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./es.ts";

const en: TextsLike<typeof es> = { title: "Operations" };

export default en;
