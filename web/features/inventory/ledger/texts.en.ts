import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const ledger: TextsLike<typeof es> = {
  title: "Movements",
  type: "Kind",
  types: {
    entry: "Entry",
    exit: "Exit",
    adjustment: "Adjustment",
    transfer_in: "Transfer in",
    transfer_out: "Transfer out",
    sale: "Sale",
    receipt: "Receipt",
  },
  allTypes: "All kinds",
  location: "Location",
  allLocations: "All locations",
  oneAct: "One act only",
  showAll: "Show all",
  loading: "Reading the ledger…",
  columns: {
    product: "Product",
    at: "When",
    type: "What",
    location: "Where",
    delta: "Change",
    balance: "Balance",
    lot: "Lot",
    reason: "Reason",
    reference: "Reference",
    user: "Who",
    actions: "Undo",
  },
  empty: "No movements",
  emptyText: "Each entry, exit, sale or transfer is written here for good.",
  file: "movements.csv",
  undo: "Undo",
  undoOf: "Undo {{type}} of {{name}}",
  undoTitle: "Undo the movement",
  undoText:
    "Nothing is deleted: the opposite movement is written, which points to this one. All that was recorded together is undone.",
  undoReason: "Reason (optional)",
  undoAction: "Write the opposite",
  counted: "Count",
  undone: "Undone",
  undoes: "Undoes another",
  product: {
    chart: "Balance by day",
    chartText: "Balance of {{name}} over the last {{count}} days.",
    noChart: "There are no days with movements yet.",
    balance: "Balance",
    move: "Movement",
    reserve: "Reserve",
  },
};

export default ledger;
