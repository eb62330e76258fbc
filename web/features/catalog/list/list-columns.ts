import { useTranslation } from "react-i18next";
import { type TableView, useTableView } from "../../../shared/table/table-view.ts";

const ids = ["name", "category", "gtin", "state", "updated", "price"] as const;
export type ListColumnId = (typeof ids)[number];

export const isListColumn = (id: string): id is ListColumnId => ids.some((known) => known === id);

/** There is no room for all of them on the screen of a laptop. */
const hiddenAtFirst: ReadonlySet<ListColumnId> = new Set(["gtin", "updated"]);

export interface ListColumn {
  readonly id: ListColumnId;
  readonly header: string;
}

/** The columns of the list from the left, in words, and which of them this browser shows; the first is always there. */
export function useListColumns(): { readonly columns: readonly ListColumn[]; readonly view: TableView } {
  const { t } = useTranslation("catalog");
  const columns = ids.map((id) => ({ id, header: t(`columns.${id}`), isHidden: hiddenAtFirst.has(id) }));
  return { columns, view: useTableView("catalog", columns) };
}
