import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const movements: TextsLike<typeof es> = {};

export default movements;
