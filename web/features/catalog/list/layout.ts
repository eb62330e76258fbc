import type { Density } from "../../../shared/table/density.ts";

/** Where the items of the collection lie; pure, so that a drag and the keyboard can reckon with it. */
export interface Layout {
  readonly columns: number;
  readonly rowHeight: number;
  readonly gap: number;
  readonly pictureWidth: number;
}

const gap = 16;
const narrowGap = 12;
/** Name, SKU and price below the picture. */
const captionHeight = 56;
const listRow = {
  comfortable: { rowHeight: 56, pictureWidth: 44 },
  compact: { rowHeight: 42, pictureWidth: 36 },
} as const;

export function layoutOf(view: "grid" | "list", width: number, density: Density): Layout {
  if (view === "list") return { columns: 1, gap: 0, ...listRow[density] };
  const between = width < 480 ? narrowGap : gap;
  const wanted = width < 480 ? 140 : width > 1800 ? 232 : 184;
  const columns = Math.max(2, Math.floor((width + between) / (wanted + between)));
  const pictureWidth = Math.max(0, Math.floor((width - between * (columns - 1)) / columns));
  return {
    columns,
    rowHeight: Math.round((pictureWidth * 260) / 320) + captionHeight + between,
    gap: between,
    pictureWidth,
  };
}
