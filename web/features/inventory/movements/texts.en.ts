import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const movements: TextsLike<typeof es> = {
  title: "New movement",
  type: "What happens",
  types: {
    entry: "Entry",
    exit: "Exit",
    adjustment: "Adjustment",
  },
  location: "Location",
  reason: "Reason",
  reasons: {
    entry: "Purchase, return…",
    exit: "Breakage, own use…",
    adjustment: "A difference found…",
  },
  reference: "Reference",
  referenceHint: "Delivery note, invoice…",
  sending: "Movement in progress…",
  signedNeeded: "Write how much is over or missing, such as +2 or -2.",
  submit: {
    entry_zero: "Record entry",
    entry_one: "Record {{count}} entry",
    entry_other: "Record {{count}} entries",
    exit_zero: "Record exit",
    exit_one: "Record {{count}} exit",
    exit_other: "Record {{count}} exits",
    adjustment_zero: "Record adjustment",
    adjustment_one: "Record {{count}} adjustment",
    adjustment_other: "Record {{count}} adjustments",
  },
  doneLabel: "What was recorded last",
  done_one: "Recorded: {{count}} movement",
  done_other: "Recorded: {{count}} movements",
  doneLine: "{{name}}: {{change}} at {{location}}, {{balance}} there now",
  undo: "Undo",
  undone: "Undone: the opposite movement is in the ledger.",
  seeInLedger: "See it in the ledger",
};

export default movements;
