import type { TextsLike } from "../../../shared/i18n/translations.ts";
import counts from "../counts/texts.en.ts";
import csv from "../csv/texts.en.ts";
import labels from "../labels/texts.en.ts";
import ledger from "../ledger/texts.en.ts";
import locations from "../locations/texts.en.ts";
import movements from "../movements/texts.en.ts";
import picking from "../picking/texts.en.ts";
import prices from "../prices/texts.en.ts";
import purchasing from "../purchasing/texts.en.ts";
import reservations from "../reservations/texts.en.ts";
import scan from "../scan/texts.en.ts";
import shared from "../shared/texts.en.ts";
import stock from "../stock/texts.en.ts";
import tasks from "../tasks/texts.en.ts";
import transfers from "../transfers/texts.en.ts";
import type es from "./es.ts";
import frame from "./frame.en.ts";

const en: TextsLike<typeof es> = {
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

export default en;
