import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const picking: TextsLike<typeof es> = {
  placeholder: "Name, SKU or barcode",
  nothing: "No product matches",
};

export default picking;
