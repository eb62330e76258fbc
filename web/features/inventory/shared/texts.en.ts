import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const shared: TextsLike<typeof es> = {
  states: {
    ok: "Fine",
    low: "Low",
    out: "Out",
  },
  save: "Save",
  lines: {
    add: "Add a product",
    label: "Lines",
    empty: "Scan or search products",
    emptyText: "Each scan adds 1, or the weight on the label. Ctrl+Enter records.",
    quantityOf: "Quantity of {{name}}",
    lot: "Lot",
    lotOf: "Lot of {{name}}",
    expiresOf: "Expiry of {{name}}",
    remove: "Remove {{name}}",
    needed: "Write a quantity above 0, with up to 3 decimals.",
  },
  work: {
    unknown: "No answer came",
    unknownKept: "It is not known yet whether it was done. Finding out does not do it twice.",
    unknownTodo: "Find out what happened, or cancel: if it was done, it is taken back.",
    ask: "Find out",
    cancel: "Cancel",
    cancelled: "Cancelled: nothing of it remains.",
  },
  short: {
    title: "There is not enough free",
    kept: "Nothing was done: all lines or none.",
    todo: "Correct the marked lines and send it again.",
    line: "{{available}} free.",
  },
};

export default shared;
