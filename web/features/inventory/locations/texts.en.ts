import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const locations: TextsLike<typeof es> = {
  title: "Locations",
  add: "Add a location",
  name: "Name",
  code: "Code",
  codeHint: "Short, such as COUNTER or D1",
  isActive: "In use",
  inUse: "In use",
  outOfUse: "Out of use",
  state: "State",
  editTitle: "Change the location",
  newTitle: "New location",
  nameNeeded: "Write the name",
  codeNeeded: "Write a code",
  taken: "Another location has this code",
  takenTodo: "Write another code.",
  holdsStock: "It still holds stock",
  holdsStockTodo: "Transfer that to another location first.",
  saved: "{{name}} was saved.",
  loading: "Reading locations…",
  empty: "There are no locations yet",
  emptyText: "A location is a place that holds goods: the counter, the storeroom.",
};

export default locations;
