import counts from "../counts/texts.es.ts";
import csv from "../csv/texts.es.ts";
import labels from "../labels/texts.es.ts";
import ledger from "../ledger/texts.es.ts";
import locations from "../locations/texts.es.ts";
import movements from "../movements/texts.es.ts";
import picking from "../picking/texts.es.ts";
import prices from "../prices/texts.es.ts";
import purchasing from "../purchasing/texts.es.ts";
import reservations from "../reservations/texts.es.ts";
import scan from "../scan/texts.es.ts";
import shared from "../shared/texts.es.ts";
import stock from "../stock/texts.es.ts";
import tasks from "../tasks/texts.es.ts";
import transfers from "../transfers/texts.es.ts";
import frame from "./frame.es.ts";

/** Each part keeps its words beside its pages. */
const es = {
  ...frame,
  counts,
  csv,
  labels,
  ledger,
  locations,
  movements,
  picking,
  prices,
  purchasing,
  reservations,
  scan,
  shared,
  stock,
  tasks,
  transfers,
};

export default es;
