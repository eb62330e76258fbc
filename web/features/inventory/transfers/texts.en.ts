import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const transfers: TextsLike<typeof es> = {
  title: "Transfer between locations",
  from: "From",
  to: "To",
  reason: "Reason",
  sending: "Transfer in progress…",
  samePlace: "Choose another location to go to.",
  onlyOne: "There is one location only: there is nowhere to transfer to.",
  addLocation: "Add a location",
  submit_zero: "Transfer",
  submit_one: "Transfer {{count}} product",
  submit_other: "Transfer {{count}} products",
};

export default transfers;
