import { useLocalStorage } from "@mantine/hooks";

export interface TableView {
  readonly isShown: (columnId: string) => boolean;
  readonly toggle: (columnId: string) => void;
}

/** Which columns of a table somebody wants to see: kept in this browser. The first is always there. */
export function useTableView(
  id: string,
  columns: readonly { readonly id: string; readonly isHidden?: boolean }[],
): TableView {
  const hiddenAtFirst = columns.filter(({ isHidden }) => isHidden === true).map((column) => column.id);
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: `bodega.table.${id}.hidden`,
    defaultValue: hiddenAtFirst,
    getInitialValueInEffect: false,
  });
  const first = columns[0]?.id;
  return {
    isShown: (columnId) => columnId === first || !hidden.includes(columnId),
    toggle: (columnId) =>
      setHidden(hidden.includes(columnId) ? hidden.filter((each) => each !== columnId) : [...hidden, columnId]),
  };
}
