import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const transfers: TextsLike<typeof es> = {};

export default transfers;
