import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const purchasing: TextsLike<typeof es> = {};

export default purchasing;
