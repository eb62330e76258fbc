import { readLocalStorageValue, useLocalStorage } from "@mantine/hooks";

export type Density = "comfortable" | "compact";

export interface TableView {
  readonly density: Density;
  readonly setDensity: (density: Density) => void;
  readonly isShown: (columnId: string) => boolean;
  readonly toggle: (columnId: string) => void;
}

/** Fingers need room; with a mouse, too, until something else is chosen. One choice for all tables. */
const densityKey = "bodega.density";

/** How somebody looks at a table: kept in this browser. */
export function useTableView(
  id: string,
  columns: readonly { readonly id: string; readonly isHidden?: boolean }[],
): TableView {
  const [density, setDensity] = useLocalStorage<Density>({
    key: densityKey,
    defaultValue: readLocalStorageValue<Density>({ key: densityKey, defaultValue: "comfortable" }),
  });
  const hiddenAtFirst = columns.filter(({ isHidden }) => isHidden === true).map((column) => column.id);
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: `bodega.table.${id}.hidden`,
    defaultValue: hiddenAtFirst,
    getInitialValueInEffect: false,
  });
  const first = columns[0]?.id;
  return {
    density,
    setDensity,
    isShown: (columnId) => columnId === first || !hidden.includes(columnId),
    toggle: (columnId) =>
      setHidden(hidden.includes(columnId) ? hidden.filter((each) => each !== columnId) : [...hidden, columnId]),
  };
}
