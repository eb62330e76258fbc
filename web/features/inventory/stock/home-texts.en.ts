import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./home-texts.es.ts";

const home: TextsLike<typeof es> = {
  out_one: "{{count}} product out of stock",
  out_other: "{{count}} products out of stock",
  low_one: "{{count}} product low on stock",
  low_other: "{{count}} products low on stock",
  expiring_one: "{{count}} product about to expire",
  expiring_other: "{{count}} products about to expire",
  see: "Look",
  moved: "Went out today",
  movedDetail: "{{entries}} came in",
  attention: "Order or transfer before it is missed.",
  history: "What went on the last {{count}} days: {{values}}",
};

export default home;
