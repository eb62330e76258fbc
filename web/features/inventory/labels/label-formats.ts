/** Where labels lie on what goes through the printer; all measures in millimetres. */
export interface LabelFormat {
  readonly id: string;
  /** As it is called on the box; null for what has a number of each maker's own. */
  readonly name: string | null;
  readonly kind: "sheet" | "roll";
  /** Of a sheet, or of one label of a roll. */
  readonly page: { readonly width: number; readonly height: number };
  readonly label: { readonly width: number; readonly height: number };
  readonly columns: number;
  readonly rows: number;
  /** Of the first label's corner. */
  readonly top: number;
  readonly left: number;
  /** From one label's corner to the next one's. */
  readonly pitch: { readonly x: number; readonly y: number };
  /** What stays white inside of a label, since paper is never quite where it should be. */
  readonly padding: number;
  /** The size of a printer's dot, where bars must be whole dots: thermal printers of 203 dpi. */
  readonly dot?: number;
}

const a4 = { width: 210, height: 297 };

interface SheetMeasures {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly padding?: number;
}

/** Sheets are symmetrical: what labels and gaps leave is the same at both edges. */
function sheet(id: string, name: string | null, measures: SheetMeasures): LabelFormat {
  const { columns, rows, width, height, gap, padding = 2 } = measures;
  return {
    id,
    name,
    kind: "sheet",
    page: a4,
    label: { width, height },
    columns,
    rows,
    top: hundredths((a4.height - rows * height) / 2),
    left: hundredths((a4.width - columns * width - (columns - 1) * gap) / 2),
    pitch: { x: hundredths(width + gap), y: height },
    padding,
  };
}

function roll(id: string, width: number, height: number, padding: number): LabelFormat {
  const size = { width, height };
  return {
    id,
    name: null,
    kind: "roll",
    page: size,
    label: size,
    columns: 1,
    rows: 1,
    top: 0,
    left: 0,
    pitch: { x: width, y: height },
    padding,
    dot: 0.125,
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** The sheets that shops buy, and the rolls of thermal printers; those print at most 48 mm of 58, and 72 of 80. */
export const labelFormats = [
  sheet("a4-24", "Avery L7159", { columns: 3, rows: 8, width: 63.5, height: 33.9, gap: 2.54 }),
  sheet("a4-21", "Avery L7160", { columns: 3, rows: 7, width: 63.5, height: 38.1, gap: 2.54 }),
  sheet("a4-24-full", "Avery 3474 / Apli 01273", { columns: 3, rows: 8, width: 70, height: 37, gap: 0, padding: 4 }),
  sheet("a4-40", "Avery 3657", { columns: 4, rows: 10, width: 48.5, height: 25.4, gap: 0 }),
  sheet("a4-44", null, { columns: 4, rows: 11, width: 48.5, height: 25.4, gap: 0 }),
  sheet("a4-65", "Avery L7651", { columns: 5, rows: 13, width: 38.1, height: 21.2, gap: 2.5, padding: 1.5 }),
  roll("roll-58", 58, 40, 5),
  roll("roll-80", 80, 50, 4),
] as const satisfies readonly LabelFormat[];

/** The format of this id; the first for one that there is not (any more). */
export const formatOf = (id: string | null): LabelFormat =>
  labelFormats.find((format) => format.id === id) ?? labelFormats[0];

export const labelsPerPage = ({ columns, rows }: LabelFormat): number => columns * rows;
