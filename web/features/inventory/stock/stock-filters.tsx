import { dataOf } from "@bodega/sdk";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { SearchField } from "../../../shared/page/search-field.tsx";
import { client } from "../../../shared/server/client.ts";
import { useMay } from "../../../shared/session/me.ts";
import { useLocations } from "../picking/locations.ts";
import { isOneOf } from "../shared/address.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { type StockAddress, type StockView, stockSorts, stockViews } from "./address.ts";
import styles from "./stock-filters.module.css";

export interface StockFiltersProps {
  readonly address: StockAddress;
  readonly onChange: (address: StockAddress) => void;
}

/** Words, place and state; all of it is the address, so that a view can be shared and the back button undoes it. */
export function StockFilters({ address, onChange }: StockFiltersProps) {
  const { t } = useTranslation("inventory");
  const { q, location, view, sort } = address;
  const locations = useLocations();
  const counts = useCounts(location);
  const mayReserve = useMay("stock:reserve");
  const set = (change: Partial<Record<keyof StockAddress, string | null>>) => onChange(changed(address, change));
  const views = stockViews.filter((each) => each !== "reserved" || mayReserve);
  return (
    <search className={styles.filters}>
      <div className={styles.search}>
        <SearchField
          label={t("stock.search")}
          placeholder={t("stock.searchHint")}
          text={q ?? ""}
          onSearch={(text) => set({ q: text === "" ? null : text })}
        />
      </div>
      {locations.length > 1 && (
        <NativeSelect
          className={styles.choice}
          aria-label={t("stock.location")}
          value={location ?? ""}
          onChange={({ currentTarget: { value } }) => set({ location: value === "" ? null : value })}
          data={[
            { value: "", label: t("stock.allLocations") },
            ...locations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {view !== "expiring" && (
        <NativeSelect
          className={styles.choice}
          aria-label={t("stock.sort")}
          value={sort ?? "name"}
          onChange={({ currentTarget: { value } }) => {
            if (isOneOf(stockSorts, value)) set({ sort: value === "name" ? null : value });
          }}
          data={stockSorts.map((value) => ({ value, label: t(`stock.sorts.${value}`) }))}
        />
      )}
      <FilterBar<StockView | "all">
        label={t("stock.view")}
        value={view ?? "all"}
        choices={[
          { value: "all", label: t("stock.views.all") },
          ...views.map((value) => ({ value, label: labelOf(t(`stock.views.${value}`), counts[value]) })),
        ]}
        onChoose={(value) => set({ view: value === "all" ? null : value })}
      />
    </search>
  );
}

const labelOf = (label: string, count: string | undefined) => (count === undefined ? label : `${label} · ${count}`);

/** How many there are of each, where there are any. */
function useCounts(locationId: string | undefined): Partial<Readonly<Record<StockView, string>>> {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: [...inventoryKey, "summary", locationId ?? null],
    queryFn: ({ signal }) =>
      dataOf(
        client.http.GET("/v1/stock/summary", {
          signal,
          params: { query: { ...(locationId !== undefined && { locationId }) } },
        }),
      ),
  });
  if (data === undefined) return {};
  const { low, out, expiring, reservedLines } = data;
  return Object.fromEntries(
    Object.entries({ low, out, expiring, reserved: reservedLines })
      .filter(([, count]) => count > 0)
      .map(([view, count]) => [view, format.number(count)]),
  );
}

/** Null takes a part out of the address. */
function changed(address: StockAddress, change: Readonly<Record<string, string | null>>): StockAddress {
  return Object.fromEntries(Object.entries({ ...address, ...change }).filter(([, value]) => value !== null));
}
