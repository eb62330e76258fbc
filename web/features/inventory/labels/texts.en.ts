import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const labels: TextsLike<typeof es> = {
  title: "Labels",
  add: "Add a product",
  empty: "No labels yet",
  emptyText: "Scan products or search for them; each scan adds a copy.",
  list: "Products to label",
  collecting: "Finding the products…",
  preparing: "Preparing the barcodes…",
  clear: "Clear the list",
  copiesOf: "Copies of {{name}}",
  removeOf: "Remove {{name}}",
  noBarcode: "No barcode: the code cannot be written as one",
  tooLong: "No barcode: it does not fit on this label",
  tooMany: "Up to {{figure}} labels are printed at a time.",
  paper: "Paper",
  format: "Format",
  kinds: { sheet: "A4 sheets", roll: "Rolls" },
  sheetName: "{{count}} a sheet, {{columns}} × {{rows}} · {{width}} × {{height}} mm",
  rollName: "{{width}} × {{height}} mm",
  measures:
    "From the edge: {{top}} mm at the top and {{left}} mm at the left. From one label to the next: {{x}} × {{y}} mm.",
  startAt: "Start at label",
  startAtHint: "For a sheet that was used in part: counted row by row, from the top left.",
  price: "Price",
  unitPrice: "Price per kilo or litre",
  printHint: "Print at 100 %, without fitting to the page and without headers.",
  print_one: "Print 1 label",
  print_other: "Print {{figure}} labels",
  page: "Sheet {{page}} of {{count}}",
  scale: "{{name}}, at {{scale}}",
  previous: "Previous sheet",
  next: "Next sheet",
  readsAs: "The scanner reads {{code}}",
};

export default labels;
