import { addDecimals, multiplyDecimals } from "../../../shared/format/decimal.ts";
import type { CountLine } from "./count-line.ts";

/**
 * Lines that nobody has counted. Those that moved while they were being counted are none of them: somebody did find
 * something there, and has to look again.
 */
export const isUncounted = ({ counted, moved }: CountLine): boolean => counted === null && moved === null;

export interface Uncounted {
  readonly lines: number;
  /** What the system says lies there, by unit, of which packs are one; only units of which there is something. */
  readonly amounts: readonly { readonly unit: string; readonly amount: string }[];
  /** At cost; lines without a cost count nothing. */
  readonly worth: string;
  /** Of what it is worth; null where it is not one for all. */
  readonly currency: string | null;
}

/** What is not counted yet; of thousands of lines it takes its time, so it is for when somebody asks. */
export function uncountedOf(lines: Iterable<CountLine>): Uncounted {
  const amounts = new Map<string, string>();
  const currencies = new Set<string>();
  let [open, worth] = [0, "0"];
  for (const line of lines) {
    if (!isUncounted(line)) continue;
    open += 1;
    if (line.expected === "0") continue;
    const unit = line.unit === "pack" ? "unit" : line.unit;
    amounts.set(unit, addDecimals(amounts.get(unit) ?? "0", line.expected));
    if (line.unitCost === null) continue;
    worth = addDecimals(worth, multiplyDecimals(line.expected, line.unitCost, 4));
    currencies.add(line.currency);
  }
  const [currency = null] = currencies;
  return {
    lines: open,
    amounts: [...amounts].map(([unit, amount]) => ({ unit, amount })),
    worth,
    currency: currencies.size === 1 ? currency : null,
  };
}

/** Were put to zero without having been counted, and can be put back. */
export const isZeroed = ({ isZeroed: is }: CountLine): boolean => is === true;

/** What was not found is not there. It says so of itself, so that it can be taken back until the count is booked. */
export const asZero = (line: CountLine): CountLine => ({ ...line, counted: "0", isZeroed: true });

/** As before: not counted. */
export const asUncounted = ({ isZeroed: _taken, ...line }: CountLine): CountLine => ({ ...line, counted: null });
